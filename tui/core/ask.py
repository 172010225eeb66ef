"""Questions to the world. Each is a frozen value: equal questions are asked once.

    AskDns ── AskNameserver          does the name resolve, and what does the name server itself say
    AskTcp                           does each address accept a connection
    AskConnect ── AskSocks           does the proxy open a tunnel, or is the port something else
    AskTls                           which certificate is presented, and does this trust accept it
    AskHttp                          what is answered to one request, whole or as a stream

A rule that needs a comparison yields an Ask; the session runs it and judges again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from tui.core.model import Credential, Proxy, Trust
from tui.core.secret import Secret
from tui.core.seen import ConnectSeen, DnsSeen, HttpSeen, NameserverSeen, SocksSeen, TcpSeen, TlsSeen
from tui.core.url import Url

S_co = TypeVar("S_co", covariant=True)


class Stage(StrEnum):
    """The rows that a person sees, in the order in which they depend on each other."""

    DNS = "dns"
    TCP = "tcp"
    PROXY = "proxy"
    TLS = "tls"
    HTTP = "http"
    ONBOARDING = "onboarding"
    GATEWAY = "gateway"
    AUTH = "auth"
    MODEL = "model"
    MESSAGE = "message"
    STREAM = "stream"
    LIMITS = "limits"


class Ask(Generic[S_co]):
    """A question whose answer is an observation of type ``S``."""

    __slots__ = ()
    stage: ClassVar[Stage]

    @property
    def about(self) -> str:
        """What is asked, for a row on the screen; without secrets."""
        raise NotImplementedError  # pragma: no cover


@dataclass(frozen=True, slots=True)
class AskDns(Ask[DnsSeen]):
    """Resolve ``host`` as every program on this machine does, hosts file included."""

    stage = Stage.DNS
    host: str

    @property
    def about(self) -> str:
        return self.host


@dataclass(frozen=True, slots=True)
class AskNameserver(Ask[NameserverSeen]):
    """Ask the configured name server itself, past the hosts file."""

    stage = Stage.DNS
    host: str

    @property
    def about(self) -> str:
        return f"{self.host}, name server"


@dataclass(frozen=True, slots=True)
class AskTcp(Ask[TcpSeen]):
    """Connect to every address of ``host``. ``mss`` limits the segment size (bytes)."""

    stage = Stage.TCP
    host: str
    port: int
    mss: int = 0

    @property
    def about(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class AskConnect(Ask[ConnectSeen]):
    """Ask a proxy for a tunnel to ``host:port``; with ``absolute`` send it ``GET https://host/`` instead."""

    stage = Stage.PROXY
    proxy: Proxy
    host: str
    port: int
    absolute: bool = False

    @property
    def about(self) -> str:
        return f"{self.proxy} to {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class AskSocks(Ask[SocksSeen]):
    """Greet the port in SOCKS5."""

    stage = Stage.PROXY
    host: str
    port: int

    @property
    def about(self) -> str:
        return f"{self.host}:{self.port}, as SOCKS"


@dataclass(frozen=True, slots=True)
class AskTls(Ask[TlsSeen]):
    """Shake hands with ``host:port``. ``sni`` sends another name; ``newest`` (``1.1``, ``1.2``) bounds the version."""

    stage = Stage.TLS
    host: str
    port: int
    via: Proxy | None = None
    trust: Trust = Trust()
    sni: str = ""
    mss: int = 0
    newest: str = ""

    @property
    def about(self) -> str:
        return f"{self.host}:{self.port}" + (f", as {self.sni}" if self.sni else "")


@dataclass(frozen=True, slots=True)
class Message:
    """The body of a POST: which model, how it is answered, how many bytes of padding it carries, which betas."""

    model: str
    stream: bool = False
    padding: int = 0
    betas: tuple[str, ...] = ()
    max_tokens: int = 1


@dataclass(frozen=True, slots=True)
class AskHttp(Ask[HttpSeen]):
    """One request. ``credentials`` go out as the headers they name; ``purpose`` is the row it belongs to."""

    stage = Stage.HTTP
    method: str
    url: Url
    path: str
    via: Proxy | None = None
    trust: Trust = Trust()
    credentials: tuple[Credential, ...] = ()
    headers: tuple[tuple[str, str | Secret], ...] = ()
    message: Message | None = None
    mss: int = 0
    purpose: Stage = Stage.HTTP

    @property
    def about(self) -> str:
        return f"{self.method} {self.url}{self.path.split('?')[0]}"
