"""Judging: every rule over the facts of this moment, then rank and verdict (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.model import Finding, Ranked, Role, Severity, Verdict
from tui.core.rank import rank
from tui.core.rules import RULES
from tui.core.rules.clues import Way
from tui.core.seen import Observation, Shape
from tui.core.symptoms import hinted

ORDER = tuple(rule.code for rule in RULES)
EXPLAINS = {rule.code: rule.explains for rule in RULES}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The findings in order, the questions that rules still have, and the rules that failed themselves."""

    ranked: tuple[Ranked, ...]
    wanted: tuple[Ask[Observation], ...]
    crashed: tuple[str, ...] = ()

    @property
    def root(self) -> Finding | None:
        """The root cause."""
        return next((r.finding for r in self.ranked if r.role is Role.ROOT), None)


def judge(facts: Facts) -> Judgement:
    """Run every rule. A rule that fails is named, and the others go on."""
    findings: list[Finding] = []
    wanted: list[Ask[Observation]] = []
    crashed: list[str] = []
    for rule in RULES:
        try:
            for item in rule.check(facts):
                if isinstance(item, Finding):
                    findings.append(item)
                elif not facts.asked(item):
                    wanted.append(item)
        except Exception as error:  # a broken rule must not hide the others' findings
            crashed.append(f"{rule.code}: {type(error).__name__}")
    order = (*hinted(facts.known.symptoms, facts.symptom), *ORDER)
    ranked = rank(findings, tuple(dict.fromkeys(order)), EXPLAINS)
    return Judgement(ranked, tuple(dict.fromkeys(wanted)), tuple(crashed))


def verdict(facts: Facts, judgement: Judgement) -> Verdict:
    """The answer in one word."""
    root = judgement.root
    if root is not None:
        return Verdict.BROKEN if root.severity is Severity.BLOCKING else Verdict.DEGRADED
    return Verdict.HEALTHY if proven_healthy(facts) else Verdict.UNKNOWN


def proven_healthy(facts: Facts) -> bool:
    """True if every stage that this run may test has passed, the credential included."""
    way = Way(facts)
    if not way.usable or not way.works:
        return False
    if facts.target.onboarding:
        greeted = [facts.seen(ask) for ask in course.first_run(facts)]
        if not greeted or any(g is None or g.status != 200 for g in greeted):
            return False
    if facts.consent:
        stream = way.stream
        return stream is not None and stream.failure is None and stream.shape is Shape.STREAM
    return True


def tested(facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was tested with success, and what was not tested, as plain phrases."""
    way = Way(facts)
    done: list[str] = []
    left: list[str] = []
    if facts.offline:
        return ("the settings files and variables",), ("everything on the network (--offline)",)
    done.append("the settings files and variables")
    if way.tcp and way.tcp.ok:
        done.append(f"the connection to {course.first_hop(facts.target)[0]}")
    if way.connect and way.connect.ok:
        done.append("the tunnel through the proxy")
    if way.tls and way.tls.ok:
        checked = facts.target.trust.verify
        done.append("TLS and the certificate" if checked else "TLS (certificate checks are switched off)")
    if way.models and way.models.status == 200:
        done.append("the credential (list of models)")
    elif facts.target.credentials:
        left.append("the credential")
    if way.message and way.message.status == 200:
        done.append("a real message")
    elif not facts.consent:
        left.append("a real message (not asked for)")
    if way.stream and way.stream.shape is Shape.STREAM and not way.stream.failure:
        done.append("streaming")
    elif way.works:
        left.append("streaming")
    if facts.target.login:
        left.append("the saved login (its tokens are never read)")
    if facts.target.provider:
        left.append(f"the cloud provider that {facts.target.provider} selects")
    if facts.target.helper and not facts.target.credentials:
        left.append(
            "the key that apiKeyHelper prints" + ("" if facts.helper and facts.helper.ran else " (it was not run)")
        )
    return tuple(done), tuple(left)


def summary(facts: Facts, judgement: Judgement) -> str:
    """One plain sentence."""
    root = judgement.root
    if root is not None:
        return root.title + ("" if root.title.endswith((".", "?", "!")) else ".")
    done, left = tested(facts)
    rest = f" Not tested: {', '.join(left)}." if left else ""
    if verdict(facts, judgement) is Verdict.HEALTHY:
        return f"Everything that was tested works: {', '.join(done)}.{rest}"
    failed = _first_failure(facts)
    if failed:
        return f"We could not explain this: {failed}.{rest}"
    return f"Nothing wrong was found, but not everything could be tested. Tested: {', '.join(done)}.{rest}"


def _first_failure(facts: Facts) -> str:
    for answer in Way(facts).answers:
        if answer.failure:
            return f"{answer.failure.hop} ended with “{answer.failure.error}”"
        if answer.answered and answer.status >= 400:
            return (
                f"the endpoint answered {answer.status} {answer.error_message or answer.title or answer.reason}".strip()
            )
    return ""


def unjudged(judgement: Judgement) -> tuple[str, ...]:
    """What was not judged because a rule of ours failed, as phrases beside what was not tested."""
    return tuple(f"what one of our own rules looks for ({crash})" for crash in judgement.crashed)
