"""Just enough HTTP/1.1 to be precise about what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from tests.lab.server import Reader

Pairs = tuple[tuple[str, str], ...]

JSON = "application/json"
HTML = "text/html; charset=UTF-8"


class Headers(dict[str, str]):
    """Header fields by lower-case name, repeated ones joined by a comma; ``raw`` keeps spelling and order."""

    def __init__(self, raw: Iterable[tuple[str, str]] = ()) -> None:
        self.raw: Pairs = tuple(raw)
        joined: dict[str, str] = {}
        for name, value in self.raw:
            known = joined.get(name.lower())
            joined[name.lower()] = value if known is None else f"{known}, {value}"
        super().__init__(joined)


class Request(NamedTuple):
    """What a client asked: ``target`` is as sent (with query, absolute form kept), ``body`` is whole."""

    method: str
    target: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        """The path alone, also of an absolute-form target."""
        return urlsplit(self.target).path or "/" if self.target != "*" else "/"


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer. ``by`` replaces the headers that the double's identity would put on it."""

    status: int
    reason: str
    type: str
    body: bytes
    headers: Pairs = ()
    by: Pairs | None = None

    def plus(self, *headers: tuple[str, str]) -> Self:
        """The same answer with more headers."""
        return replace(self, headers=self.headers + headers)


class NotHttp(ConnectionError):
    """The peer speaks something else; ``first`` holds its first bytes."""

    def __init__(self, first: bytes) -> None:
        super().__init__("not HTTP")
        self.first = first


async def read_request(reader: Reader) -> Request | None:
    """Read one request; None when the peer has closed, NotHttp when the first line is none."""
    first = await reader.read(1)
    if not first:
        return None
    if not first.isalpha():  # a TLS ClientHello would never end with a line break
        raise NotHttp(first)
    line = first + await reader.readline()
    parts = line.decode("latin1").split()
    if len(parts) != 3:
        raise NotHttp(line)
    fields: list[tuple[str, str]] = []
    while (raw := await reader.readline()) not in (b"\r\n", b"\n", b""):
        name, _, value = raw.decode("latin1").partition(":")
        fields.append((name.strip(), value.strip()))
    headers = Headers(fields)
    return Request(parts[0], parts[1], headers, await _read_body(reader, headers))


async def _read_body(reader: Reader, headers: Headers) -> bytes:
    if "chunked" in headers.get("transfer-encoding", ""):
        body = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readline()
        return body
    return await reader.readexactly(int(headers.get("content-length", "0")))


def head(status: int, reason: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """A status line with its header fields, up to and including the empty line."""
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin1")


def chunk(data: bytes) -> bytes:
    """``data`` as one chunk of a chunked body; empty data is the end of the body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def page(title: str, body: str) -> bytes:
    """A small HTML page."""
    return f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>{body}</body></html>\n'.encode()


def nginx_page(status: int, reason: str) -> bytes:
    """The page that nginx makes for an error of its own."""
    title = f"{status} {reason}"
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        "<hr><center>nginx/1.25.5</center>\r\n</body>\r\n</html>\r\n"
    ).encode()
