"""The session as one JSON object, schema ``unsnarl.session/1`` (the public contract); all formats are made of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import tui
from tui.core.events import Judged, RunEvent, RunFinished, RunStarted, SettingsRead, StageFinished
from tui.core.model import (
    Change,
    Evidence,
    FileSeen,
    FileState,
    Finding,
    Ranked,
    Remedy,
    Resolution,
    Setting,
    Target,
)
from tui.core.report.origins import origin

SCHEMA = "unsnarl.session/1"
Document = dict[str, Any]
_ORDER = [
    "schema",
    "tool",
    "started",
    "duration_ms",
    "client",
    "client_version",
    "client_version_assumed",
    "context",
    "symptom",
    "symptom_meaning",
    "verdict",
    "root_cause",
    "summary",
    "target",
    "tested",
    "untested",
    "stages",
    "findings",
    "settings",
    "files",
    "changes",
]


def document(
    events: Iterable[RunEvent], diffs: Mapping[str, str] | None = None, changes: Iterable[Change] = ()
) -> Document:
    """Fold the events of a run. ``diffs`` gives the masked diff of a remedy, by ``code/remedy id``."""
    made: Document = {"schema": SCHEMA, "tool": {"name": "unsnarl", "version": tui.__version__}, "stages": []}
    ranked: tuple[Ranked, ...] = ()
    for event in events:
        match event:
            case RunStarted():
                made["started"] = instant(event.started)
                made["client"], made["context"] = str(event.client.name), str(event.context)
                made["client_version"] = event.client.version
                made["client_version_assumed"] = not event.client.found
                made["symptom"] = event.symptom or None
                made["symptom_meaning"] = event.meaning or None
            case SettingsRead():
                made["target"] = target(event.target)
                made["settings"] = settings(event.settings, event.resolutions)
                made["files"] = [file(f) for f in event.files]
            case StageFinished():
                made["stages"].append(stage(event))
            case Judged():
                ranked = event.ranked
            case RunFinished():
                ranked = event.ranked
                made["duration_ms"] = round(event.duration_ms, 1)
                made["verdict"], made["root_cause"] = str(event.verdict), event.root_cause
                made["summary"] = event.summary
                made["tested"], made["untested"] = list(event.tested), list(event.untested)
            case _:
                pass
    made.setdefault("verdict", "unknown")
    made.setdefault("root_cause", None)
    made.setdefault("summary", "The check was interrupted.")
    made["findings"] = [finding(r, diffs or {}) for r in ranked]
    made["changes"] = [change(c) for c in changes]
    return {key: made[key] for key in _ORDER if key in made}


def instant(seconds: float) -> str:
    """A moment as RFC 3339 in UTC."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def target(aim: Target) -> Document:
    """What the client would call."""
    return {
        "base_url": aim.base_url if aim.url is None else str(aim.url),
        "host": aim.url.host if aim.url else None,
        "port": aim.url.port if aim.url else None,
        "proxy": str(aim.proxy) if aim.proxy else None,
        "auth": aim.auth,
        "models": [name for name, _ in aim.models],
    }


def stage(event: StageFinished) -> Document:
    """One row."""
    return {
        "stage": str(event.stage),
        "target": event.about,
        "status": str(event.status),
        "ms": None if event.ms is None else round(event.ms, 1),
        "detail": event.detail,
        "observations": dict(event.observations),
        "comparison": event.comparison,
    }


def finding(ranked: Ranked, diffs: Mapping[str, str]) -> Document:
    """One finding with everything that a reader needs to judge it."""
    found: Finding = ranked.finding
    return {
        "code": found.code,
        "role": str(ranked.role),
        "severity": found.severity.name.lower(),
        "confidence": found.confidence.name.lower(),
        "title": found.title,
        "explanation": found.explanation,
        "explained_by": list(ranked.explained_by),
        "evidence": [evidence(e) for e in found.evidence],
        "remedies": [remedy(r, diffs.get(f"{found.code}/{r.id}")) for r in found.remedies],
    }


def evidence(seen: Evidence) -> Document:
    """A claim, what was seen, and where."""
    made: Document = {"claim": seen.claim, "seen": seen.seen}
    if seen.origin is not None:
        made["origin"] = origin(seen.origin)
    return made


def remedy(way: Remedy, diff: str | None) -> Document:
    """One way to mend it."""
    return {
        "id": way.id,
        "kind": way.kind,
        "applicability": way.applicability.name.lower(),
        "title": way.title,
        "files": list(dict.fromkeys(edit.shown for edit in way.edits)),
        "diff": diff,
        "commands": list(way.commands),
        "steps": list(way.steps),
        "reopen": list(way.reopen),
    }


def settings(found: Iterable[Setting], resolutions: Iterable[Resolution]) -> list[Document]:
    """Every setting with its place, and whether it is in force."""
    by_name = {r.name: r for r in resolutions}
    made = []
    for item in found:
        resolution = by_name.get(item.name)
        wins = resolution is not None and resolution.winner == item
        winner = resolution.winner if resolution else None
        made.append(
            {
                "name": item.name,
                "value": item.shown,
                "secret": not isinstance(item.value, str),
                "origin": origin(item.origin),
                "wins": wins,
                "shadowed_by": None if wins or winner is None else origin(winner.origin),
                "precedence": resolution.rule if resolution else "",
            }
        )
    return made


def file(seen: FileSeen) -> Document:
    """A file that was looked at."""
    made: Document = {"path": seen.shown, "kind": str(seen.kind), "state": str(seen.state)}
    if seen.problem:
        made["problem"] = seen.problem
    if seen.state is FileState.INVALID and seen.line:
        made["line"] = seen.line
    return made


def change(made: Change) -> Document:
    """A change of the journal."""
    return {"id": made.id, "path": made.shown, "code": made.code, "undone": made.undone}
