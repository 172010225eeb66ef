"""python-dotenv, called itself: its parser for the statements, its atoms for ``${NAME}``."""

from __future__ import annotations

import io
from collections import ChainMap
from collections.abc import Mapping

from tui.core.survey.dotenv_readers.reading import Reading, Statement


def statements(text: str) -> list[Statement]:
    """The statements of a file in order, comments and blank lines left out. One leading BOM is dropped."""
    from dotenv.parser import parse_stream

    unix = text.replace("\r\n", "\n").replace("\r", "\n")  # it opens files in text mode
    found, line = [], 1
    for binding in parse_stream(io.StringIO(unix)):
        source = binding.original.string
        body = source.lstrip()
        first = line + source[: len(source) - len(body)].count("\n")
        line += source.count("\n")
        if binding.error or binding.key is not None:
            last = first + body.rstrip("\n").count("\n")
            name = None if binding.error else binding.key
            head = source[: len(source) - len(body)].rpartition("\n")[2]
            column = len(head) + max(0, body.partition("\n")[0].find(name or "")) + 1
            found.append(Statement(name, binding.value, first, last, column))
    return found


def values(found: list[Statement], environ: Mapping[str, str], environment_wins: bool) -> dict[str, str | None]:
    """The value of every name, ``${NAME}`` filled in; None for a name without ``=``. The last of a name counts.

    ``load_dotenv`` takes ``${NAME}`` from the environment first, ``dotenv_values`` from the file first.
    """
    from dotenv.variables import parse_variables

    known: dict[str, str | None] = {}
    outer: dict[str, str | None] = dict(environ)
    scope = ChainMap(outer, known) if environment_wins else ChainMap(known, outer)
    for one in found:
        if one.name is None:
            continue
        text = one.value
        known[one.name] = None if text is None else "".join(atom.resolve(scope) for atom in parse_variables(text))
    return known


def read(data: bytes, environ: Mapping[str, str], environment_wins: bool = False) -> Reading:
    """What ``dotenv_values`` returns; with ``environment_wins`` what ``load_dotenv`` would set in an empty place."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Reading(rejected=f"stops with UnicodeDecodeError at line {line}", skipped=(line,))
    found = statements(text)
    pairs = values(found, environ, environment_wins)
    skipped = tuple(one.line for one in found if one.name is None)
    return Reading({name: value for name, value in pairs.items() if value is not None}, skipped=skipped)
