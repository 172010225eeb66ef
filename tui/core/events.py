"""The events of a run: small frozen values, redacted when they are made. Wizard, lines and JSON all fold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.core.ask import Stage
from tui.core.model import Change, Client, Context, FileSeen, Ranked, Resolution, Setting, Target, Verdict


class Status(StrEnum):
    """What became of a stage."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    NOT_RUN = "not-run"


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins. ``started`` is seconds since 1970; ``meaning`` says what the symptom means, where it is known."""

    started: float
    client: Client
    context: Context
    symptom: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """The survey is done."""

    files: tuple[FileSeen, ...]
    settings: tuple[Setting, ...]
    resolutions: tuple[Resolution, ...]
    target: Target


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A row starts. ``key`` names the row for its end; ``comparison`` marks questions that only a rule asked."""

    key: str
    stage: Stage
    about: str
    comparison: bool = False


@dataclass(frozen=True, slots=True)
class StageFinished:
    """A row ends. ``detail`` is one plain sentence; ``observations`` are small JSON values."""

    key: str
    stage: Stage
    about: str
    status: Status
    ms: float | None
    detail: str
    observations: tuple[tuple[str, object], ...] = ()
    comparison: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings as they stand now, root first."""

    ranked: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run is over. ``tested`` and ``untested`` are plain phrases for the summary."""

    verdict: Verdict
    root_cause: str | None
    summary: str
    duration_ms: float
    ranked: tuple[Ranked, ...]
    tested: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


RunEvent = RunStarted | SettingsRead | StageStarted | StageFinished | Judged | RunFinished
