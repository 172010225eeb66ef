"""Which stretches of a URL are secret: host and port stay readable, as it is they that one has to check."""

from __future__ import annotations

import re

_HOST = r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d{1,5})?"
_SCHEME = r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:(?:\\?/){1,3})?"
_ADDRESS = re.compile(rf"\s*{_SCHEME}(?:(?P<user>.*)@)?{_HOST}\\?/?(?P<rest>[^@]*)", re.S)
"""The user goes up to the last ``@``: a password that was not encoded may hold any sign. JSON may put / as ``\\/``."""

Part = tuple[int, int]


def secret_parts(text: str) -> tuple[Part | None, Part | None] | None:
    """Return where the user and whatever follows the port stand in an address, each None where it is missing.

    None altogether stands for a text that is no address, in which anything may be secret.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or not (found["scheme"] or found["user"] or found["port"] or "." in found["host"]):
        return None
    user = found.span("user") if found["user"] else None
    rest = found.span("rest") if found["rest"].strip() else None
    return user, rest
