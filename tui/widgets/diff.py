"""A unified diff, coloured and signed: what goes, what comes, and the lines around it. Secrets were masked before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual.content import Content

from tui.widgets.sheet import hang, say

_HUNK = re.compile(r"^@@ -(?P<old>\d+)(?:,(?P<olds>\d+))? \+(?P<new>\d+)(?:,(?P<news>\d+))? @@")
_STYLES = {"-": "$error", "+": "$success", " ": ""}


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a file before or after: its number there, its sign and its text."""

    number: int
    sign: str
    text: str


def parse(diff: str) -> list[DiffLine | None]:
    """Read a unified diff; ``None`` stands for lines left out between two hunks."""
    lines: list[DiffLine | None] = []
    old = new = gone = come = 0  # line numbers, and how many lines of each side the hunk still owes
    for raw in diff.split("\n"):
        if gone <= 0 and come <= 0:  # outside a hunk; inside one, "--- " may be a line of the file
            hunk = _HUNK.match(raw)
            if hunk:
                old, new = int(hunk["old"]), int(hunk["new"])
                gone, come = int(hunk["olds"] or 1), int(hunk["news"] or 1)
                if lines:
                    lines.append(None)
            continue
        sign = raw[:1] if raw[:1] in ("-", "+", "\\") else " "
        if sign == "\\":
            continue
        lines.append(DiffLine(new if sign == "+" else old, sign, raw[1:]))
        if sign != "+":
            old, gone = old + 1, gone - 1
        if sign != "-":
            new, come = new + 1, come - 1
    return lines


def count(diff: str) -> tuple[int, int]:
    """How many lines go, and how many come."""
    signs = [line.sign for line in parse(diff) if line]
    return signs.count("-"), signs.count("+")


def draw(diff: str, width: int) -> list[Content]:
    """The lines to show: sign, number, text; long lines wrap below their text."""
    lines = parse(diff)
    digits = max((len(str(line.number)) for line in lines if line), default=1)
    shown: list[Content] = []
    for line in lines:
        if line is None:
            shown.append(say(f"  {'…':>{digits}}", "$quiet"))
            continue
        lead = f"{line.sign} {line.number:>{digits}}  "
        style = _STYLES[line.sign]
        text = line.text.expandtabs(4)
        rows = hang(say(text, f"bold {style}" if style else "$quiet"), width, " " * len(lead))
        shown.append(say(lead, style or "$quiet") + rows[0][len(lead) :])
        shown.extend(rows[1:])
    return shown
