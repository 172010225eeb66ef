"""What the words of a fish command come to, where that can be said without running anything."""

from __future__ import annotations

import re

from tui.core.repair.fish_dialect import skip_word
from tui.core.repair.shell_words import Unbalanced
from tui.core.survey.startup.scope import Scope

_VARIABLE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)|\{\$([A-Za-z_][A-Za-z0-9_]*)\}")
_BRACES = re.compile(r"\{([^{}\s'\"$()*?\\]*,[^{}\s'\"$()*?\\]*)\}")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b"}

Items = tuple[str, ...]
"""What one word becomes: mostly one item, but a list may have several, or none."""


def expand(text: str, scope: Scope, _assigned: bool = False) -> str | None:
    """Return what one word comes to; None where only fish knows, and where it is not exactly one item."""
    made = items(text, scope)
    return made[0] if made is not None and len(made) == 1 else None


def words(text: str, scope: Scope) -> list[str | None]:
    """Return the items of the words of a ``for`` list; a word that only fish knows is None."""
    found: list[str | None] = []
    at = 0
    try:
        while at < len(text):
            end = skip_word(text, at)
            if end == at:
                at += 1
                continue
            if any(sign in text[at:end] for sign in "*?") and "$" not in text[at + 1 : end]:
                found.append(pattern(text[at:end], scope))
            else:
                made = items(text[at:end], scope)
                found += [None] if made is None else list(made)
            at = end
    except Unbalanced:
        return [None]
    return found


def pattern(text: str, scope: Scope) -> str | None:
    """Return a pattern of file names with its ``~`` replaced; None where there is more in it."""
    if text.startswith("~/"):
        home = scope.get("HOME")
        return home + text[1:] if home else None
    return None if set(text) & set("'\"$\\(){}") else text


def items(text: str, scope: Scope) -> Items | None:
    """Return the items that one word comes to; None: only fish knows."""
    made: Items = ("",)
    at = 0
    while at < len(text):
        found = _piece(text, at, scope)
        if found is None:
            return None
        piece, at = found
        if len(piece) != 1 and len(made) != 1:
            return None  # every item of one list with every one of the other
        made = tuple(left + right for left in made for right in piece)
    return made


def _piece(text: str, at: int, scope: Scope) -> tuple[Items, int] | None:
    sign = text[at]
    if sign in "'\"":
        end = _end(text, at, sign)
        inner = text[at + 1 : end]
        quoted = re.sub(r"\\([\\'])", r"\1", inner) if sign == "'" else _double(inner, scope)
        return None if quoted is None else ((quoted,), end + 1)
    if found := _VARIABLE.match(text, at):
        value = scope.items(found[1] or found[2])
        return None if value is None or text.startswith("[", found.end()) else (value, found.end())
    if found := _BRACES.match(text, at):
        return tuple(found[1].split(",")), found.end()
    if sign == "\\" and at + 1 < len(text):
        if text[at + 1] in "xXuU01234567c":
            return None
        return ("" if text[at + 1] == "\n" else _PLAIN.get(text[at + 1], text[at + 1]),), at + 2
    if sign == "~" and at == 0:
        home = scope.get("HOME")
        return None if not home or text[1:2] not in ("", "/") else ((home,), 1)
    return None if sign in "()*?{}$" else ((sign,), at + 1)


def _end(text: str, at: int, sign: str) -> int:
    """The offset of the quote that ends the one at ``at``; the scanner has seen to it that there is one."""
    at += 1
    while at < len(text) and text[at] != sign:
        at += 2 if text[at] == "\\" else 1
    return at


def _double(text: str, scope: Scope) -> str | None:
    made: list[str] = []
    at = 0
    while at < len(text):
        if text.startswith("$(", at):
            return None
        if (found := _VARIABLE.match(text, at)) and found[1]:
            value = scope.get(found[1])
            if value is None or text.startswith("[", found.end()):
                return None
            made.append(value)
            at = found.end()
        elif text[at] == "\\" and at + 1 < len(text):
            follows = text[at + 1]
            made.append("" if follows == "\n" else follows if follows in '\\"$' else "\\" + follows)
            at += 2
        else:
            made.append(text[at])
            at += 1
    return "".join(made)
