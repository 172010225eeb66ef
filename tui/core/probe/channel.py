"""Byte channels: a socket, and TLS over any channel.

TLS is driven through memory buffers rather than by the event loop, because three clues would be lost otherwise: the
bytes that a server sends instead of TLS, the number of an alert, and reset against orderly close.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from typing import Protocol

from tui.core.probe.failures import WireError, error_of
from tui.core.seen import Error, Failure, Hop

_ALERTS = {"CERTIFICATE_REQUIRED": 116, "BAD_CERTIFICATE": 42, "HANDSHAKE_FAILURE": 40, "PROTOCOL_VERSION": 70}
_RECORD_ALERT, _RECORD_HANDSHAKE = 0x15, 0x16
_CERTIFICATE_REQUEST = 13
_KEPT = 16384
"""Bytes of the server's first flight that are kept: enough for its certificates and what it asks for."""


class Channel(Protocol):
    """A two-way stream of bytes. ``recv`` returns ``b""`` at an orderly end and raises OSError otherwise."""

    async def recv(self, limit: int) -> bytes: ...

    async def send(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class SocketChannel:
    """A connected, non-blocking socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    async def recv(self, limit: int) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self._sock, limit)

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._sock, data)

    def close(self) -> None:
        self._sock.close()


async def connect(family: int, address: tuple[object, ...], mss: int = 0) -> SocketChannel:
    """Open a TCP connection; ``mss`` (bytes) is set before connecting, where the system can. Raises OSError."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if mss and hasattr(socket, "TCP_MAXSEG"):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, mss)
        await asyncio.get_running_loop().sock_connect(sock, address)
    except BaseException:
        sock.close()
        raise
    return SocketChannel(sock)


class TlsChannel:
    """TLS as a client over another channel."""

    def __init__(self, under: Channel, context: ssl.SSLContext, name: str, hop: Hop = Hop.TLS) -> None:
        self._under = under
        self._hop = hop
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_hostname=name)
        self.first_bytes = b""
        self.alert: int | None = None
        self.verify_code = 0
        self.verify_message = ""

    @property
    def tls(self) -> ssl.SSLObject:
        """The TLS state: version, cipher, certificate."""
        return self._tls

    async def handshake(self) -> None:
        """Shake hands. Raises WireError with what was observed."""
        while True:
            try:
                self._tls.do_handshake()
                await self._flush()
                return
            except ssl.SSLWantReadError:
                await self._fill()
            except ssl.SSLCertVerificationError as error:
                self.verify_code, self.verify_message = error.verify_code, error.verify_message
                await self._say_goodbye()
                raise WireError(Failure(self._hop, Error.VERIFY, error.verify_message)) from error
            except ssl.SSLError as error:
                await self._say_goodbye()
                raise WireError(self._describe(error)) from error

    async def _flush(self) -> None:
        data = self._out.read()
        if data:
            await self._under.send(data)

    async def _say_goodbye(self) -> None:
        try:
            await self._flush()
        except OSError:
            pass  # the peer has already gone; the reason is known

    async def _fill(self) -> None:
        try:
            await self._flush()
            data = await self._under.recv(65536)
        except OSError as error:
            raise WireError(Failure(self._hop, error_of(error), str(error))) from error
        if not data:
            raise WireError(Failure(self._hop, Error.CLOSED, "closed during the handshake"))
        if len(self.first_bytes) < _KEPT:
            self.first_bytes += data[:_KEPT]
        if self.first_bytes[0] == _RECORD_ALERT and len(self.first_bytes) >= 7:
            self.alert = self.first_bytes[6]
        self._in.write(data)

    def _describe(self, error: ssl.SSLError) -> Failure:
        if self.alert is not None:
            return Failure(self._hop, Error.ALERT, f"alert {self.alert}")
        if self.first_bytes and self.first_bytes[0] not in (_RECORD_ALERT, _RECORD_HANDSHAKE):
            return Failure(self._hop, Error.NOT_TLS, "the answer is not TLS")
        return Failure(self._hop, Error.TLS, (error.reason or str(error)).strip())

    async def recv(self, limit: int) -> bytes:
        while True:
            try:
                return self._tls.read(limit)
            except ssl.SSLWantReadError:
                await self._flush()
                data = await self._under.recv(65536)
                if not data:
                    return b""
                self._in.write(data)
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""
            except ssl.SSLError as error:
                reason = re.sub(r".*ALERT_", "", error.reason or "")
                self.alert = _ALERTS.get(reason)
                raise WireError(
                    Failure(Hop.HEADERS, Error.ALERT if self.alert else Error.TLS, error.reason or "")
                ) from error

    async def send(self, data: bytes) -> None:
        self._tls.write(data)
        await self._flush()

    def close(self) -> None:
        self._under.close()


def asks_for_certificate(flight: bytes) -> bool:
    """True if the server's first flight holds a CertificateRequest, in clear up to TLS 1.2 (RFC 5246 §7.4.4)."""
    messages = b""
    while len(flight) >= 5 and flight[0] == _RECORD_HANDSHAKE:
        length = int.from_bytes(flight[3:5], "big")
        messages += flight[5 : 5 + length]
        flight = flight[5 + length :]
    while len(messages) >= 4:
        if messages[0] == _CERTIFICATE_REQUEST:
            return True
        messages = messages[4 + int.from_bytes(messages[1:4], "big") :]
    return False
