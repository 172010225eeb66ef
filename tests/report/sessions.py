"""Three sessions made of literals, for reports that can be compared word by word."""

from __future__ import annotations

from pathlib import Path

from tests.session.machine import NOW, Machine
from tui.core.ask import Stage
from tui.core.events import Judged, RunEvent, RunFinished, RunStarted, SettingsRead, StageFinished, StageStarted, Status
from tui.core.model import (
    Applicability,
    Change,
    Confidence,
    Context,
    Edit,
    EditOp,
    Evidence,
    Finding,
    Ranked,
    Remedy,
    Role,
    Severity,
    Verdict,
)
from tui.core.report.document import Document, document
from tui.core.secret import use_machine_key

DIFFS = {"cfg-base-url-path/drop-v1": "--- a\n+++ b\n@@ -1 +1 @@\n-ANTHROPIC_BASE_URL=https://gw/v1\n+…=https://gw\n"}
STRANGER = "`</code>` | <script>x</script> [click](javascript:x) **bold** \\ ``` # not a heading"
"""What a server may say to break out of its place."""


def _opening(machine: Machine) -> list[RunEvent]:
    found = machine.survey()
    target = machine.facts().target
    return [
        RunStarted(NOW, found.client, Context.TERMINAL, "Connection error."),
        SettingsRead(found.files, found.settings, tuple(found.resolutions.values()), target),
    ]


def _row(
    stage: Stage, status: Status, ms: float | None, detail: str, seen: dict[str, object] | None = None
) -> list[RunEvent]:
    key = f"{stage}-1"
    return [
        StageStarted(key, stage, "gw.test"),
        StageFinished(key, stage, "gw.test", status, ms, detail, tuple((seen or {}).items())),
    ]


def _finding(code: str, severity: Severity, seen: str, *remedies: Remedy) -> Finding:
    return Finding(
        code,
        f"The title of {code}",
        f"What {code} means, in a paragraph.",
        (Evidence("The answer", seen),),
        remedies,
        severity,
        Confidence.PROVEN,
    )


def broken(folder: Path) -> list[RunEvent]:
    """A root, a consequence, an independent cause and a note, each with a way to mend it."""
    use_machine_key(b"the key of the golden files")
    machine = Machine(folder, {"ANTHROPIC_API_KEY": "sk-ant-api03-abcdefghijklmnop", "ANTHROPIC_MODEL": "sonnet"})
    machine.write(".claude/settings.json", {"env": {"ANTHROPIC_BASE_URL": "https://gw.test/v1"}})
    place = next(s for s in machine.survey().settings if s.name == "ANTHROPIC_BASE_URL").origin
    edit = Edit("/x", "~/.claude/settings.json", EditOp.SET, ("env", "ANTHROPIC_BASE_URL"), "https://gw.test")
    root = Finding(
        "cfg-base-url-path",
        "The base URL ends in /v1",
        "The client appends /v1 itself.",
        (
            Evidence("The setting", "ANTHROPIC_BASE_URL = https://gw.test/v1", place),
            Evidence("Without /v1", f"HTTP 401 “{STRANGER}”"),
        ),
        (
            Remedy("drop-v1", "Remove /v1", Applicability.SAFE, (edit,), reopen=("claude",)),
            Remedy(
                "by-hand", "Do it here", Applicability.MANUAL, commands=("export ANTHROPIC_BASE_URL=https://gw.test",)
            ),
        ),
    )
    ranked = (
        Ranked(root, Role.ROOT),
        Ranked(_finding("gw-path-not-found", Severity.BLOCKING, "HTTP 404"), Role.CONSEQUENCE, ("cfg-base-url-path",)),
        Ranked(
            _finding(
                "cfg-proxy-stale",
                Severity.BLOCKING,
                "refused",
                Remedy("ask", "Ask IT", Applicability.MANUAL, steps=("Send this to them.",)),
            ),
            Role.INDEPENDENT,
        ),
        Ranked(_finding("cert-expiring", Severity.NOTE, "in 5 days"), Role.NOTE),
    )
    return [
        *_opening(machine),
        *_row(Stage.DNS, Status.PASS, 3.14159, "192.0.2.1", {"addresses": ["192.0.2.1"]}),
        *_row(Stage.TCP, Status.PASS, 12.0, "connected"),
        *_row(Stage.HTTP, Status.FAIL, 40.0, f"HTTP 404, {STRANGER}", {"status": 404}),
        *_row(Stage.MESSAGE, Status.NOT_RUN, None, "a real message needs your consent (--send-message)"),
        Judged(ranked[:1]),
        RunFinished(
            Verdict.BROKEN, root.code, "The base URL ends in /v1.", 812.44, ranked, ("the settings",), ("streaming",)
        ),
    ]


def healthy(folder: Path) -> list[RunEvent]:
    """Nothing is wrong."""
    use_machine_key(b"the key of the golden files")
    machine = Machine(folder, {"ANTHROPIC_API_KEY": "sk-ant-api03-abcdefghijklmnop"})
    return [
        *_opening(machine),
        *_row(Stage.AUTH, Status.PASS, 81.0, "accepted, 7 models listed", {"status": 200}),
        Judged(()),
        RunFinished(Verdict.HEALTHY, None, "Everything that was tested works.", 300.0, (), ("all",), ("streaming",)),
    ]


def interrupted(folder: Path) -> list[RunEvent]:
    """Stopped before anything was known."""
    use_machine_key(b"the key of the golden files")
    machine = Machine(folder)
    machine.write(".claude/settings.json", '{"env": {},}')
    return [*_opening(machine), StageStarted("dns-1", Stage.DNS, "api.anthropic.com")]


def made(events: list[RunEvent]) -> Document:
    """The document of a session, with one change that was made."""
    change = Change("20261125-1", "/home/x/.env", "~/.env", "cfg-base-url-path", NOW)
    return document(events, DIFFS, [change] if isinstance(events[-1], RunFinished) and events[-1].root_cause else [])
