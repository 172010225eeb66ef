"""The words for what the core says: stages, statuses, verdicts, and the sentences made of a whole run (pure)."""

from __future__ import annotations

from tui import words
from tui.core.ask import Stage
from tui.core.events import Status
from tui.core.model import Applicability, Confidence, Severity, Verdict
from tui.core.repair.model import Refused
from tui.journey import Journey, Run

STAGES = {
    Stage.DNS: "Name look-up",
    Stage.TCP: "Connection",
    Stage.PROXY: "Proxy",
    Stage.TLS: "Encryption (TLS)",
    Stage.HTTP: "First answer",
    Stage.ONBOARDING: "First-run check",
    Stage.GATEWAY: "Gateway",
    Stage.AUTH: "Credential",
    Stage.MODEL: "Model",
    Stage.MESSAGE: "Real message",
    Stage.STREAM: "Streaming",
    Stage.LIMITS: "Limits",
}

STATUSES = {
    Status.PASS: "ok",
    Status.WARN: "warning",
    Status.FAIL: "failed",
    Status.SKIP: "skipped",
    Status.NOT_RUN: "not run",
}

SEVERITIES = {Severity.BLOCKING: "BLOCKING", Severity.DEGRADING: "WORKS, BUT WORSE", Severity.NOTE: "NOTE"}
CONFIDENCES = {
    Confidence.PROVEN: "proven",
    Confidence.LIKELY: "likely",
    Confidence.POSSIBLE: "possible",
}
APPLICABILITIES = {
    Applicability.SAFE: "safe, can be undone",
    Applicability.CHOICE: "your choice, can be undone",
    Applicability.MANUAL: "yours to do",
}
VERDICTS = {
    Verdict.HEALTHY: "Nothing stands in the way.",
    Verdict.DEGRADED: "It works, with a handicap.",
    Verdict.BROKEN: "Something stands in the way.",
    Verdict.UNKNOWN: "We could not explain this.",
}
STAGE_ASKS = {
    Stage.DNS: "Does the name have an address?",
    Stage.TCP: "Does the address accept a connection?",
    Stage.PROXY: "Does the proxy let the request through?",
    Stage.TLS: "Is the certificate one that the client trusts?",
    Stage.HTTP: "Does anything answer there?",
    Stage.ONBOARDING: "Does the check pass that the client makes when it starts for the first time?",
    Stage.GATEWAY: "What kind of gateway is this?",
    Stage.AUTH: "Is the credential accepted?",
    Stage.MODEL: "Is the model there for this credential?",
    Stage.MESSAGE: "Is a real message answered?",
    Stage.STREAM: "Does a streamed answer arrive piece by piece, to its end?",
    Stage.LIMITS: "Is anything left of the limits?",
}


def reason(error: Exception) -> str:
    """Why something was not done, in one sentence; a fault that is not ours to word shows only its name."""
    if isinstance(error, Refused):
        return str(error)
    return words.CANNOT.format(error=getattr(error, "strerror", None) or type(error).__name__)


def answer(run: Run, was: Run | None, undone: bool) -> str:
    """What the run after a change proves."""
    if undone:
        return words.ANSWER_UNDONE
    if run.finished is None:
        return headline(run)
    if run.finished.verdict is Verdict.HEALTHY:
        return words.ANSWER_FIXED
    if run.root and was and was.root and run.root.finding.code == was.root.finding.code:
        return words.ANSWER_SAME
    return words.ANSWER_NEXT if run.root else VERDICTS[run.finished.verdict]


def headline(run: Run) -> str:
    """The answer of a run in one sentence."""
    if run.failure:
        return run.failure
    if run.root:
        return run.root.finding.title
    if run.finished and run.finished.verdict in (Verdict.HEALTHY, Verdict.UNKNOWN):
        return run.finished.summary
    if run.finished:
        return VERDICTS[run.finished.verdict]
    return words.STOPPED if run.stopped else words.CHECK_RUNNING


def farewell(journey: Journey) -> tuple[str, ...]:
    """The lines that stay in the scrollback: what was found, what was changed, where the report is."""
    lines = []
    if journey.run.over or journey.run.ranked:
        lines.append(words.LEFT_FOUND.format(text=headline(journey.run)))
    for change in (*journey.applied, *journey.edited):
        lines.append(words.LEFT_CHANGED.format(what=change.summary or change.shown, id=change.id))
    if journey.report:
        lines.append(words.LEFT_REPORT.format(place=journey.report))
    return tuple(lines)
