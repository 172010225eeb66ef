"""docker compose (compose-go): like python-dotenv in its escapes, like a shell in its ``$NAME``, and strict.

One name with a character that it does not take, one open quote or one broken ``${`` and the whole file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.core.survey.dotenv_readers import compose_template
from tui.core.survey.dotenv_readers.compose_template import Refusal
from tui.core.survey.dotenv_readers.reading import Reading

_INLINE = "\t\v\f\r \x85\u00a0"
"""White space within a line."""
_SPACE = _INLINE + "\n\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ESCAPE = re.compile(r'\\(?:(?P<letter>[abfnrtv$"\\])|0(?P<octal>\d{0,3}))')
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "$": "$$"}


def read(data: bytes, environ: Mapping[str, str]) -> Reading:
    """What compose reads; ``${NAME}`` and a name without ``=`` are filled in from ``environ`` first."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    found: dict[str, str] = {}
    rest = text
    try:
        while rest := _statement_start(rest):
            line = text.count("\n", 0, len(text) - len(rest)) + 1
            name, sign, rest = _name(rest)
            if sign in "=:" and sign:
                found[name], rest = _value(rest.lstrip(_INLINE), found, environ)
            elif name in environ:
                found[name] = environ[name]
    except Refusal as refusal:
        return Reading(rejected=f"refuses the file: line {line} {refusal}", skipped=(line,))
    return Reading(dict(found))


def _statement_start(text: str) -> str:
    text = text.lstrip(_SPACE)
    while text.startswith("#"):
        text = text.partition("\n")[2].lstrip(_SPACE)
    return text


def _name(text: str) -> tuple[str, str, str]:
    """A name, the sign that ends it (none at the end of a line), and the rest."""
    text = re.sub(rf"^export[{_INLINE}\n]+", "", text)
    name = re.split(r"[=:\n]", text, maxsplit=1)[0]
    sign = text[len(name) : len(name) + 1]
    rest = text[len(name) + len(sign) :]
    if not all(c in _INLINE or c in "_.-[]" or c.isalpha() or c.isnumeric() for c in name):
        raise Refusal("has a character that cannot be part of a name")
    name = name.rstrip(_SPACE)
    if " " in name:
        raise Refusal("has a space in its name")
    return name, sign.strip("\n"), rest


def _value(text: str, found: Mapping[str, str], environ: Mapping[str, str]) -> tuple[str, str]:
    if text[:1] not in ("'", '"'):
        line = text.partition("\n")[0]
        value = line.partition(" #")[0].strip(_SPACE)
        return compose_template.fill_in(value, {**found, **environ}), text[len(line) :]
    raw, rest = _quoted(text)
    if text[0] == "'":
        return raw, rest
    return compose_template.fill_in(_ESCAPE.sub(_unescaped, raw), {**found, **environ}), rest


def _quoted(text: str) -> tuple[str, str]:
    """What stands between quotes, escaped quotes plain and other escapes as they are, and the rest."""
    quote, taken, at = text[0], [], 1
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            pair = text[at : at + 2]
            taken.append(quote if pair[1] == quote else pair)
            at += 2
            continue
        if text[at] == quote:
            return "".join(taken), text[at + 1 :]
        taken.append(text[at])
        at += 1
    raise Refusal("opens a quote that is never closed")


def _unescaped(match: re.Match[str]) -> str:
    if match["octal"] is None:
        return _LETTERS.get(match["letter"], match["letter"])
    digits = match["octal"]
    valid = len(digits) == 3 and all(digit < "8" for digit in digits) and int(digits, 8) < 256
    return chr(int(digits, 8)) if valid else match[0]
