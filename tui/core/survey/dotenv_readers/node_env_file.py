"""``node --env-file`` of Node.js 26 (26.10.0).

White space is space, tab and line end, and it is skipped behind ``=`` even across lines: ``KEY=   `` takes the next
line as its value. A name may hold anything but ``=`` and line ends, a BOM included. All CR are removed first. Node.js
20 (20.20.2, no longer maintained) trims spaces alone, keeps ``KEY=   `` empty, and takes a line without ``=`` for a
part of the next name; that reading is not re-stated here.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.survey.dotenv_readers.reading import Reading

_SPACE = " \t\n"


def read(data: bytes, _environ: Mapping[str, str]) -> Reading:
    """What Node.js sets. The environment plays no part: nothing is filled in."""
    rest = _text(data).strip(_SPACE)
    found: dict[str, str | None] = {}
    while rest:
        line, _, below = rest.partition("\n")
        if not line or line.startswith("#"):
            rest = below
            continue
        if "=" not in line:
            rest = below.strip(_SPACE)
            continue
        name, _, rest = rest.partition("=")
        name = name.strip(_SPACE)
        if not rest or rest.startswith("\n"):
            found[name] = ""  # with "export " still before it
            continue
        rest = rest.strip(_SPACE)
        name = name.removeprefix("export ").strip(_SPACE)
        if name:
            found[name], rest = _value(rest)
    return Reading(found)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r", "")


def _value(rest: str) -> tuple[str, str]:
    """The value at the beginning of ``rest``, and what follows its line."""
    quote = rest[:1]
    end = rest.find(quote, 1) if quote in tuple("'\"`") else -1
    if end > 0:
        value = rest[1:end]
        return value.replace("\\n", "\n") if quote == '"' else value, rest[end + 1 :].partition("\n")[2]
    line, _, below = rest.partition("\n")
    value = line if quote in tuple("'\"`") else line.partition("#")[0].strip(_SPACE)
    return value, below.strip(_SPACE)
