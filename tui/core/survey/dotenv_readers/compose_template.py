"""``$NAME`` and ``${NAME…}`` as docker compose fills them in."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*")
_OPERATOR = re.compile(r":?[-?+]")


class Refusal(Exception):
    """Compose refuses the file; the text is the end of a sentence."""


def fill_in(text: str, known: Mapping[str, str]) -> str:
    """Replace the references in a text; an unknown name is empty. Raises :class:`Refusal` for a broken one."""
    done, at = [], 0
    while (sign := text.find("$", at)) >= 0:
        done.append(text[at:sign])
        at = sign + 1
        if text.startswith("$", at):
            done.append("$")
            at += 1
        elif text.startswith("{", at):
            end = _closing(text, at)
            done.append(_braced(text[at + 1 : end], known))
            at = end + 1
        elif name := _NAMED.match(text, at):
            done.append(known.get(name[0], ""))
            at = name.end()
        else:
            done.append("$")
    return "".join(done) + text[at:]


def _closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        if text.startswith("${", at - 1) or at == opening:
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
    raise Refusal("opens ${ without an end")


def _braced(inside: str, known: Mapping[str, str]) -> str:
    name = _NAMED.match(inside)
    if name is None:
        raise Refusal("has ${} without a name")
    rest = inside[name.end() :]
    value = known.get(name[0])
    if not rest:
        return value or ""
    operator = _OPERATOR.match(rest)
    if operator is None:
        raise Refusal("has a ${…} that is not understood")
    other = rest[operator.end() :]
    present = bool(value) if operator[0].startswith(":") else value is not None
    if operator[0].endswith("+"):
        return fill_in(other, known) if present else ""
    if present:
        return value or ""
    if operator[0].endswith("?"):
        raise Refusal(f"asks for {name[0]}, which is not set")
    return fill_in(other, known)
