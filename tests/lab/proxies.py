"""Proxies: HTTP ones (CONNECT and absolute form) that work or fail in a known way, and SOCKS5."""

from __future__ import annotations

import base64
import ssl
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.lab.server import Reader, Server, Writer, finish, forever, reset
from tests.lab.tunnel import Routes, destination, dial, pump
from tests.lab.wire import NotHttp, Pairs, Request, head, page, read_request

VIA = ("Via", "1.1 proxy.corp.test (LabProxy)")
LAB: Pairs = (("Server", "LabProxy/1.0"), VIA)
SQUID: Pairs = (("Server", "squid/5.7"), ("Via", "1.1 proxy.corp.test (squid/5.7)"))
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a proxy says instead of opening the tunnel; ``body`` is HTML."""

    status: int
    reason: str
    headers: Pairs = LAB
    body: bytes = b""


def _squid(status: int, reason: str, error: str) -> Refusal:
    body = page("ERROR: The requested URL could not be retrieved", f"<p>{error.split()[0]}</p>")
    return Refusal(status, reason, (*SQUID, ("X-Squid-Error", error)), body)


def _auth(*offers: str) -> Refusal:
    return Refusal(407, "Proxy Authentication Required", (*LAB, *(("Proxy-Authenticate", offer) for offer in offers)))


BASIC = _auth('Basic realm="Corp Proxy"')
REFUSALS = {
    "407-negotiate": _auth("Negotiate", "NTLM"),
    "407-ntlm": _auth("NTLM"),
    "403": _squid(403, "Forbidden", "ERR_ACCESS_DENIED 0"),
    "403-html": Refusal(
        403, "Forbidden", body=page("Access denied", "Access denied by policy (category: Generative AI): BLOCK_GENAI")
    ),
    "400": Refusal(400, "Bad Request"),
    "405": Refusal(405, "Method Not Allowed"),
    "429": Refusal(429, "Too Many Requests"),
    "502": Refusal(502, "Bad Gateway"),
    "503": _squid(503, "Service Unavailable", "ERR_CONNECT_FAIL 111"),
    "504": Refusal(504, "Gateway Timeout"),
}
MODES = frozenset({"relay", "407", "hang", "fin", "rst", "garbage", "200-fin", "200-rst", "200-html", *REFUSALS})


class Proxy(Server):
    """An HTTP proxy. ``asked`` holds every Request it got, CONNECT and absolute form alike.

    ``relay`` opens tunnels to where ``routes`` lead, and to loopback; ``407`` does the same once the Basic credentials
    ``user`` (``name:password``) came. Both answer 502 where nothing can be reached. The other modes answer
    everything alike. With ``tls`` the proxy itself wants TLS (an https:// proxy URL). ``idle`` cuts a tunnel that is
    quiet for so many seconds; ``limit`` resets it after so many bytes from the far side.
    """

    def __init__(
        self,
        mode: str = "relay",
        routes: Routes | None = None,
        user: str = "alice:s3cret",
        tls: ssl.SSLContext | None = None,
        *,
        idle: float | None = None,
        limit: int | None = None,
    ) -> None:
        super().__init__(tls)
        if mode not in MODES:
            raise ValueError(f"no proxy mode {mode!r}; there are {', '.join(sorted(MODES))}")
        self.mode, self.routes, self.idle, self.limit = mode, dict(routes or {}), idle, limit
        self.asked: list[Request] = []
        self.strangers: list[bytes] = []
        self._wanted = "Basic " + base64.b64encode(user.encode()).decode()

    @property
    def url(self) -> str:
        """The proxy URL, without credentials."""
        return f"{'https' if self.tls else 'http'}://{self.address}"

    @property
    def targets(self) -> list[str]:
        """What was asked for: ``host:port`` of each CONNECT, the URL of each absolute-form request."""
        return [request.target for request in self.asked]

    async def talk(self, reader: Reader, writer: Writer) -> None:
        try:
            request = await read_request(reader)
        except NotHttp as stranger:
            self.strangers.append(stranger.first + await reader.read(4096))
            return self._refuse(writer, REFUSALS["400"])
        if request is None:
            return None
        self.asked.append(request)
        if self.mode in ("relay", "407"):
            return await self._relay(request, reader, writer)
        if self.mode in REFUSALS:
            return self._refuse(writer, REFUSALS[self.mode])
        return await self._misbehave(request, reader, writer)

    async def _misbehave(self, request: Request, reader: Reader, writer: Writer) -> None:
        if self.mode == "hang":
            await forever()
        elif self.mode == "rst":
            reset(writer)
        elif self.mode == "garbage":
            writer.write(b"\x05\xff\x00\x00SOCKS only\n")
        elif self.mode.startswith("200-"):
            writer.write(ESTABLISHED)
            await writer.drain()
            if self.mode == "200-rst":
                await reader.read(65536)
                reset(writer)
            elif self.mode == "200-html":
                await reader.read(65536)
                body = page("Sign in to continue", "Sign in to continue")
                fields = (("Content-Type", "text/html"), ("Content-Length", str(len(body))), ("Connection", "close"))
                writer.write(head(200, "OK", fields) + body)
            else:
                finish(writer)
                await reader.read(65536)  # closing over unread data would be a RST

    def _refuse(self, writer: Writer, refusal: Refusal) -> None:
        body = refusal.body or page(refusal.reason, refusal.reason)
        fields = (("Content-Type", "text/html"), ("Content-Length", str(len(body))), ("Connection", "close"))
        writer.write(head(refusal.status, refusal.reason, (*refusal.headers, *fields)) + body)

    async def _relay(self, request: Request, reader: Reader, writer: Writer) -> None:
        if self.mode == "407" and request.headers.get("proxy-authorization") != self._wanted:
            return self._refuse(writer, BASIC)
        tunnel = request.method == "CONNECT"
        parts = urlsplit(request.target)
        if not tunnel and parts.scheme != "http":  # https:// in absolute form is nobody's language
            return self._refuse(writer, REFUSALS["400"])
        place = request.target if tunnel else f"{parts.hostname}:{parts.port or 80}"
        far = await dial(destination(place, self.routes))
        if far is None:
            return self._refuse(writer, REFUSALS["502"])
        if tunnel:
            writer.write(ESTABLISHED)
        else:
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            dropped = ("proxy-authorization", "proxy-connection", "connection")
            fields = [field for field in request.headers.raw if field[0].lower() not in dropped]
            ask = head(200, "OK", (*fields, VIA, ("Connection", "close"))).split(b"\r\n", 1)[1]
            far[1].write(f"{request.method} {path} HTTP/1.1\r\n".encode() + ask + request.body)
        return await pump((reader, writer), far, self.idle, self.limit)


SOCKS_MODES = frozenset({"open", "auth", "refused", "unreachable"})


class Socks5(Server):
    """A SOCKS5 server. ``asked`` holds ``host:port`` of each request, ``greetings`` the first bytes of each visitor.

    ``open`` relays as Proxy does; ``auth`` accepts no method; ``refused`` and ``unreachable`` answer 5 and 4.
    """

    def __init__(self, mode: str = "open", routes: Routes | None = None) -> None:
        super().__init__()
        if mode not in SOCKS_MODES:
            raise ValueError(f"no SOCKS mode {mode!r}; there are {', '.join(sorted(SOCKS_MODES))}")
        self.mode, self.routes = mode, dict(routes or {})
        self.asked: list[str] = []
        self.greetings: list[bytes] = []

    @property
    def url(self) -> str:
        """The proxy URL; names are resolved here (socks5h) or there, as the client likes."""
        return f"socks5://{self.address}"

    async def talk(self, reader: Reader, writer: Writer) -> None:
        opening = await reader.readexactly(2)
        if opening[0] != 5:
            self.greetings.append(opening + await reader.read(4096))  # somebody speaks HTTP to us
            return
        self.greetings.append(opening + await reader.readexactly(opening[1]))
        if self.mode == "auth":
            writer.write(b"\x05\xff")
            return
        writer.write(b"\x05\x00")
        place = await self._read_place(reader)
        self.asked.append(place)
        far = None
        if self.mode == "open":
            far = await dial(destination(place, self.routes))
        reply = {"refused": 5, "unreachable": 4}.get(self.mode, 0 if far else 4)
        writer.write(bytes([5, reply, 0, 1]) + bytes(6))
        if far:
            await pump((reader, writer), far)

    async def _read_place(self, reader: Reader) -> str:
        kind = (await reader.readexactly(4))[3]
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("latin1")
        else:
            raw = await reader.readexactly(4 if kind == 1 else 16)
            host = ".".join(map(str, raw)) if kind == 1 else f"[{raw.hex(':', 2)}]"
        return f"{host}:{struct.unpack('!H', await reader.readexactly(2))[0]}"
