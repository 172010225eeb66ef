"""Edits of start-up files of bash, zsh and POSIX shells (and direnv's ``.envrc``) as the smallest splices."""

from __future__ import annotations

import re

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.dotenv_editor import commented
from tui.core.repair.model import Refused
from tui.core.repair.shell_nodes import Command, Document
from tui.core.repair.shell_removal import Removal, remove
from tui.core.repair.text import append_line, is_name, position, splice

_AWAY = {"function", "subshell"}
_UNFINISHED = re.compile(r"(?<!\\)(?:\\\\)*\\\r?\n?$")


def set_value(text: str | None, name: str, value: str, dialect: Dialect, line: int | None = None) -> str:
    """Set a variable where the file reliably sets it last, or on ``line``; otherwise export it at the end.

    Raises :class:`Refused` for a bad name and for a file that the scanner does not understand.
    """
    _check_name(name)
    text = text or ""
    document = read(text, dialect)
    event = _on_line(document, name, line, dialect) if line is not None else _effective(document, name, dialect)
    if event is None:
        _check_reached(document, dialect)
        after = append_line(text, dialect.line(name, dialect.quote(value, "")))
    else:
        written = dialect.quote(value, text[event.value_start : event.value_end][:1])
        if event.value_start == event.name_start + len(name):
            written = " " + written
        after = splice(text, [(event.value_start, event.value_end, written)])
    _check(document, after, name, dialect, {id(event.command)} if event else set())
    # A last line that is not whole (a dangling pipe, for one) would take the new one in.
    if line is None and _effective(dialect.scan(after), name, dialect) is None:
        raise Refused("The end of this file is not understood here: change it by hand.", "not-understood")
    return after


def unset(text: str | None, name: str, dialect: Dialect, line: int | None = None) -> str | None:
    """Remove every word that sets or exports the name at start-up, or the one on ``line``."""
    return _take_out(text, name, line, dialect, comment_out=False)


def comment(text: str | None, name: str, dialect: Dialect, line: int | None = None) -> str | None:
    """Turn every statement that sets or exports the name at start-up into comments, or the one on ``line``."""
    return _take_out(text, name, line, dialect, comment_out=True)


def export(text: str | None, name: str, dialect: Dialect, line: int | None = None) -> str | None:
    """Export the variable where the file sets it last, or on ``line``. Raises :class:`Refused`."""
    if text is None or dialect.export is None:
        return text
    document = read(text, dialect)
    set_here = [e for e in dialect.events(document) if e.name == name and e.sign in ("=", "+=")]
    if not set_here and line is None:
        raise Refused(f"This file does not set {name}.", "no-such-line")
    event = _on_line(document, name, line, dialect) if line is not None else set_here[-1]
    if event.exported:
        return text
    at, word = dialect.export(event)
    after = splice(text, [(at, at, word)])
    _check(document, after, name, dialect, {id(event.command)})
    return after


def rename(text: str | None, name: str, new: str, dialect: Dialect, line: int | None = None) -> str | None:
    """Give the variable another name wherever the file sets or exports it; refused where that name is taken."""
    _check_name(new)
    if text is None or name == new:
        return text
    document = read(text, dialect)
    found = _affected(document, name, line, dialect)
    if found and any(e.name == new and e.sign in ("=", "+=", "(") for e in dialect.events(document)):
        raise Refused(f"{new} is already set in this file.", "target-exists")
    after = splice(text, [(e.name_start, e.name_start + len(name), new) for e in found])
    _check(document, after, name, dialect, {id(e.command) for e in found})
    return after


def read(text: str, dialect: Dialect) -> Document:
    """Return the document. Raises :class:`Refused` where it is not understood to its end."""
    document = dialect.scan(text)
    if not document.balanced or _UNFINISHED.search(text):
        raise Refused("This file holds shell code that is not understood here: change it by hand.", "not-understood")
    return document


def _effective(document: Document, name: str, dialect: Dialect) -> Event | None:
    """Return the assignment that is in force for sure, or None where only a new last line could be."""
    relevant = [e for e in dialect.events(document) if e.name == name and not _AWAY & set(e.command.context)]
    if not relevant:
        return None
    if any(event.sign == "(" for event in relevant):
        raise Refused(f"{name} is a list in this file, which the shell does not pass on.", "is-list")
    exports = False
    for event in relevant:  # what is unset is no longer exported either, should it be set again
        exports = event.sign != "-" and (exports or (event.exported and event.reliable))
    assigned = [e for e in relevant if e.sign == "="]
    last = assigned[-1] if assigned else None
    if last is None or not last.reliable or not exports:
        return None
    later = relevant[relevant.index(last) + 1 :]
    _check_reached(document, dialect, last.command)
    return None if any(e.sign in ("-", "+=", '"') for e in later) else last


def _check_reached(document: Document, dialect: Dialect, before: Command | None = None) -> None:
    """Refuse where the shell has left the file before it comes to the place."""
    for command in document.commands:
        if before is not None and command.start >= before.start:
            return
        if command.reliable and dialect.leaves(command):
            raise Refused("The shell leaves this file before its end, so a line there has no effect.", "not-reached")


def _affected(document: Document, name: str, line: int | None, dialect: Dialect) -> list[Event]:
    if line is not None:
        return [_on_line(document, name, line, dialect)]
    found = [
        e for e in dialect.events(document) if e.name == name and e.sign != "-" and not _AWAY & set(e.command.context)
    ]
    if any(event.sign == '"' for event in found):
        raise Refused(f"{name} is set in a way that is not understood here: change it by hand.", "not-understood")
    return found


def _on_line(document: Document, name: str, line: int, dialect: Dialect) -> Event:
    for event in dialect.events(document):
        if event.name == name and event.sign in ("=", "+=") and position(document.text, event.name_start)[0] == line:
            return event
    raise Refused(f"Line {line} does not set {name}.", "no-such-line")


def _take_out(text: str | None, name: str, line: int | None, dialect: Dialect, comment_out: bool) -> str | None:
    if text is None:
        return None
    document = read(text, dialect)
    found = _affected(document, name, line, dialect)
    if not found:
        return text
    gone: dict[int, Removal] = {}
    for event in found:
        gone.setdefault(id(event.command), Removal(event.command, [])).words.extend(event.words)
    after = remove(document, list(gone.values()), commented if comment_out else None, dialect.no_op)
    _check(document, after, name, dialect, set(gone))
    return after


def _check_name(name: str) -> None:
    if not is_name(name):
        raise Refused("This is not the name of a variable: use letters, digits and underscores.", "bad-name")


def _check(before: Document, after: str, name: str, dialect: Dialect, touched: set[int]) -> None:
    """Raise :class:`Refused` unless all commands that were not meant are the same, in the same blocks."""
    kept = [_signature(command) for command in before.commands if id(command) not in touched]
    left = dialect.scan(after)
    rest = iter([_signature(command) for command in left.commands])
    if not left.balanced or not all(one in rest for one in kept) or len(left.commands) > len(before.commands) + 1:
        raise Refused(f"{name} cannot be changed here without risk to the lines around it.", "not-safe")


def _signature(command: Command) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return command.context, tuple(word.text for word in command.words)
