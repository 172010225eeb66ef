"""What the commands of POSIX-like shells do to variables, beyond plain assignments. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Container

from tui.core.repair.dialect import Event
from tui.core.repair.shell_nodes import Command, Document
from tui.core.survey.startup.expansion import expand
from tui.core.survey.startup.scope import Scope

_PREFIX = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\+?=")
_NAMED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\+?=|$)")
_DEFAULT = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(:?)=((?:[^{}\\]|\\.|\$\{[^{}]*\})*)\}", re.S)
_BRACES = re.compile(r"(?<![\\$])\{[^{}\s'\"]*(?:,|\.\.)[^{}\s'\"]*\}")
_DECLARERS = ("declare", "typeset", "local", "readonly", "integer", "float")
_RUNS_TEXT = ("eval", "repeat", "source", ".")
_KEEPS = ("export", "declare", "typeset", "readonly", "eval", ".", "source")
"""Commands by which an assignment before them may last."""
_ALL_EXPORT = re.compile(r"all_?export$", re.I)


def prepare(document: Document, through: tuple[str, ...] = ("command", "builtin")) -> Document:
    """Take words like ``builtin`` away from before the command that they run."""
    for command in document.commands:
        words = command.words
        while len(words) > 1 and words[0].text in through and not words[1].text.startswith("-"):
            words.pop(0)
    return document


def value(event: Event, text: str, scope: Scope) -> str | None:
    """What an assignment comes to."""
    raw = text[event.value_start : event.value_end].strip()
    if event.sign == "(":
        scope.lists.add(event.name)
    if event.name in scope.lists:
        return None  # what is once a list stays one, and no program gets it
    if event.sign == '"':
        whole = expand(event.words[0].text, scope, False)
        return None if whole is None else whole.partition("=")[2]
    declared = not _PREFIX.match(event.command.words[0].text)
    if declared and _BRACES.search(raw):
        return None  # an argument of export, unlike an assignment, is multiplied by its braces
    made = expand(raw, scope, True)
    if made is not None and scope.shell == "zsh" and raw.startswith("="):
        return None  # =name is the path of a program
    before = scope.get(event.name) if event.sign == "+=" else ""
    return None if made is None or before is None else before + made


def sourced(command: Command) -> str | None:
    """The word that names the file which a command reads in."""
    words = command.words
    return words[1].text if len(words) > 1 and words[0].text in (".", "source") else None


def prefixed(command: Command) -> list[tuple[int, str]]:
    """Names that are set for one command only."""
    found: list[tuple[int, str]] = []
    words = command.words[1:] if command.words[0].text == "env" else command.words
    for word in words:
        match = _PREFIX.match(word.text)
        if match is None:
            return [] if word.text in _KEEPS else found  # a command follows, and what stands before it is for it alone
        found.append((word.start, match[1]))
    return found if words is not command.words and found else []


def defaults(command: Command) -> list[tuple[int, str, str, bool]]:
    """``${NAME:=value}`` and ``${NAME=value}``, wherever they stand."""
    return [
        (word.start + found.start(1), found[1], found[3], bool(found[2]))
        for word in command.words
        if "=" in word.text and not word.text.startswith("'")
        for found in _DEFAULT.finditer(word.text)
    ]


def computed(command: Command, names: Container[str]) -> list[tuple[int, str, bool]]:
    """Names that ``read``, ``printf -v`` and their like set, and those that a text to be run may set."""
    verb, *words = command.words
    if verb.text in ("read", "mapfile", "readarray", "getopts", "vared"):
        return [(word.start, word.text, False) for word in words if re.fullmatch(r"[A-Za-z_]\w*", word.text)]
    if verb.text == "printf" and len(words) > 1 and words[0].text == "-v":
        return [(words[1].start, words[1].text, False)]
    found: list[tuple[int, str, bool]] = []
    if _PREFIX.match(verb.text) and any(word.text in _KEEPS for word in words):
        given = [(word.start, _NAMED.match(word.text)) for word in command.words if word.text not in _KEEPS]
        return [(start, match[1], True) for start, match in given if match]
    if verb.text in _RUNS_TEXT:
        for word in words:
            for name in re.finditer(r"(?<![\w$])(?<!\$\{)[A-Za-z_]\w*", word.text):
                if name[0] in names:
                    found.append((word.start + name.start(), name[0], True))
    return found


def hides(command: Command, zsh: bool = False) -> list[str]:
    """Names that a command makes local to the function which it stands in."""
    verb, *words = command.words
    if verb.text not in _DECLARERS or "function" not in command.context:
        return []
    options = "".join(word.text for word in words if re.match(r"[-+][A-Za-z]", word.text))
    if "g" in options or verb.text == "readonly":
        return []
    if zsh and verb.text != "local" and "x" in options:
        return []  # what typeset exports is global there
    found = (re.match(r"[A-Za-z_]\w*", word.text) for word in words)
    return [match[0] for match in found if match]


def removes(event: Event) -> bool:
    """True for ``unset``; ``export -n`` and ``declare +x`` only stop exporting."""
    return event.command.words[0].text == "unset"


def switches(command: Command) -> bool | None:
    """``set -a`` and all its other forms."""
    verb, *words = [word.text for word in command.words]
    if verb in ("setopt", "unsetopt") and any(_ALL_EXPORT.match(word) for word in words):
        return verb == "setopt"
    if verb == "set":
        for at, word in enumerate(words):
            named = word[1:] == "o" and at + 1 < len(words) and _ALL_EXPORT.match(words[at + 1])
            if word[:1] in "-+" and (named or ("a" in word and not word.startswith("--"))):
                return word[0] == "-"
    return None


def fails_hard(command: Command) -> bool:
    """``set -e``: the shell ends with the first command that fails."""
    verb, *words = [word.text for word in command.words]
    if verb == "set":
        return any(re.match(r"-[a-zA-Z]*e", word) for word in words) or words[:2] == ["-o", "errexit"]
    return verb == "setopt" and any(re.match(r"err_?(exit|return)$", word, re.I) for word in words)


def in_pipe(command: Command) -> bool:
    """Every part of a pipe, and what runs in the background."""
    return command.link in ("|", "|&") or command.follow in ("|", "|&", "&")


def in_pipe_before_its_end(command: Command) -> bool:
    """The last part of a pipe is run by zsh itself."""
    return command.follow in ("|", "|&", "&")
