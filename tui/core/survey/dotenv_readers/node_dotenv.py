"""node dotenv 18: one statement after another, wherever a line begins like one; all else is passed over in silence.

A statement is ``NAME=`` or ``NAME: ``, after an optional ``export``. White space around it may hold line ends, so a
quoted value may stand on the next line. A quoted value counts as one only if nothing but a comment follows its closing
quote; otherwise the rest of the line up to ``#`` is the value, quotes included. Only ``\\n`` and ``\\r`` are escapes,
and only where the value began with a double quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tui.core.survey.dotenv_readers.reading import Reading, Statement

_SPACE = " \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""White space of JavaScript, as the inside of a character class."""
_STRIPPED = _SPACE.replace("\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B))))
_ENDS = "\n\r\u2028\u2029"
_WORD = re.compile(f"(?P<export>export[{_SPACE}]+)?(?P<name>[A-Za-z0-9_.-]+)")
_SEPARATOR = re.compile(f"[{_SPACE}]*=|:[{_SPACE}]")
_BLANK = re.compile(f"[{_SPACE}]*")
_TAIL = re.compile(f"[{_SPACE}]*(?:#[^{_ENDS}]*)?(?=[{_ENDS}]|\\Z)")
_BARE = re.compile(r"[^#\r\n]*")
_QUOTES = "'\"`"


def read(data: bytes, _environ: Mapping[str, str]) -> Reading:
    """What ``dotenv.parse`` returns. The environment plays no part: nothing is filled in."""
    return Reading({one.name: one.value for one in statements(data.decode("utf-8", "replace")) if one.name})


def statements(text: str) -> Iterator[Statement]:
    """The statements of a file in order. What is no statement is passed over, and not yielded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at, counted, line = 0, 0, 1
    while at < len(text):
        if found := _statement(text, at):
            name, raw, start, end = found
            line += text.count("\n", counted, start)
            last = line + text.count("\n", start, end)
            yield Statement(name, _unquoted(raw), line, last, start - text.rfind("\n", 0, start))
            at, counted, line = end, end, last
        at = _next_line(text, at)


def _unquoted(raw: str) -> str:
    value = raw.strip(_STRIPPED)
    opened = value[:1]
    if len(value) > 1 and opened in _QUOTES and value.endswith(opened):
        value = value[1:-1]
    return value.replace("\\n", "\n").replace("\\r", "\r") if opened == '"' else value


def _next_line(text: str, at: int) -> int:
    """Where the next line begins, at the earliest behind ``at``."""
    while at < len(text) and text[at] not in _ENDS:
        at += 1
    return at + 1


def _statement(text: str, at: int) -> tuple[str, str, int, int] | None:
    """The name, the raw value, the start and the end of the statement that begins at the line start ``at``."""
    start = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text too
    for match in _names(text, start):
        if separator := _SEPARATOR.match(text, match.end("name")):
            raw, end = _value(text, separator.end())
            return match["name"], raw, match.start("name"), end
    return None


def _names(text: str, start: int) -> Iterator[re.Match[str]]:
    """The name behind ``export``, or ``export`` itself as a name."""
    if match := _WORD.match(text, start):
        yield match
        if match["export"] and (plain := re.compile(r"(?P<name>export)").match(text, start)):
            yield plain


def _value(text: str, start: int) -> tuple[str, int]:
    opening = _BLANK.match(text, start).end()  # type: ignore[union-attr]
    if text[opening : opening + 1] in tuple(_QUOTES):
        for end in _closings(text, opening):
            if _TAIL.match(text, end):
                return text[opening:end], end
    bare = _BARE.match(text, start)
    assert bare is not None  # it matches the empty text too
    return bare[0], bare.end()


def _closings(text: str, opening: int) -> Iterator[int]:
    """The ends of the quoted text that begins here, likeliest first: at a plain quote, else at escaped ones."""
    quote, escaped, at = text[opening], [], opening + 1
    while at < len(text) and text[at] != quote:
        pair = text[at] == "\\" and text[at + 1 : at + 2] == quote
        at += 2 if pair else 1
        if pair:
            escaped.append(at)
    if at < len(text):
        yield at + 1
    yield from reversed(escaped)
