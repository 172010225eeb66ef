"""What a word of a POSIX-like shell comes to, where that can be said without running anything.

Understood: quotes of all kinds, ``$NAME``, ``${NAME}``, ``${NAME:-word}`` and its relatives, ``~``. Anything that the
shell would have to compute (``$(…)``, backticks, ``$((…))``, patterns) makes the word dynamic: the answer is None.
"""

from __future__ import annotations

import re

from tui.core.repair.shell_words import Unbalanced, skip_piece
from tui.core.survey.startup.scope import Scope

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[-?#0-9@*!$]")
_BRACES = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+=?])?", re.S)
_ANSI = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ANSI_SIGN = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|([0-7]{1,3})|(.))", re.S)


class Dynamic(Exception):
    """The word holds something that only a running shell knows."""


def expand(text: str, scope: Scope, assigned: bool = False) -> str | None:
    """Return what a word comes to, or None where only the running shell knows.

    ``assigned`` says that it is the value of an assignment, in which ``~`` also counts behind a colon.
    """
    try:
        return _pieces(text, scope, assigned)
    except (Dynamic, Unbalanced):
        return None


def words(text: str, scope: Scope) -> list[str | None]:
    """Return the words of a ``for`` list: each expanded, split at blanks where it stands without quotes."""
    found: list[str | None] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        start = at
        try:
            while at < len(text) and not text[at].isspace():
                at = skip_piece(text, at)
        except Unbalanced:
            return [None]
        word = text[start:at]
        value = expand(word, scope)
        split = value is not None and "$" in word and "'" not in word and '"' not in word and scope.shell != "zsh"
        found += value.split() if split and value is not None else [value]
    return found


def _pieces(text: str, scope: Scope, assigned: bool) -> str:
    made: list[str] = []
    at = 0
    while at < len(text):
        end = skip_piece(text, at)
        piece = text[at:end]
        if piece.startswith("~") and (at == 0 or (assigned and text[at - 1] == ":")):
            end, piece = _tilde(text, at, scope)
            made.append(piece)
        elif piece[0] == "$":
            found = _NAME.match(text, at + 1) if piece == "$" else None
            end = found.end() if found else end
            made.append(_dollar(text[at:end], scope))
        elif piece[0] == "'":
            made.append(piece[1:-1])
        elif piece[0] == '"':
            made.append(_double(piece[1:-1], scope))
        elif piece[0] == "\\":
            made.append("" if piece[1:] in ("\n", "\r\n") else piece[1:])
        elif piece[0] == "`":
            raise Dynamic
        else:
            made.append(piece)
        at = end
    return "".join(made)


def _tilde(text: str, at: int, scope: Scope) -> tuple[int, str]:
    end = at + 1
    while end < len(text) and text[end] not in "/:":
        end += 1
    if end != at + 1:
        raise Dynamic  # ~name is the home of somebody else
    home = scope.get("HOME")
    if not home:
        raise Dynamic
    return end, home


def _double(text: str, scope: Scope) -> str:
    made: list[str] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and at + 1 < len(text):
            follows = text[at + 1]
            made.append("" if follows == "\n" else follows if follows in '$`"\\' else sign + follows)
            at += 2
        elif sign == "$":
            found = _NAME.match(text, at + 1)
            end = found.end() if found else skip_piece(text, at)
            made.append(_dollar(text[at:end], scope))
            at = end
        elif sign == "`":
            raise Dynamic
        else:
            made.append(sign)
            at += 1
    return "".join(made)


def _dollar(text: str, scope: Scope) -> str:
    """Return what one expansion comes to; the text starts with ``$``."""
    if text == "$":
        return text
    if text.startswith("$'"):
        return _ANSI_SIGN.sub(_ansi, text[2:-1])
    if text.startswith("$("):
        raise Dynamic
    if not text.startswith("${"):
        return _known(scope.get(text[1:]))
    found = _BRACES.match(text)
    if found is None:
        raise Dynamic
    name, sign, rest = found[1], found[2] or "", text[found.end() : -1]
    if not sign:
        if rest:
            raise Dynamic  # ${NAME%…}, ${NAME/…} and their like
        return _known(scope.get(name))
    value = scope.get(name)
    there = bool(value) if sign.startswith(":") else scope.has(name)
    if value is None or there is None:
        raise Dynamic
    if sign.endswith("?") and not there:
        raise Dynamic  # the shell gives up
    if sign.endswith("+"):
        return _pieces(rest, scope, False) if there else ""
    return value if there else _pieces(rest, scope, False)


def _known(value: str | None) -> str:
    if value is None:
        raise Dynamic
    return value


def _ansi(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return chr(int(found[1] or found[2], 16))
    if found[3]:
        return chr(int(found[3], 8) & 0xFF)
    return _ANSI.get(found[4], found[4] if found[4] in "\\'\"?" else "\\" + found[4])
