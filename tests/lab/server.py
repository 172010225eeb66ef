"""A server on loopback that lives in the test's own event loop and leaves nothing behind."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from contextlib import suppress
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
LINE_LIMIT = 1 << 20
"""Longest header line that a server reads, in bytes."""

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter

_GONE = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, TimeoutError)
"""What a peer may do to us at any moment; a test that needs to know looks at its own end."""


def linger_zero(sock: socket.socket) -> None:
    """Make the next close of ``sock`` send RST instead of FIN."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset(writer: Writer) -> None:
    """End the connection with a real RST."""
    linger_zero(writer.get_extra_info("socket"))
    writer.transport.abort()


def finish(writer: Writer) -> None:
    """Send FIN and keep reading, where the connection can do that; TLS can only close."""
    if writer.can_write_eof():
        writer.write_eof()
    elif not writer.is_closing():
        writer.close()


async def forever() -> None:
    """Wait until the server is stopped."""
    await asyncio.Event().wait()


class Server:
    """Accepts connections and hands each to :meth:`talk`. Use it as an async context manager.

    ``port`` is known inside the block, ``accepted`` counts connections. With ``tls`` the handshake comes first. An
    exception in :meth:`talk` that the peer did not cause is raised when the block ends.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.port = 0
        self.accepted = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[Writer] = set()
        self._crashes: list[Exception] = []
        self._socket: socket.socket | None = None
        self._acceptor: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """``host:port``, as proxies and ``--connect-to`` want it."""
        return f"{LOOPBACK}:{self.port}"

    async def talk(self, reader: Reader, writer: Writer) -> None:
        """Serve one connection. Returning closes it in good order."""
        raise NotImplementedError

    def greet(self, connection: socket.socket) -> bool:
        """Look at a fresh connection before anything is read; False means that it was dealt with."""
        return True

    async def __aenter__(self) -> Self:
        self._socket = socket.create_server((LOOPBACK, 0), backlog=128)
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]
        self._acceptor = asyncio.create_task(self._accept(self._socket))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._socket is not None
        assert self._acceptor is not None
        tasks = [self._acceptor, *self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._socket.close()
        for writer in self._writers:
            writer.transport.abort()
        for _ in range(3):  # transports say goodbye one turn of the loop later, TLS ones two
            await asyncio.sleep(0)
        if self._crashes and error is None:
            raise self._crashes[0]

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(listener)
            self.accepted += 1
            if not self.greet(connection):
                connection.close()
                continue
            task = loop.create_task(self._serve(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        reader = Reader(limit=LINE_LIMIT, loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        try:
            transport, _ = await loop.connect_accepted_socket(lambda: protocol, connection, ssl=self.tls)
        except (*_GONE, OSError):
            return
        writer = Writer(transport, protocol, reader, loop)
        self._writers.add(writer)
        try:
            await self.talk(reader, writer)
        except _GONE:
            pass
        except Exception as error:
            self._crashes.append(error)
        finally:
            if not writer.is_closing():  # a second close of TLS breaks abort() in Python 3.11.2, which Debian has
                with suppress(*_GONE):
                    writer.close()
