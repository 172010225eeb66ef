"""Secrets: values that no output may show.

A :class:`Secret` is masked wherever Python turns it into text (``str``, ``repr``, f-strings, crash reports). The plain
value leaves it through :meth:`Secret.reveal` only, and the places that call it can be counted: the wire, the editor of
a file, and the reveal that a person asked for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets as _random
from collections.abc import Iterable
from urllib.parse import quote, unquote

_PREFIX = re.compile(
    r"(sk-ant-[a-z]{2,6}\d{2}-|sk-ant-|sk-or-v1-|sk-proj-|sk-kimi-|sk-sp-|sk-|vck_|fw_|AIza|eyJ|Bearer )"
)
_USERINFO = re.compile(r"^(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?P<user>[^:@/]*)(?P<rest>:.*)?@(?P<host>[^@]*)$", re.S)
_HOST = re.compile(r"[^/?#\s]*")
_PLAIN_URL = re.compile(r"(?:https?|socks(?:4a?|5h?)?)://[A-Za-z0-9._:\[\]-]+/?")
_SHORTEST, _PART = 5, 8
"""Characters of the shortest secret, and of the shortest beginning of one, that is looked for in texts."""
_ANY_KEY = re.compile(r"sk-ant-[A-Za-z0-9_-]{8,}")
_machine_key = _random.token_bytes(16)


def use_machine_key(key: bytes) -> None:
    """Set the key of this machine, so that fingerprints of two runs can be compared and looked up nowhere else."""
    global _machine_key
    _machine_key = key


class Secret:
    """A value that is masked in every text form. Equal and hashable by value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the plain value: only to send it where the configuration sends it, or to write it back."""
        return self._value

    def fingerprint(self) -> str:
        """Return 8 hex digits of a keyed hash: two values can be compared, none can be looked up."""
        return hashlib.blake2b(
            self._value.encode("utf-8", "surrogatepass"), key=_machine_key, digest_size=4
        ).hexdigest()

    def __str__(self) -> str:
        return mask(self)

    def __repr__(self) -> str:
        return f"Secret({mask(self)!r})"

    def __format__(self, spec: str) -> str:
        return format(mask(self), spec)

    def __len__(self) -> int:
        return len(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __reduce__(self) -> str:
        raise TypeError("a Secret is never pickled")


def has_user(text: str) -> bool:
    """True for a URL that carries a user, and perhaps a password."""
    return _USERINFO.match(text.strip().strip("\"'")) is not None


def plain(value: str | Secret) -> str:
    """Return the plain text of a value that may be secret."""
    return value.reveal() if isinstance(value, Secret) else value


def mask(value: str | Secret) -> str:
    """Show what may be shown: a recognisable prefix, the last four characters, the length and a fingerprint.

    A URL keeps its shape and loses its password. Values too short to hide in are masked whole.
    """
    if not isinstance(value, Secret):
        return visible(value)
    text = value.reveal()
    if not text:
        return "(empty)"
    url = _USERINFO.match(text)
    if url:
        host = visible(_HOST.match(url["host"])[0])  # type: ignore[index]  # it matches the empty text too
        return f"{url['scheme']}{url['user'] and '…'}{':…' if url['rest'] else ''}@{host}"
    if _PLAIN_URL.fullmatch(text):
        return text
    prefix = _PREFIX.match(text)
    shown = prefix[0] if prefix else ""
    hidden = len(text) - len(shown)
    tail = text[-4:] if hidden >= 8 and text[-4:].isascii() and text[-4:].isprintable() else ""
    return f"{shown}…{tail} ({len(text)} characters, #{value.fingerprint()})"


def visible(text: str, keep: str = "") -> str:
    """Write control and other invisible characters out (``\\x1b``), so that they are seen and nothing obeys them."""
    return "".join(c if c.isprintable() or c in keep else c.encode("unicode_escape").decode() for c in text)


class Redactor:
    """Cleans text that came from the machine or the network before anybody sees it.

    It knows the secrets of this run, replaces each by its mask, replaces whatever else looks like an Anthropic key,
    and removes control characters so that no terminal obeys a stranger.
    """

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._known: dict[str, str] = {}
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: Secret) -> None:
        """Also replace this secret from now on, in each form in which a server may echo it."""
        text = secret.reveal()
        forms = {text, text.strip(), text.strip("\"' \r\n\t"), text.strip().removeprefix("Bearer ")}
        url = _USERINFO.match(text)
        if url and url["rest"]:
            user, password = unquote(url["user"]), unquote(url["rest"][1:])
            forms |= {url["rest"][1:], password, base64.b64encode(f"{user}:{password}".encode()).decode().rstrip("=")}
        for form in forms | {quote(form, safe="") for form in forms} | {json.dumps(form)[1:-1] for form in forms}:
            if len(form) >= _SHORTEST:
                self._known[form] = "[secret]"

    def _hide(self, text: str) -> str:
        longest_first = sorted(self._known, key=len, reverse=True)
        for known in longest_first:
            text = text.replace(known, self._known[known])
        text = _ANY_KEY.sub("[secret]", text)
        for known in longest_first:  # an answer may end in the middle of one
            for length in range(min(len(known), len(text)), _PART - 1, -1):
                if text.endswith(known[:length]):
                    text = text[:-length] + "[secret]"
                    break
        return text

    def clean_bytes(self, data: bytes) -> bytes:
        """Return bytes without secrets; they stay bytes, since what they are is the clue."""
        return self._hide(data.decode("latin-1")).encode("latin-1")

    def clean(self, text: str, limit: int = 4000) -> str:
        """Return ``text`` without secrets and control characters, cut to ``limit`` characters."""
        text = self._hide(text)
        text = "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text.replace("\r\n", "\n"))
        return text if len(text) <= limit else text[: limit - 1] + "…"
