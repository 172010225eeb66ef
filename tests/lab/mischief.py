"""Broken bodies, broken connections and hostile peers: what is done to an answer on its way out.

Each function gets the writer, the head and the body of the answer that would have been sent, and a delay in seconds.
It returns True when the connection may be used again.
"""

from __future__ import annotations

import asyncio
import functools
import zlib
from collections.abc import Awaitable, Callable

from tests.lab.identities import api_error
from tests.lab.server import Writer, forever, reset
from tests.lab.wire import JSON, Answer, chunk, head, page

BOMB = 128 << 20
"""Size of the unpacked gzip bomb, in bytes."""

Mischief = Callable[[Writer, Answer, tuple[tuple[str, str], ...], float], Awaitable[bool]]
Pairs = tuple[tuple[str, str], ...]

_ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07[bold red]markup[/] [@click=app.quit]x[/] {0} %s \x9b31m\u202e"


@functools.cache
def bomb() -> bytes:
    """``BOMB`` zero bytes, compressed about a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1 << 20)
    return b"".join([packer.compress(zeros) for _ in range(BOMB >> 20)] + [packer.flush()])


def _whole(answer: Answer, fields: Pairs) -> bytes:
    return head(answer.status, answer.reason, (*fields, ("content-length", str(len(answer.body))))) + answer.body


async def _reset(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    reset(writer)
    return False


async def _close(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    return False


async def _garbage(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    writer.write(b"\x16\x03\x01 SSH-2.0-OpenSSH_9.6\r\nnot http\r\n")
    return False


async def _hang(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    await forever()
    return False


async def _late(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    await asyncio.sleep(delay)
    writer.write(_whole(answer, fields))
    return True


async def _hang_body(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    half = len(answer.body) // 2
    writer.write(_whole(answer, fields)[: -half or None])
    await writer.drain()
    await forever()
    return False


async def _truncate(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    length = ("content-length", str(len(answer.body) + 400))
    writer.write(head(answer.status, answer.reason, (*fields, length)) + answer.body)
    return False


async def _truncate_chunked(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    writer.write(head(answer.status, answer.reason, (*fields, ("transfer-encoding", "chunked"))))
    writer.write(chunk(answer.body))  # and never the last chunk
    return False


async def _bad_gzip(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    writer.write(_whole(answer, (*fields, ("content-encoding", "gzip"))))
    return True


async def _bad_json(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    body = answer.body[: -max(len(answer.body) // 4, 1)]
    writer.write(head(answer.status, answer.reason, (*fields, ("content-length", str(len(body))))) + body)
    return True


async def _bomb(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    packed = await asyncio.to_thread(bomb)
    more = (("content-encoding", "gzip"), ("content-length", str(len(packed))))
    writer.write(head(200, "OK", (*fields, *more)) + packed)
    await writer.drain()
    return True


async def _endless(writer: Writer, piece: bytes) -> bool:
    while True:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)  # the client may live in the same loop


async def _endless_header(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    writer.write(head(200, "OK", fields)[:-2])
    return await _endless(writer, b"x-pad: " + b"x" * 4000 + b"\r\n")


async def _endless_body(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    writer.write(head(200, "OK", (*fields, ("transfer-encoding", "chunked"))))
    return await _endless(writer, chunk(b"x" * 16384))


async def _informational(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    return await _endless(writer, b"HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n")


async def _drip(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    for value in _whole(answer, fields):
        writer.write(bytes([value]))
        await writer.drain()
        await asyncio.sleep(delay)
    return True


async def _huge_headers(writer: Writer, answer: Answer, fields: Pairs, delay: float) -> bool:
    padding = tuple((f"x-pad-{number}", "x" * 4000) for number in range(20))
    writer.write(_whole(answer, fields + padding))
    await writer.drain()
    return True


CONNECTION: dict[str, Mischief] = {
    "rst-after-request": _reset,
    "fin-after-request": _close,
    "garbage": _garbage,
    "hang-headers": _hang,
    "slow-headers": _late,
    "endless-header": _endless_header,
    "endless-body": _endless_body,
    "gzip-bomb": _bomb,
    "one-byte-a-second": _drip,
    "huge-headers": _huge_headers,
    "informational-flood": _informational,
}
"""Done to every answer that the mode reaches, streams included."""

BODY: dict[str, Mischief] = {
    "truncate": _truncate,
    "truncate-chunked": _truncate_chunked,
    "bad-gzip": _bad_gzip,
    "bad-json": _bad_json,
    "hang-body": _hang_body,
}
"""Done to whole 200 answers that have a body; streams and refusals pass unharmed."""

DELAYS = {"slow-headers": 5.0, "one-byte-a-second": 1.0, "idle-cut": 0.3}
"""Seconds, where the test does not say otherwise."""


def escapes() -> Answer:
    """A refusal whose text tries to take over the terminal, the markup and the format string of whoever shows it."""
    return Answer(403, "Forbidden", JSON, api_error("permission_error", _ESCAPES))


def raw_escapes() -> Answer:
    """The same as a page, the control characters and a NUL unescaped."""
    return Answer(403, "Forbidden", "text/html", page(_ESCAPES, f"{_ESCAPES}\0"))


def redirect(mode: str, target: str, host: str) -> Answer:
    """``redirect-loop`` leads to itself, ``redirect-https`` to the same place over TLS."""
    if mode == "redirect-loop":
        return Answer(302, "Found", "text/html", b"", (("location", target),))
    return Answer(301, "Moved Permanently", "text/html", b"", (("location", f"https://{host}{target}"),))
