"""Edits of dotenv text as the smallest splices, in the one quoting that every reader reads alike."""

from __future__ import annotations

import re

from tui.core.repair import dotenv_mending
from tui.core.repair.dotenv_document import Binding, Document, scan_text
from tui.core.repair.dotenv_mending import Spot
from tui.core.repair.model import Refused
from tui.core.repair.text import append_line, is_name, lines, splice

_BARE = re.compile(r"[A-Za-z0-9_./:@%+,=-]*")
_NOT_DOUBLE = re.compile(r'["\\$`!]')

Statements = list[tuple[str | None, str | None, bool]]


def set_value(text: str | None, name: str, value: str, line: int | None = None) -> str:
    """Set a variable: the last one of that name, or the one on ``line``; a new one goes to the end.

    Raises :class:`Refused` for a name that not every reader takes and for a value that no quoting carries.
    """
    _check_name(name)
    text = text or ""
    document = scan_text(text)
    if line is not None and (spot := dotenv_mending.find(document, name, line)):
        return _mended(text, spot, name, value)
    expected = list(document.statements)
    binding = _chosen(document, name, line) if line is not None else document.find(name)
    if binding is None:
        exported = bool(document.bindings) and all(b.exported for b in document.bindings)
        after = append_line(text, f"{'export ' if exported else ''}{name}={quote(value, '')}")
        expected.append((name, value, False))
    else:
        # An equal value is written again too: its quotes may be ones on which readers disagree.
        written = quote(value, binding.quote)
        if binding.value is None:
            written = "=" + written
        after = splice(text, [(binding.value_start, binding.value_end, written)])
        expected[_places(document, [binding])[0]] = (name, value, False)
    _check(after, expected, name)
    return after


def _mended(text: str, spot: Spot, name: str, value: str) -> str:
    """Write a skipped line anew; what stands before and behind it means what it means by itself."""
    after = splice(text, [(spot.start, spot.end, f"{spot.head}{name}={quote(value, '')}")])
    before, behind = scan_text(text[: spot.start]).statements, scan_text(text[spot.end :]).statements
    _check(after, [*before, (name, value, False), *behind], name)
    return after


def unset(text: str | None, name: str, line: int | None = None) -> str | None:
    """Remove every statement of that name with its comment and line end, or the one on ``line``."""
    if text is None:
        return None
    document = scan_text(text)
    gone = _affected(document, name, line)
    places = _places(document, gone)
    after = splice(text, [(binding.start, binding.end, "") for binding in gone])
    _check(after, [s for i, s in enumerate(document.statements) if i not in places], name)
    return after


def rename(text: str | None, name: str, new: str, line: int | None = None) -> str | None:
    """Give every statement of that name another name, or the one on ``line``; refused where that name is taken."""
    _check_name(new)
    if text is None or name == new:
        return text
    document = scan_text(text)
    found = _affected(document, name, line)
    if found and document.find(new) is not None:
        raise Refused(f"{new} is already set in this file.", "target-exists")
    places = _places(document, found)
    after = splice(text, [(binding.name_start, binding.name_end, new) for binding in found])
    renamed = [(new, v, e) if i in places else (k, v, e) for i, (k, v, e) in enumerate(document.statements)]
    _check(after, renamed, name)
    return after


def comment(text: str | None, name: str, line: int | None = None) -> str | None:
    """Put ``# `` before every line of every statement of that name, or of the one on ``line``."""
    if text is None:
        return None
    document = scan_text(text)
    found = _affected(document, name, line)
    places = _places(document, found)
    after = splice(text, [(b.start, b.end, commented(text[b.start : b.end])) for b in found])
    _check(after, [s for i, s in enumerate(document.statements) if i not in places], name)
    return after


def commented(statement: str) -> str:
    """Return physical lines turned into comments, each behind its indentation."""
    return "".join(re.sub(r"^[ \t]*", lambda space: space[0] + "# ", one, count=1) for one in lines(statement))


def quote(value: str, style: str) -> str:
    """Return a value as it is written in a file: in the quotes ``style`` where they are safe, else in the safest.

    ``style`` is ``'``, ``"`` or empty for a bare value. Raises :class:`Refused` where readers would disagree on it.
    """
    if "\0" in value or "\r" in value:
        raise Refused("A dotenv file cannot hold this control character.", "not-portable")
    if style == "" and _BARE.fullmatch(value):
        return value
    double = _NOT_DOUBLE.search(value) is None
    single = "'" not in value and not value.endswith("\\") and "${" not in value and "\\\\" not in value
    if style == '"' and double:
        return f'"{value}"'
    if single:
        return f"'{value}'"
    if double:
        return f'"{value}"'
    raise Refused("No quoting of this value reads the same in all dotenv readers.", "not-portable")


def _check_name(name: str) -> None:
    if not is_name(name):
        raise Refused("This is not the name of a variable: use letters, digits and underscores.", "bad-name")


def _chosen(document: Document, name: str, line: int) -> Binding:
    for binding in document.bindings:
        if binding.name == name and binding.line == line:
            return binding
    raise Refused(f"Line {line} does not set {name}.", "no-such-line")


def _affected(document: Document, name: str, line: int | None) -> list[Binding]:
    if line is not None:
        return [_chosen(document, name, line)]
    return [binding for binding in document.bindings if binding.name == name]


def _places(document: Document, bindings: list[Binding]) -> list[int]:
    """Return where the bindings stand among all statements, skipped ones and comments included."""
    named = [i for i, (key, _, error) in enumerate(document.statements) if key is not None and not error]
    return [named[document.bindings.index(binding)] for binding in bindings]


def _check(after: str, expected: Statements, name: str) -> None:
    """Raise :class:`Refused` unless python-dotenv reads exactly the statements that the edit means to leave."""
    if list(scan_text(after).statements) != expected:
        raise Refused(f"{name} cannot be changed here without changing other settings too.", "not-safe")
