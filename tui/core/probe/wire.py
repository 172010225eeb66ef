"""One connection, opened the way a client opens it: look-up, TCP, tunnel through a proxy, TLS. Each leaves a trace."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field

from tui.core.model import Proxy, Trust
from tui.core.probe.certificates import describe_all, issuer_of, presented
from tui.core.probe.channel import Channel, TlsChannel, asks_for_certificate
from tui.core.probe.failures import WireError, failure
from tui.core.probe.network import ConnectFailed, Network
from tui.core.probe.trust import CaFileError, TrustStore
from tui.core.secret import Redactor
from tui.core.seen import ConnectSeen, Error, Failure, Hop, TlsSeen
from tui.core.world import World

_HEAD_LIMIT = 65536
_BODY_LIMIT = 4096


@dataclass
class Trace:
    """How far a connection came. ``hop`` is the step under way, so that a time-out can say what it interrupted."""

    hop: Hop = Hop.DNS
    start: float = field(default_factory=time.monotonic)
    connect: ConnectSeen | None = None
    tls: TlsSeen | None = None
    channels: list[Channel] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """Milliseconds since the connection was begun."""
        return (time.monotonic() - self.start) * 1000

    def close(self) -> None:
        """Close whatever was opened."""
        for channel in reversed(self.channels):
            channel.close()


@dataclass
class Wire:
    """Everything that opens connections: the network, the trust store, and the redactor for what comes back."""

    world: World = field(repr=False)
    network: Network
    trust: TrustStore
    redactor: Redactor
    limit: float
    proxy_trust: Trust = Trust()
    """What a proxy behind TLS must satisfy: the same as the endpoint, in every client."""

    async def open(
        self, host: str, port: int, via: Proxy | None, trace: Trace, mss: int = 0, tunnel: bool = True
    ) -> Channel:
        """Open a byte channel to ``host:port``, through a tunnel where a proxy is given. Raises WireError."""
        if via is None:
            return await self._tcp(host, port, (Hop.DNS, Hop.TCP), trace, mss)
        channel = await self._tcp(via.host, via.port, (Hop.PROXY_DNS, Hop.PROXY_TCP), trace, mss)
        if via.scheme == "https":
            trace.hop = Hop.PROXY_TLS
            try:
                context = self.trust.context(self.proxy_trust)
            except CaFileError as error:
                raise WireError(Failure(Hop.PROXY_TLS, Error.CA_FILE, str(error))) from error
            secure = TlsChannel(channel, context, via.host, Hop.PROXY_TLS)
            await secure.handshake()
            channel = secure
        if tunnel:
            trace.hop = Hop.CONNECT
            seen = await self._connect(channel, via, *self.network.detour(host, port), trace)
            trace.connect = seen
            if not seen.ok:
                raise WireError(
                    seen.failure or Failure(Hop.CONNECT, Error.PROXY_STATUS, f"{seen.status} {seen.reason}")
                )
        return channel

    async def _tcp(self, host: str, port: int, hops: tuple[Hop, Hop], trace: Trace, mss: int) -> Channel:
        trace.hop = hops[0]
        try:
            await self.network.resolve(host, port)
        except OSError as error:
            raise WireError(failure(hops[0], error)) from error
        trace.hop = hops[1]
        try:
            channel = await self.network.open(host, port, mss, self.limit)
        except ConnectFailed as error:
            raise WireError(Failure(hops[1], error.error, str(error))) from error
        except OSError as error:
            raise WireError(failure(hops[1], error)) from error
        trace.channels.append(channel)
        return channel

    async def _connect(self, channel: Channel, via: Proxy, host: str, port: int, trace: Trace) -> ConnectSeen:
        """Send CONNECT with the headers that Claude Code sends (claude-code-observed.md §2) and read the answer."""
        name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        head = f"CONNECT {name} HTTP/1.1\r\nHost: {name}\r\nProxy-Connection: Keep-Alive\r\n{proxy_header(via)}\r\n"
        return await self.exchange(channel, head, via, trace)

    async def exchange(self, channel: Channel, head: str, via: Proxy, trace: Trace) -> ConnectSeen:
        """Send one bare request to a proxy and read status, headers and the start of the body."""
        data = b""
        problem: Failure | None = None
        try:
            await channel.send(head.encode("latin-1", "replace"))
            while b"\r\n\r\n" not in data and len(data) < _HEAD_LIMIT:
                more = await channel.recv(8192)
                if not more:
                    problem = Failure(Hop.CONNECT, Error.CLOSED, "closed")
                    break
                data += more
                if not b"HTTP/".startswith(data[:5]) and not data.startswith(b"HTTP/"):
                    problem = Failure(Hop.CONNECT, Error.NOT_HTTP, "the answer is not HTTP")
                    break
        except OSError as error:
            problem = failure(Hop.CONNECT, error)
        status, reason, headers, body = parse_head(data)
        if status and not 200 <= status < 300:
            problem, body = None, await self._rest(channel, headers, body)
        return ConnectSeen(
            ms=trace.ms,
            failure=problem,
            status=status,
            reason=self.redactor.clean(reason, 200),
            headers=tuple((k, self.redactor.clean(v, 500)) for k, v in headers),
            body=self.redactor.clean(body.decode("utf-8", "replace"), _BODY_LIMIT),
            first_bytes=self.redactor.clean_bytes(data[:512])[:64],
            sent_credentials=bool(via.username or via.password),
        )

    async def _rest(self, channel: Channel, headers: list[tuple[str, str]], body: bytes) -> bytes:
        """Read the announced body of a refusal, at most 4 kB."""
        announced = next((int(v) for k, v in headers if k == "content-length" and v.isdigit()), 0)
        try:
            while len(body) < min(announced, _BODY_LIMIT):
                more = await channel.recv(_BODY_LIMIT)
                if not more:
                    break
                body += more
        except OSError:
            pass  # the status is known; a missing rest of the page changes nothing
        return body[:_BODY_LIMIT]

    async def secure(
        self, channel: Channel, name: str, trust: Trust, trace: Trace, *, newest: str = "", hop: Hop = Hop.TLS
    ) -> TlsChannel:
        """Shake hands over ``channel``. Raises WireError; ``trace.tls`` then says what was seen."""
        trace.hop = hop
        start = trace.ms
        try:
            context = self.trust.context(trust, newest)
        except CaFileError as error:
            trace.tls = TlsSeen(0.0, Failure(hop, Error.CA_FILE, str(error)), connect=trace.connect)
            raise WireError(Failure(hop, Error.CA_FILE, str(error))) from error
        secure = TlsChannel(channel, context, name, hop)
        try:
            await secure.handshake()
        except WireError as error:
            trace.tls = TlsSeen(
                ms=trace.ms - start,
                failure=error.failure,
                verify_code=secure.verify_code,
                verify_message=secure.verify_message,
                alert=secure.alert,
                first_bytes=secure.first_bytes[:512],
                connect=trace.connect,
                wants_certificate=asks_for_certificate(secure.first_bytes),
            )
            raise
        peer = secure.tls.getpeercert() or {}
        trace.tls = TlsSeen(
            ms=trace.ms - start,
            version=secure.tls.version() or "",
            chain=describe_all(presented(secure.tls)) if not trust.verify else (),
            issuer=issuer_of(peer),
            not_after=_moment(str(peer.get("notAfter", ""))),
            connect=trace.connect,
            wants_certificate=asks_for_certificate(secure.first_bytes),
        )
        return secure


def _moment(text: str) -> float:
    import ssl

    return float(ssl.cert_time_to_seconds(text)) if text else 0.0


def proxy_header(via: Proxy) -> str:
    """The Proxy-Authorization line for Basic credentials, or nothing."""
    if not (via.username or via.password):
        return ""
    pair = f"{via.username}:{via.password.reveal() if via.password else ''}"
    return f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}\r\n"


def parse_head(data: bytes) -> tuple[int, str, list[tuple[str, str]], bytes]:
    """Split a raw HTTP answer into status (0 if there is none), reason, headers with lower-case names, and the rest."""
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ", 2)
    if not words[0].startswith("HTTP/") or len(words) < 2 or not words[1].isdigit():
        return 0, "", [], b""
    headers = [(k.strip().lower(), v.strip()) for k, _, v in (line.partition(":") for line in lines[1:100]) if v]
    return int(words[1]), words[2] if len(words) > 2 else "", headers, rest
