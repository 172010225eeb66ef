"""Conditions of start-up files that can be decided by looking: does a file exist, is a variable set, is the shell
interactive. Every other command is unknown, which is an answer too: None."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from tui.core.survey.startup import expansion, fish_words
from tui.core.survey.startup.scope import Scope

Place = Callable[[str], Path]
"""From an absolute path as the shell writes it to where it is on this machine (a test has its own root)."""

_TEST = re.compile(r"\[\[\s+(.*?)\s+\]\]$", re.S)
_COMPARED = re.compile(r"(?P<left>\S+)\s+(?P<sign>==?|!=)\s+(?P<right>\S+)$", re.S)
_FILES: dict[str, Callable[[os.stat_result], bool]] = {
    "-e": lambda _: True,
    "-a": lambda _: True,
    "-f": lambda s: stat.S_ISREG(s.st_mode),
    "-d": lambda s: stat.S_ISDIR(s.st_mode),
    "-s": lambda s: s.st_size > 0,
    "-r": lambda _: True,
    "-x": lambda s: bool(s.st_mode & 0o111),
    "-w": lambda s: bool(s.st_mode & 0o222),
}
_OPTIONS = {"login": "login", "login_shell": "login", "interactive": "interactive"}


def expand(word: str, scope: Scope) -> str | None:
    """What one word of a condition comes to in this shell."""
    return fish_words.expand(word, scope) if scope.shell == "fish" else expansion.expand(word, scope)


def decide(words: list[str], scope: Scope, place: Place) -> bool | None:
    """Return whether a command succeeds, as far as looking tells. The words are as written."""
    match words:
        case ["true" | ":", *_]:
            return True
        case ["false"]:
            return False
        case ["[", *inner, "]"] | ["test", *inner]:
            return _test(inner, scope, place, patterns=False)
        case [one] if (found := _TEST.match(one)) and "\n" not in found[1]:
            return _double(found[1], scope, place)
        case ["shopt", "-q", option] if option in _OPTIONS:
            return bool(getattr(scope, _OPTIONS[option]))
        case ["status", option] if option.removeprefix("--").removeprefix("is-") in ("login", "interactive"):
            return bool(getattr(scope, option.removeprefix("--").removeprefix("is-")))
        case ["set", "-q" | "--query", *names] if scope.shell == "fish" and all(n.isidentifier() for n in names):
            there = [scope.has(name) for name in names]
            return False if False in there else None if None in there else True
        case ["tty" | "/usr/bin/tty", "-s"]:
            return scope.interactive
    return None


def matches(subject: str, pattern: str, scope: Scope) -> bool | None:
    """Return whether a ``case`` takes this pattern (alternatives stand between bars)."""
    text = expand(subject, scope)
    if text is None:
        return None
    alternatives = [expand(part.strip(), scope) for part in pattern.split("|")]
    if any(part is not None and fnmatch.fnmatchcase(text, part) for part in alternatives):
        return True
    return None if None in alternatives else False


def _double(inner: str, scope: Scope, place: Place) -> bool | None:
    if "=~" in inner or "(" in inner:
        return None
    for sign, stops in (("||", True), ("&&", False)):
        parts = re.split(rf"\s+{re.escape(sign)}\s+", inner)
        if len(parts) > 1:
            truths = [_double(part, scope, place) for part in parts]
            return stops if stops in truths else None if None in truths else not stops
    if found := _COMPARED.match(inner):
        return _compare(found["left"], found["sign"], found["right"], scope, patterns=True)
    return _test(inner.split(), scope, place, patterns=True)


def _test(words: list[str], scope: Scope, place: Place, patterns: bool) -> bool | None:
    match words:
        case ["!", *rest]:
            inner = _test(rest, scope, place, patterns)
            return None if inner is None else not inner
        case ["-n", word]:
            return _filled(word, scope)
        case ["-z", word]:
            filled = _filled(word, scope)
            return None if filled is None else not filled
        case ["-t", descriptor]:
            return scope.interactive if descriptor in ("0", "1", "2") else None
        case ["-o", option] if option in _OPTIONS:
            return bool(getattr(scope, _OPTIONS[option]))
        case ["-v", name]:
            return scope.has(name)
        case [sign, word] if sign in _FILES or sign in ("-h", "-L"):
            return _file(sign, word, scope, place)
        case [left, ("=" | "==" | "!=") as sign, right]:
            return _compare(left, sign, right, scope, patterns)
        case [word]:
            return _filled(word, scope)
    return None


def _filled(word: str, scope: Scope) -> bool | None:
    text = expand(word, scope)
    return None if text is None else bool(text)


def _compare(left: str, sign: str, right: str, scope: Scope, patterns: bool) -> bool | None:
    first, second = expand(left, scope), expand(right, scope)
    if first is None or second is None:
        return None
    pattern = patterns and any(mark in second for mark in "*?[")
    if pattern and any(mark in right for mark in "\"'\\$"):
        return None  # what is quoted in it stands for itself
    same = fnmatch.fnmatchcase(first, second) if pattern else first == second
    return same is not (sign == "!=")


def _file(sign: str, word: str, scope: Scope, place: Place) -> bool | None:
    text = expand(word, scope)
    if text is None:
        return None
    try:
        if sign in ("-h", "-L"):
            return place(text).is_symlink()
        return _FILES[sign](place(text).stat())
    except (OSError, ValueError):
        return False
