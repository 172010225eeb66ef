"""A unified diff read back into numbered lines (pure): both faces show changes from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HUNK = re.compile(r"^@@ -(?P<old>\d+)(?:,(?P<olds>\d+))? \+(?P<new>\d+)(?:,(?P<news>\d+))? @@")


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
