"""The pieces of which scripted sessions are made: places, rows, runs. Nothing in them is real."""

from __future__ import annotations

from tests.journeys.scripted import NOW, Expected
from tui.core.ask import Stage
from tui.core.events import (
    Judged,
    RunEvent,
    RunFinished,
    RunStarted,
    SettingsRead,
    StageFinished,
    StageStarted,
    Status,
)
from tui.core.model import (
    Client,
    ClientName,
    Context,
    FileSeen,
    FileState,
    Origin,
    OriginKind,
    Ranked,
    Role,
    Setting,
    Target,
    Verdict,
)
from tui.core.secret import Secret
from tui.core.url import Url

CANARY = "sk-ant-api03-CANARYcanary" + "0" * 70 + "x7Qp"
MASKED = "sk-ant-api03-…x7Qp (99 characters, #5f1c09aa)"
CLIENT = Client(ClientName.CLAUDE_CODE, "2.1.330")
API = "api.anthropic.com"
GATEWAY = "gw.example.com"

OUTLOOK = Expected(
    files=(
        ("~/.claude/settings.json", True),
        ("~/.claude.json", True),
        ("~/work/shop/.env", True),
        ("~/work/shop/.env.local", False),
        ("~/work/shop/.claude/settings.json", False),
        ("~/work/shop/.claude/settings.local.json", False),
    ),
    hosts=(API,),
)


def at(shown: str, line: int | None = None, kind: OriginKind = OriginKind.DOTENV) -> Origin:
    """A place in a file."""
    return Origin(kind, shown, shown, line)


ENVIRONMENT = Origin(OriginKind.ENVIRONMENT)


def read(base_url: str, *settings: Setting) -> SettingsRead:
    """The survey."""
    files = tuple(
        FileSeen(OriginKind.DOTENV, shown, shown, FileState.OK if there else FileState.MISSING)
        for shown, there in OUTLOOK.files
    )
    host = base_url.split("/")[2].split(":")[0]
    return SettingsRead(files, settings, (), Target(CLIENT, base_url, Url("https", host, 443)))


def row(
    stage: Stage,
    about: str,
    ms: float | None = 10.0,
    status: Status = Status.PASS,
    detail: str = "",
    comparison: bool = False,
) -> tuple[RunEvent, RunEvent]:
    """A row that starts and ends."""
    key = f"{stage}:{about}"
    return (
        StageStarted(key, stage, about, comparison),
        StageFinished(key, stage, about, status, ms, detail, (), comparison),
    )


def run(*events: RunEvent | tuple[RunEvent, ...], base_url: str = f"https://{API}") -> tuple[RunEvent, ...]:
    """A whole run, from its start."""
    key = Setting("ANTHROPIC_API_KEY", Secret(CANARY), at("~/work/shop/.env", 3))
    flat: list[RunEvent] = [RunStarted(NOW, CLIENT, Context.TERMINAL), read(base_url, key)]
    for event in events:
        flat.extend(event if isinstance(event, tuple) else (event,))
    return tuple(flat)


def end(
    verdict: Verdict,
    summary: str,
    *ranked: Ranked,
    tested: tuple[str, ...] = (),
    untested: tuple[str, ...] = (),
) -> tuple[RunEvent, ...]:
    """The judgement and the end of a run."""
    root = next((r.finding.code for r in ranked if r.role is Role.ROOT), None)
    return (Judged(ranked), RunFinished(verdict, root, summary, 640.0, ranked, tested, untested))


def reach(host: str) -> tuple[RunEvent, ...]:
    """The network as far as the first answer, all well."""
    return (
        *row(Stage.DNS, host, 4.0, detail="The name has one address."),
        *row(Stage.TCP, f"{host}:443", 18.0, detail="The address accepts connections."),
        *row(Stage.TLS, f"{host}:443", 41.0, detail="The certificate is trusted by the client."),
        *row(Stage.HTTP, f"GET https://{host}/api/hello", 96.0, detail="It answers."),
    )
