"""``docker run --env-file``: a line is a name, ``=`` and a value taken to the letter, quotes and spaces included."""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.survey.dotenv_readers.reading import Reading

_SPACE = " \t\v\f\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LONGEST = 64 * 1024
"""Bytes of a line, its end included, from which on docker refuses the file."""


def read(data: bytes, environ: Mapping[str, str]) -> Reading:
    """What docker passes to the container; a name without ``=`` is taken from ``environ``."""
    found: dict[str, str | None] = {}
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if len(raw) >= _LONGEST:
            return Reading(rejected=f"refuses the file: line {number} is too long", skipped=(number,))
        try:
            line = raw.removesuffix(b"\r").decode("utf-8").lstrip(_SPACE)
        except UnicodeDecodeError:
            return Reading(rejected=f"refuses the file: line {number} is not UTF-8", skipped=(number,))
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not name:
            return Reading(rejected=f"refuses the file: line {number} has no name", skipped=(number,))
        if " " in name or "\t" in name:
            return Reading(rejected=f"refuses the file: line {number} has a space in its name", skipped=(number,))
        if equals:
            found[name] = value
        elif name in environ:
            found[name] = environ[name]
    return Reading(found)
