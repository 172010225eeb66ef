"""The session as Markdown, to be pasted into a ticket: verdict, evidence, what to do, what was tested."""

from __future__ import annotations

from typing import Any

from tui.core.report.document import Document

_WORDS = {"broken": "Broken", "degraded": "Works, but worse than it should", "healthy": "Healthy", "unknown": "Unknown"}


def render(session: Document) -> str:
    """Render a session document. Text from the machine is put into code spans, so that it stays text."""
    version = session["tool"]["version"]
    lines = [
        f"## {_WORDS[session['verdict']]}: {_plain(session['summary'])}",
        "",
        f"*Made by unsnarl {version} on {session.get('started', 'an unknown day')}. Secrets are masked: a prefix, "
        "the last "
        "four characters, the length and a fingerprint that only this machine can compute.*",
        "",
    ]
    if session.get("symptom_meaning"):
        lines += [f"The message that was seen: {_plain(session['symptom_meaning'])}", ""]
    for found in session.get("findings", []):
        lines += _finding(found)
    lines += _target(session)
    lines += ["### What was tested", "", "| stage | target | result | ms |", "| --- | --- | --- | ---: |"]
    for stage in session.get("stages", []):
        ms = "" if stage["ms"] is None else f"{stage['ms']:.0f}"
        result = f"{stage['status']}: {stage['detail']}"
        lines.append(f"| {stage['stage']} | {_cell(stage['target'])} | {_plain(result)} | {ms} |")
    if session.get("untested"):
        lines += ["", "Not tested: " + "; ".join(_plain(u) for u in session["untested"]) + "."]
    lines += ["", *_settings(session)]
    return "\n".join(lines).rstrip() + "\n"


def _finding(found: dict[str, Any]) -> list[str]:
    head = {"root": "Root cause", "consequence": "Explained by it", "independent": "Besides", "note": "Note"}[
        found["role"]
    ]
    lines = [
        f"### {head}: {_plain(found['title'])}",
        "",
        f"`{found['code']}` · {found['severity']} · {found['confidence']}",
        "",
    ]
    lines += [_plain(found["explanation"]), ""]
    for number, item in enumerate(found["evidence"], 1):
        place = item.get("origin") or {}
        where = ""
        if place.get("path"):
            where = f" in {_code(place['path'])}" + (f" line {place['line']}" if place.get("line") else "")
        lines.append(f"{number}. {_plain(item['claim'])}: {_code(item['seen'])}{where}")
    for remedy in found["remedies"]:
        lines += ["", f"**{_plain(remedy['title'])}** ({remedy['applicability']})"]
        if remedy["diff"]:
            lines += ["", *_fenced(remedy["diff"].rstrip("\n"), "diff")]
        if remedy["commands"]:
            lines += ["", *_fenced("\n".join(remedy["commands"]), "sh")]
        lines += [f"- {_plain(step)}" for step in remedy["steps"]]
    return [*lines, ""]


def _target(session: Document) -> list[str]:
    target = session.get("target")
    if not target:
        return []
    assumed = " (assumed)" if session.get("client_version_assumed") else ""
    return [
        "### What the client would call",
        "",
        f"- Client: {session.get('client')} {session.get('client_version', '')}{assumed}",
        f"- Base URL: {_code(str(target['base_url']))}",
        f"- Proxy: {_code(str(target['proxy'])) if target['proxy'] else 'none'}",
        f"- Credential sent as: {target['auth']}",
        f"- Models: {', '.join(_code(m) for m in target['models']) or 'not configured'}",
        "",
    ]


def _settings(session: Document) -> list[str]:
    found = session.get("settings", [])
    if not found:
        return []
    lines = ["### Settings", "", "| name | value | where | in force |", "| --- | --- | --- | --- |"]
    for item in found:
        origin = item["origin"]
        place = origin["path"] or origin["kind"]
        place += f" line {origin['line']}" if origin.get("line") else ""
        lines.append(
            f"| {item['name']} | {_cell(item['value'])} | {_cell(place)} | {'yes' if item['wins'] else 'no'} |"
        )
    return lines


def _code(text: str) -> str:
    """Text as a code span that nothing inside it can end."""
    text = " ".join(str(text).split())
    ticks = "`" * (max((len(run) for run in _runs(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else "(empty)"


def _cell(text: str) -> str:
    """A code span for a table, where a bar would end the cell even inside of code."""
    return _code(text).replace("|", "\\|")


def _runs(text: str) -> list[str]:
    return [run for run in "".join(c if c == "`" else " " for c in text).split() if run]


def _plain(text: str) -> str:
    """Text whose characters keep their own meaning in Markdown."""
    return "".join("\\" + c if c in "\\`*_[]<>#|" else c for c in " ".join(str(text).split()))


def _fenced(text: str, language: str) -> list[str]:
    fence = "`" * max(3, max((len(run) for run in _runs(text)), default=0) + 1)
    return [fence + language, *text.split("\n"), fence]
