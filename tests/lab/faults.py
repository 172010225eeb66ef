"""Trouble below HTTP: ports that refuse, hang, reset, or speak the wrong language."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from tests.lab.server import LOOPBACK, Reader, Server, Writer, finish, forever, linger_zero, reset
from tests.lab.wire import head, nginx_page


class Held:
    """A port that is held without a server behind it. Works in ``with`` and ``async with``."""

    backlog: int | None = None

    def __init__(self) -> None:
        self.port = 0
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        holder = socket.socket()
        holder.bind((LOOPBACK, 0))
        self.port = holder.getsockname()[1]
        self._sockets.append(holder)
        if self.backlog is not None:
            holder.listen(self.backlog)
            for _ in range(self.backlog + 4):
                visitor = socket.socket()
                visitor.setblocking(False)
                visitor.connect_ex((LOOPBACK, self.port))
                self._sockets.append(visitor)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for held in self._sockets:
            held.close()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"{LOOPBACK}:{self.port}"


class RefusedPort(Held):
    """Bound and not listening: a connect is refused, and nobody else can take the port meanwhile."""


class FullBacklog(Held):
    """Listening with a full accept queue: the kernel drops every further SYN, so a connect hangs."""

    backlog = 0


def refused_port() -> RefusedPort:
    """A port where connects are refused: ``with refused_port() as refused: refused.port``."""
    return RefusedPort()


def backlog_full() -> FullBacklog:
    """A port where connects hang."""
    return FullBacklog()


SSH_BANNER = b"SSH-2.0-OpenSSH_9.6\r\n"
_Handler = Callable[["Fault", Reader, Writer], Awaitable[None]]


async def _silent(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))
    await forever()


async def _reset_on_data(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))
    reset(writer)


async def _close_on_data(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))


async def _close_on_accept(fault: Fault, reader: Reader, writer: Writer) -> None:
    finish(writer)
    fault.asked.append(await reader.read(65536))  # closing over unread data would be a RST


async def _tls_alert(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))
    writer.write(b"\x15\x03\x03\x00\x02\x02" + bytes([fault.argument]))


async def _half_hello(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))
    writer.write(b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + bytes(20))
    await writer.drain()


async def _plain_http(fault: Fault, reader: Reader, writer: Writer) -> None:
    fault.asked.append(await reader.read(65536))
    body = nginx_page(400, "Bad Request")
    fields = (("Server", "nginx/1.25.5"), ("Content-Type", "text/html"), ("Content-Length", str(len(body))))
    writer.write(head(400, "Bad Request", (*fields, ("Connection", "close"))) + body)


async def _banner(fault: Fault, reader: Reader, writer: Writer) -> None:
    writer.write(SSH_BANNER)
    await writer.drain()
    while data := await reader.read(65536):
        fault.asked.append(data)


FAULTS: dict[str, _Handler] = {
    "silent": _silent,  # accepts, reads, never answers
    "rst-on-accept": _silent,  # RST at once; see greet()
    "fin-on-accept": _close_on_accept,
    "rst-on-data": _reset_on_data,
    "fin-on-data": _close_on_data,
    "tls-alert": _tls_alert,  # answers the ClientHello with fatal alert number ``argument``
    "half-hello": _half_hello,  # begins a ServerHello, then FIN
    "plain-http": _plain_http,  # answers anything with an HTTP 400 in clear text
    "ssh-banner": _banner,
}


class Fault(Server):
    """One fault of FAULTS on a port; ``asked`` holds what each connection sent (bytes).

    ``argument`` is the number of the TLS alert: 40 handshake_failure, 49 access_denied, 70 protocol_version,
    80 internal_error, 112 unrecognized_name.
    """

    def __init__(self, mode: str, argument: int = 40, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls)
        if mode not in FAULTS:
            raise ValueError(f"no fault {mode!r}; there are {', '.join(FAULTS)}")
        self.mode, self.argument = mode, argument
        self.asked: list[bytes] = []

    def greet(self, connection: socket.socket) -> bool:
        if self.mode != "rst-on-accept":
            return True
        linger_zero(connection)
        return False

    async def talk(self, reader: Reader, writer: Writer) -> None:
        await FAULTS[self.mode](self, reader, writer)


async def connect(port: int) -> tuple[Reader, Writer]:
    """A plain connection to a port of the lab, for its own tests."""
    return await asyncio.open_connection(LOOPBACK, port)
