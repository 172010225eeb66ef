"""The session as plain text: the answer first, then why, then what to do. Made to be read in a hurry, or aloud."""

from __future__ import annotations

import textwrap
from typing import Any

_MARKS = {"pass": "ok  ", "warn": "warn", "fail": "FAIL", "skip": "skip", "not-run": "not run"}
_VERDICTS = {
    "healthy": "HEALTHY",
    "degraded": "WORKS, BUT WORSE THAN IT SHOULD",
    "broken": "BROKEN",
    "unknown": "UNKNOWN",
}


def render(session: dict[str, Any], width: int = 100) -> str:
    """Render a session document; no colours, no control characters."""
    lines = [f"{_VERDICTS[session['verdict']]}: {session['summary']}"]
    if session.get("symptom_meaning"):
        lines += _wrap(f"The message you saw: {session['symptom_meaning']}", width, "")
    findings = session.get("findings", [])
    for found in findings:
        if found["role"] == "root":
            lines += ["", *_finding(found, width)]
    folded = [f for f in findings if f["role"] == "consequence"]
    if folded:
        lines += ["", "This also explains"]
        lines += [f"  - {f['title']} ({f['code']})" for f in folded]
    for found in findings:
        if found["role"] in ("independent", "note"):
            lines += ["", *_finding(found, width, "Besides: " if found["role"] == "independent" else "Note: ")]
    troubled = [f for f in session.get("files", []) if f.get("problem")]
    if troubled:
        lines += ["", "Files that could not be read as they stand"]
        lines += [
            f"  - {f['problem']}" if f["path"] in f["problem"] else f"  - {f['path']}: {f['problem']}" for f in troubled
        ]
    lines += ["", "What was tested"]
    for stage in session.get("stages", []):
        time = "" if stage["ms"] is None else f"  {stage['ms']:.0f} ms"
        lines.append(f"  {_MARKS[stage['status']]}  {stage['stage']:<10} {stage['target']}: {stage['detail']}{time}")
    if not session.get("stages"):
        lines.append("  nothing on the network")
    if session.get("untested"):
        lines.append("Not tested: " + ", ".join(session["untested"]))
    return "\n".join(lines) + "\n"


def _finding(found: dict[str, Any], width: int, lead: str = "") -> list[str]:
    lines = [f"{lead}{found['title']}  [{found['code']}, {found['confidence']}]"]
    lines += _wrap(found["explanation"], width, "  ")
    lines.append("  Why we believe this")
    for number, item in enumerate(found["evidence"], 1):
        place = item.get("origin")
        source = f"  ({_place(place)})" if place and place.get("path") else ""
        lines += _wrap(f"{number}. {item['claim']}: {item['seen']}{source}", width, "    ")
    if found["remedies"]:
        lines.append("  What you can do")
    for item in found["remedies"]:
        lines += _wrap(f"- {item['title']}", width, "    ")
        if item.get("diff"):
            lines += ["      " + line for line in item["diff"].rstrip("\n").split("\n")]
        lines += [f"      $ {command}" for command in item["commands"]]
        for step in item["steps"]:
            lines += _wrap(step, width, "      ")
    return lines


def _place(origin: dict[str, Any]) -> str:
    return f"{origin['path']} line {origin['line']}" if origin.get("line") else str(origin["path"])


def _wrap(text: str, width: int, indent: str) -> list[str]:
    wrapped = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
    return wrapped or [indent.rstrip()]
