"""bash, zsh, POSIX shells and direnv: what sets a variable, and how a value is written."""

from __future__ import annotations

import re
from functools import partial

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.model import Refused
from tui.core.repair.shell_document import scan
from tui.core.repair.shell_nodes import Command, Document, Word
from tui.core.repair.text import is_name

BARE = re.compile(r"[A-Za-z0-9_./:@%+,=-]*")
"""What stands without quotes in every shell."""

_NOT_DOUBLE = re.compile(r'["\\$`!]')
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?=)")
_QUOTED = re.compile(r"[\"']([A-Za-z_][A-Za-z0-9_]*)\+?=")
_OPTION = re.compile(r"[-+][A-Za-z]")
_DECLARERS = {"export", "declare", "typeset", "readonly", "local"}
EXPORT_ALL = {
    ("set", "-a"): True,
    ("set", "-o", "allexport"): True,
    ("setopt", "allexport"): True,
    ("setopt", "ALL_EXPORT"): True,
    ("set", "+a"): False,
    ("set", "+o", "allexport"): False,
    ("unsetopt", "allexport"): False,
    ("unsetopt", "ALL_EXPORT"): False,
}
"""Commands after which every assignment is exported, or no longer is."""


def events(document: Document) -> list[Event]:
    """Return what sets, exports or unsets names, in the order of the file."""
    found: list[Event] = []
    everything = False
    for command in document.commands:
        words = command.words
        everything = EXPORT_ALL.get(tuple(word.text for word in words), everything)
        if all(_ASSIGNMENT.match(word.text) for word in words):
            found.extend(_assignment(command, word, everything) for word in words)
        elif words[0].text == "unset" and not any(word.text == "-f" for word in words):
            found.extend(_bare(command, word, "-", False) for word in words[1:] if is_name(word.text))
        elif words[0].text in _DECLARERS:
            found.extend(_declared(command, everything))
    return found


def _declared(command: Command, everything: bool) -> list[Event]:
    verb, *arguments = command.words
    options = "".join(word.text for word in arguments if _OPTION.match(word.text))
    if re.search("[faA]", options) or (verb.text == "local" and "function" not in command.context):
        return []
    removes = "+x" in options or (verb.text == "export" and "-n" in options)
    exported = not removes and (verb.text == "export" or "x" in options)
    found: list[Event] = []
    for word in arguments:
        if match := _QUOTED.match(word.text):
            found.append(Event(command, (word,), match[1], '"', exported, word.start + 1, word.start, word.end))
        elif _ASSIGNMENT.match(word.text):
            found.append(_assignment(command, word, exported or everything))
        elif is_name(word.text) and (exported or removes):
            found.append(_bare(command, word, "-" if removes else "", exported))
    return found


def _assignment(command: Command, word: Word, exported: bool) -> Event:
    match = _ASSIGNMENT.match(word.text)
    if match is None:
        raise AssertionError("only assignments come here")
    sign = "(" if word.text.startswith("(", match.end()) else match[2]
    return Event(command, (word,), match[1], sign, exported, word.start, word.start + match.end(), word.end)


def _bare(command: Command, word: Word, sign: str, exported: bool) -> Event:
    return Event(command, (word,), word.text, sign, exported, word.start, word.end, word.end)


def quote(value: str, style: str, zsh: bool = False) -> str:
    """Return a value as a shell word: in the quotes that ``style`` opens with where they are safe, else safer ones."""
    if "\0" in value or "\r" in value:
        raise Refused("A start-up file cannot hold this control character.", "not-portable")
    double = _NOT_DOUBLE.search(value) is None
    single = "'" not in value
    if style == '"' and double:
        return f'"{value}"'
    if style not in ("'", '"') and BARE.fullmatch(value) and not (zsh and value.startswith("=")):
        return value
    if single:
        return f"'{value}'"
    if double:
        return f'"{value}"'
    return "'" + value.replace("'", "'\\''") + "'"


def leaves(command: Command) -> bool:
    """Tell whether the shell does not read on behind a command."""
    words = [word.text for word in command.words]
    return (words[0] in ("return", "exit") and len(words) < 3) or (words[0] == "exec" and len(words) > 1)


def _line(name: str, word: str) -> str:
    return f"export {name}={word}"


def _export(event: Event) -> tuple[int, str]:
    verb = event.command.words[0]
    return (verb.end, " -x") if verb.text in _DECLARERS else (event.command.start, "export ")


BASH = Dialect(scan, events, quote, _line, leaves, export=_export)
ZSH = Dialect(partial(scan, zsh=True), events, partial(quote, zsh=True), _line, leaves, export=_export)
