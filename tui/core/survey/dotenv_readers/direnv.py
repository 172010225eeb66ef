"""``dotenv`` in a .envrc (direnv 2.37): every line must be a statement, or the whole file is refused.

A quoted value may hold its own quote, and may go on over lines until one ends with the quote; blank lines in it are
lost. In double quotes every backslash goes away. ``$NAME`` is filled in everywhere but in single quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.core.survey.dotenv_readers.reading import Reading

_S = r"[ \t\f\r\n]"
_STATEMENT = re.compile(
    rf"{_S}*(?:export{_S}+)?(?P<name>[A-Za-z0-9_.]+)(?:{_S}*={_S}*|:{_S}+?)"
    rf"(?P<value>'.*'|\".*\"|[^ \t\f\r\n#]+)?{_S}*(?:#[^\n]*)?",
    re.S,
)
_NOTHING = re.compile(rf"{_S}*(?:#.*)?", re.S)
_REFERENCE = re.compile(
    r"\$(?:\{(?P<braced>[^}]*)\}|(?P<open>\{)|(?P<sign>[0-9*#$@!?-])|(?P<name>[A-Za-z_][A-Za-z0-9_]*))"
)


def read(data: bytes, environ: Mapping[str, str]) -> Reading:
    """What direnv exports; ``${NAME}`` is filled in from the file first, then from ``environ``."""
    found: dict[str, str] = {}
    text = data.decode("utf-8", "replace")
    pending, quote, opened, number = "", "", 0, 1
    for line, end in _lines(text):
        if quote:
            pending += "\n" + line
            if line.strip().endswith(quote):
                if match := _STATEMENT.fullmatch(pending):
                    found[match["name"]] = _value(match["value"] or "", found, environ)
                quote = ""
        elif quote := _opens(line):
            pending, opened = line, number
        elif match := _STATEMENT.fullmatch(line):
            found[match["name"]] = _value(match["value"] or "", found, environ)
        elif not _NOTHING.fullmatch(line):
            return Reading(rejected=f"refuses the file: line {number} is not understood", skipped=(number,))
        number += len(re.findall(r"\r\n|\r|\n", end))
    if quote:
        return Reading(rejected=f"refuses the file: line {opened} opens a quote", skipped=(opened,))
    return Reading(dict(found))


def _lines(text: str) -> list[tuple[str, str]]:
    """The lines, each with the line ends behind it: several in a row count as one."""
    parts = re.split(r"([\r\n]+)", text)
    return list(zip(parts[::2], [*parts[1::2], ""], strict=True))


def _opens(line: str) -> str:
    """The quote that this line opens and does not close, or nothing."""
    match = re.match(r"[^=:]+[=:][ \t]*(['\"])", line)
    return match[1] if match and line[match.end() :].count(match[1]) == 0 else ""


def _value(raw: str, found: Mapping[str, str], environ: Mapping[str, str]) -> str:
    if len(raw) > 1 and raw[0] == raw[-1] == "'":
        return raw[1:-1]
    if len(raw) > 1 and raw[0] == raw[-1] == '"':
        raw = raw[1:-1].replace("\\n", "\n").replace("\\r", "\r")
        raw = re.sub(r"\\([^$])", r"\1", raw, flags=re.S)

    def fill_in(match: re.Match[str]) -> str:
        if match["open"]:
            return ""
        name, default, other = (match["braced"] or match["sign"] or match["name"] or "").partition(":-")
        if name in found:
            return found[name]
        return environ.get(name, "") or (other if default else "")

    return _REFERENCE.sub(fill_in, raw)
