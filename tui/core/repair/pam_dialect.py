"""``/etc/environment`` as pam_env reads it: ``NAME=value`` on one line, where a ``#`` starts a comment even in quotes.

Debian also hands the file to systemd, which would expand a ``$`` and take a backslash away; such values are refused.
"""

from __future__ import annotations

import re

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.model import Refused
from tui.core.repair.posix_dialect import BARE
from tui.core.repair.shell_nodes import Command, Document, Word

_LINE = re.compile(r"^\ufeff?[ \t]*([^#\s][^#\r\n]*)", re.M)
_ASSIGNMENT = re.compile(r"((?:export[ \t]+)?)([A-Za-z_][A-Za-z0-9_]*)=")


def scan(text: str) -> Document:
    """Read the file; never raises."""
    document = Document(text)
    for line in _LINE.finditer(text):
        start, body = line.start(1), line[1].rstrip()
        document.commands.append(Command([Word(body, start, start + len(body))], (), 0))
    return document


def events(document: Document) -> list[Event]:
    """Return the assignments, in the order of the file."""
    found: list[Event] = []
    for command in document.commands:
        word = command.words[0]
        if match := _ASSIGNMENT.match(word.text):
            name, value = word.start + len(match[1]), word.start + match.end()
            found.append(Event(command, (word,), match[2], "=", True, name, value, word.end))
    return found


def quote(value: str, style: str) -> str:
    """Return a value as it is written here; refused where pam_env or systemd would read another one."""
    if re.search(r"[#$'\"\\`\x00-\x1f]", value):
        raise Refused("/etc/environment cannot hold a value with quotes, #, $ or backslashes.", "not-portable")
    if style in ("'", '"'):
        return f"{style}{value}{style}"
    return value if BARE.fullmatch(value) else f'"{value}"'


PAM = Dialect(scan, events, quote, lambda name, word: f"{name}={word}", lambda _command: False)
