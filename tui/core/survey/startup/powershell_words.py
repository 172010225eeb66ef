"""What the value of a PowerShell assignment comes to, where it is one string."""

from __future__ import annotations

import re

from tui.core.survey.startup.scope import Scope

_SINGLE = re.compile(r"['‘’‚‛]((?:[^'‘’‚‛]|['‘’‚‛]{2})*)['‘’‚‛]$", re.S)
_DOUBLE = re.compile(r"[\"“”„]((?:[^\"“”„`]|`.|[\"“”„]{2})*)[\"“”„]$", re.S)
_VARIABLE = re.compile(r"\$(?:\{env:(\w+)\}|env:(\w+)|(HOME)\b)", re.I)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def expand(text: str, scope: Scope, assigned: bool = False) -> str | None:
    """Return the string that an expression is, with ``$env:NAME`` in it; None for anything that is computed.

    ``assigned`` says that it is a value: a bare word is the name of a command there.
    """
    text = text.strip()
    if single := _SINGLE.match(text):
        return re.sub(r"(['‘’‚‛])['‘’‚‛]", r"\1", single[1])
    if double := _DOUBLE.match(text):
        return _double(double[1], scope)
    if found := _VARIABLE.fullmatch(text):
        return scope.get(found[1] or found[2] or found[3])
    bare = r"-?\d+" if assigned else r"-?\d+|[~\w./\\:-]+"  # a number is turned into text
    return text if re.fullmatch(bare, text) else None


def _double(text: str, scope: Scope) -> str | None:
    made: list[str] = []
    at = 0
    while at < len(text):
        if found := _VARIABLE.match(text, at):
            value = scope.get(found[1] or found[2] or found[3])
            if value is None:
                return None
            made.append(value)
            at = found.end()
        elif text[at] == "$" and at + 1 < len(text) and (text[at + 1].isalnum() or text[at + 1] in "({_"):
            return None
        elif text[at] == "`" and at + 1 < len(text):
            made.append(_SIGNS.get(text[at + 1], text[at + 1]))
            at += 2
        elif text[at] in '"“”„':
            made.append(text[at])
            at += 2
        else:
            made.append(text[at])
            at += 1
    return "".join(made)
