"""environment.d of systemd (252): a reader of its own, close to a shell's quoting, deaf to ``export``.

Quoted and plain parts follow each other within a value. White space behind a closing quote is dropped, a comment only
begins a line. An empty value sets nothing. ``$`` is filled in after the quotes are gone: no quoting protects it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tui.core.survey.dotenv_readers.reading import Reading

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPACE = " \t\n\r"
_QUOTED = re.compile(r"'(?P<single>[^']*)(?:'|\Z)|\"(?P<double>(?:\\.|[^\"\\])*)(?:\"|\\?\Z)", re.S)
_BARE = re.compile(r"(?:\\.|[^\\\n\r])*", re.S)


def read(data: bytes, environ: Mapping[str, str]) -> Reading:
    """What the user's services get; ``${NAME}`` is filled in from the file first, then from ``environ``."""
    if b"\0" in data:
        return Reading()
    found: dict[str, str] = {}
    for name, raw in _assignments(data.decode("utf-8", "replace")):
        if raw and _NAME.fullmatch(name):
            found[name] = _filled_in(raw, {**environ, **found})
    return Reading(dict(found))


def _assignments(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        if text[at] in _SPACE:
            at += 1
        elif text[at] in "#;":
            comment = re.compile(r"(?:\\.|[^\\\n\r])*", re.S).match(text, at)
            at = comment.end() if comment and comment.end() > at else len(text)
        else:
            name = re.compile(r"[^=\n\r]*").match(text, at)
            assert name is not None  # it matches the empty text too
            at = name.end()
            if text[at : at + 1] == "=":
                value, at = _value(text, at + 1)
                yield name[0].rstrip(_SPACE), value


def _value(text: str, at: int) -> tuple[str, int]:
    taken = []
    while at < len(text) and text[at] not in "\n\r":
        if text[at] in " \t":
            at += 1
        elif quoted := _QUOTED.match(text, at):
            single, double = quoted["single"], quoted["double"]
            taken.append(single if single is not None else _unescaped(double))
            at = quoted.end()
        else:
            bare = _BARE.match(text, at)
            assert bare is not None
            taken.append(_unescaped_bare(bare[0]))
            at = bare.end()
            if text[at : at + 1] == "\\":
                at += 1
    return "".join(taken), at


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        return "" if match[1] == "\n" else match[1] if match[1] in '"\\`$' else match[0]

    return re.sub(r"\\(.)", one, text, flags=re.S)


def _unescaped_bare(text: str) -> str:
    kept = re.sub(r"(?<!\\)[ \t]+\Z", "", text)
    return re.sub(r"\\(.)", lambda match: "" if match[1] in "\n\r" else match[1], kept, flags=re.S)


def _filled_in(text: str, known: Mapping[str, str]) -> str:
    done, at = [], 0
    while (sign := text.find("$", at)) >= 0:
        done.append(text[at:sign])
        following = text[sign + 1 : sign + 2]
        if following == "$":
            done.append("$")
            at = sign + 2
        elif following == "{":
            value, at = _braced(text, sign, known)
            done.append(value)
        elif name := re.compile(r"[A-Za-z0-9_]+").match(text, sign + 1):
            done.append(known.get(name[0], ""))
            at = name.end()
        else:
            done.append("$")
            at = sign + 1
    return "".join(done) + text[at:]


def _braced(text: str, start: int, known: Mapping[str, str]) -> tuple[str, int]:
    """What ``${…}`` stands for, and where it ends; a broken one stays as it is."""
    head = re.compile(r"\$\{([^}:]*)(\}|:([-+]))?").match(text, start)
    if head is None or head[2] is None:
        return text[start : start + 2], start + 2
    if head[2] == "}":
        return known.get(head[1], ""), head.end()
    depth, at = 1, head.end()
    while at < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    if depth:
        return text[start : start + 2], start + 2
    other = text[head.end() : at - 1]
    value = known.get(head[1])
    if head[3] == "+":
        return (_filled_in(other, known) if value else ""), at
    return value or _filled_in(other, known), at
