"""Does git pass over a path? The rules of gitignore(5), re-stated (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

Lists = Callable[[str], Iterable[tuple[str, str]]]
"""For a folder, the lists that speak about what is in it, strongest first: the list's own folder, and its text."""

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "xdigit": "0-9A-Fa-f",
    "punct": r"!-/:-@\[-`{-~",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a list. ``anchored`` ones look at the whole path from the list's folder, others at the last part."""

    expression: re.Pattern[str]
    keeps: bool
    anchored: bool
    folders_only: bool


def ignored(path: str, lists: Lists) -> bool:
    """True if the path (with slashes, from the repository's root) is left out; what is in a left-out folder is too."""
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        folder, part = "/".join(parts[: depth - 1]), "/".join(parts[:depth])
        verdict = _verdict(part, depth < len(parts), lists(folder))
        if verdict and depth < len(parts):
            return True
        if depth == len(parts):
            return bool(verdict)
    return False


def _verdict(path: str, folder: bool, lists: Iterable[tuple[str, str]]) -> bool | None:
    """True: left out, False: kept by an exception, None: no pattern speaks of it."""
    for base, text in lists:
        inner = path[len(base) + 1 :] if base else path
        for pattern in reversed(patterns(text)):
            if pattern.folders_only and not folder:
                continue
            if pattern.expression.fullmatch(inner if pattern.anchored else inner.rpartition("/")[2]):
                return not pattern.keeps
    return None


@lru_cache(maxsize=64)
def patterns(text: str) -> tuple[Pattern, ...]:
    """The patterns of a list, in order."""
    found = (_pattern(line) for line in text.removeprefix("\ufeff").split("\n"))
    return tuple(pattern for pattern in found if pattern is not None)


def _pattern(line: str) -> Pattern | None:
    line = re.sub(r"(?<!\\)((?:\\\\)*)[ ]+$", r"\1", line.removesuffix("\r"))
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    glob = line[1:] if keeps else line
    folders_only = glob.endswith("/")
    glob = glob.removesuffix("/")
    anchored = "/" in glob
    expression = _expression(glob.removeprefix("/"))
    return None if expression is None or not glob else Pattern(expression, keeps, anchored, folders_only)


def _expression(glob: str) -> re.Pattern[str] | None:
    """A glob as a regular expression; None for one that matches nothing because it is broken."""
    taken, at = [], 0
    while at < len(glob):
        sign = glob[at]
        if sign == "*":
            end = at
            while glob[end : end + 1] == "*":
                end += 1
            taken.append(_stars(glob, at, end))
            at = end + 1 if taken[-1] == "(?:.*/)?" else end
        elif sign == "?":
            taken.append("[^/]")
            at += 1
        elif sign == "[":
            match = re.compile(r"\[[!^]?+\]?+(?:\\.|\[:\w+:\]|[^\]\\])*\]").match(glob, at)
            if match is None:
                return None
            taken.append(_set(match[0][1:-1]))
            at = match.end()
        elif sign == "\\":
            if at + 1 == len(glob):
                return None
            taken.append(re.escape(glob[at + 1]))
            at += 2
        else:
            taken.append(re.escape(sign))
            at += 1
    try:
        return re.compile("".join(taken), re.S)
    except re.error:
        return None


def _stars(glob: str, start: int, end: int) -> str:
    """``**`` between slashes stands for any folders, at the end for everything below; other stars stay in one part."""
    opens, closes = start == 0 or glob[start - 1] == "/", end == len(glob) or glob[end] == "/"
    if end - start >= 2 and opens and closes:
        return ".+" if end == len(glob) else "(?:.*/)?"
    return "[^/]*"


def _set(inside: str) -> str:
    negated = inside[:1] in ("!", "^") and inside[:1] != ""
    body = inside[1:] if negated else inside
    body = re.sub(r"\[:(\w+):\]", lambda m: _CLASSES.get(m[1], ""), body.replace("[", "\\[").replace("\\[:", "[:"))
    body = "\\]" + body[1:] if body.startswith("]") else body
    return f"(?!/)[{'^' if negated else ''}{body}]"
