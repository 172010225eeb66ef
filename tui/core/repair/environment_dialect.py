"""systemd's ``environment.d``: lines of ``NAME=value`` without ``export``, in which a ``$`` is always expanded."""

from __future__ import annotations

import re

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.model import Refused
from tui.core.repair.posix_dialect import BARE
from tui.core.repair.shell_nodes import Command, Document, Word

_LINE = re.compile(
    r"(?P<blank>[ \t]*)(?:[#;][^\r\n]*|(?P<body>(?:\\\r?\n|\\.|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^\\'\"\r\n])*))",
    re.S,
)
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=[ \t]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


def scan(text: str) -> Document:
    """Read a file of environment.d; never raises."""
    document = Document(text)
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        line = _LINE.match(text, at)
        at = line.end() if line else at
        body = line["body"].rstrip() if line and line["body"] else ""
        if line and body:
            start = line.start("body")
            document.commands.append(Command([Word(body, start, start + len(body))], (), 0))
        end = _LINE_END.match(text, at)
        if end is None and at < len(text):
            document.balanced = False
            break
        at = end.end() if end else at
    return document


def events(document: Document) -> list[Event]:
    """Return the assignments, in the order of the file."""
    found: list[Event] = []
    for command in document.commands:
        word = command.words[0]
        if match := _ASSIGNMENT.match(word.text):
            start = word.start
            found.append(Event(command, (word,), match[1], "=", True, start, start + match.end(), word.end))
    return found


def quote(value: str, style: str) -> str:
    """Return a value as it is written here; every ``$`` is doubled, or systemd would expand it."""
    if any(sign in value for sign in "\0\r\n"):
        raise Refused("A file of environment.d cannot hold this control character.", "not-portable")
    written = value.replace("$", "$$")
    if style == "'" and not re.search(r"['\\]", value):
        return f"'{written}'"
    if style not in ("'", '"') and BARE.fullmatch(value):
        return value
    return '"' + re.sub(r'(["\\`])', r"\\\1", written) + '"'


def _leaves(_command: Command) -> bool:
    return False


def _line(name: str, word: str) -> str:
    return f"{name}={word}"


ENVIRONMENT_D = Dialect(scan, events, quote, _line, _leaves)
