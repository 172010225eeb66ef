"""A diff, coloured and signed: what goes, what comes, and the lines around it. Secrets were masked before."""

from __future__ import annotations

from textual.content import Content

from tui.hunk import parse
from tui.widgets.sheet import hang, say

_STYLES = {"-": "$error", "+": "$success", " ": ""}


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
