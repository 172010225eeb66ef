"""The servers that a client can meet: they take every credential, answer at once, and keep what was asked."""

from __future__ import annotations

import asyncio
import json
import ssl
from contextlib import suppress
from typing import Self

from tests.lab.server import LOOPBACK, Reader, Writer
from tests.lab.streams import anthropic_stream, message
from tests.lab.wire import JSON, NotHttp, Request, head, read_request
from tests.oracle.clients import PROMPT


class Recorder:
    """An API that accepts everything. Use it as an async context manager; ``port`` is known inside.

    ``enough`` is set once the user's own message came.
    """

    def __init__(
        self, enough: asyncio.Event, host: str = LOOPBACK, port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.enough, self.host, self.port, self.tls = enough, host, port, tls
        self.requests: list[Request] = []
        self._server: asyncio.Server | None = None
        self._writers: set[Writer] = set()

    @property
    def scheme(self) -> str:
        """``http`` or ``https``."""
        return "https" if self.tls else "http"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, self.host, self.port, ssl=self.tls, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _talk(self, reader: Reader, writer: Writer) -> None:
        self._writers.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError, NotHttp):
            while (request := await read_request(reader)) is not None:
                self.requests.append(request)
                if is_message(request):
                    self.enough.set()
                writer.write(_answer(request))
                await writer.drain()
        writer.close()


def is_message(request: Request) -> bool:
    """True for the user's own message: Claude Code 2.0 sends others too, to warm up."""
    if not _is_for_messages(request):
        return False
    content = str(json.loads(request.body)["messages"][0]["content"])
    return f"'{PROMPT}'" in content or content == PROMPT


def _is_for_messages(request: Request) -> bool:
    """True for the Messages path below any prefix, however many slashes that has."""
    return request.method == "POST" and request.target.partition("?")[0].endswith("/v1/messages")


def _answer(request: Request) -> bytes:
    kind, body = JSON, b"{}"
    if _is_for_messages(request):
        asked = json.loads(request.body)
        if asked.get("stream"):
            kind, body = "text/event-stream", b"".join(anthropic_stream(asked["model"], 8).events)
        else:
            body = json.dumps(message(asked["model"])).encode()
    opening = head(200, "OK", (("content-type", kind), ("content-length", str(len(body)))))
    return opening if request.method == "HEAD" else opening + body
