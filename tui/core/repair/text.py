"""Lines, places and words of a text, without losing a byte of it."""

from __future__ import annotations

import re

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def lines(text: str) -> list[str]:
    """Split ``text`` after CR, LF and CRLF only; joined again, the lines are the text.

    ``str.splitlines`` would also split at form feeds and U+2028, which no reader of settings does.
    """
    return _LINE.findall(text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column (both from 1) of ``offset``; a BOM takes no column, as editors do not show it."""
    line, start = 1, 1 if text.startswith(BOM) else 0
    for end in _LINE_END.finditer(text, 0, offset):
        if end.end() > offset:
            break
        line, start = line + 1, end.end()
    return line, max(offset - start, 0) + 1


def line_end(text: str) -> str:
    """Return the line end that a new last line should have: that of the last complete line, else LF."""
    ends = _LINE_END.findall(text)
    return ends[-1] if ends else "\n"


def line_start(text: str, offset: int) -> int:
    """Return the offset at which the line of ``offset`` starts, after a BOM."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return 1 if start == 0 and text.startswith(BOM) and offset > 0 else start


def indentation(text: str, offset: int) -> str:
    """Return the spaces and tabs that open the line of ``offset``."""
    start = line_start(text, offset)
    end = start
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[start:end]


def is_name(name: str) -> bool:
    """Tell whether every reader of settings takes ``name`` as a variable's name."""
    return _NAME.fullmatch(name) is not None


def splice(text: str, changes: list[tuple[int, int, str]]) -> str:
    """Replace each span ``(start, end, new)``; the spans must not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def append_line(text: str, line: str) -> str:
    """Put one line at the end, with the text's own line end, and end the line before it first."""
    end = line_end(text)
    unfinished = bool(text.removeprefix(BOM)) and not text.endswith(("\n", "\r"))
    return f"{text}{end if unfinished else ''}{line}{end}"
