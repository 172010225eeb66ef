"""Observations: what a probe saw, times in milliseconds. Typed, never prose; text is redacted before it gets here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Hop(StrEnum):
    """How far a connection came."""

    DNS = "name look-up"
    TCP = "connecting"
    PROXY_DNS = "name look-up of the proxy"
    PROXY_TCP = "connecting to the proxy"
    PROXY_TLS = "TLS to the proxy"
    CONNECT = "tunnel through the proxy"
    TLS = "TLS handshake"
    SEND = "sending the request"
    HEADERS = "waiting for the answer"
    BODY = "reading the answer"


class Error(StrEnum):
    """What went wrong, by what was observed."""

    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    CLOSED = "closed"
    HOST_UNREACHABLE = "host unreachable"
    NET_UNREACHABLE = "network unreachable"
    DENIED = "forbidden by this machine"
    NO_NAME = "name does not exist"
    NO_ADDRESS = "name has no address"
    TRY_AGAIN = "name server failed"
    PROXY_STATUS = "proxy said no"
    VERIFY = "certificate not accepted"
    ALERT = "TLS alert"
    NOT_TLS = "not TLS"
    TLS = "TLS failed"
    CA_FILE = "CA file cannot be used"
    NOT_HTTP = "not HTTP"
    TRUNCATED = "cut short"
    BAD_ENCODING = "wrong content encoding"
    TOO_LONG = "too much data"
    CRASHED = "our probe failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and how something failed. ``detail`` is the library's own words, redacted."""

    hop: Hop
    error: Error
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DnsSeen:
    """Addresses in the order given, or the failure. ``hosts_line`` is the line of the hosts file that decided."""

    ms: float
    addresses: tuple[str, ...] = ()
    error: Error | None = None
    hosts_line: int | None = None
    hosts_file: str = ""
    hosts_addresses: tuple[str, ...] = ()
    detoured: bool = False


@dataclass(frozen=True, slots=True)
class NameserverSeen:
    """The answer of a name server: an rcode name (``NOERROR``, ``NXDOMAIN``, ``SERVFAIL``, ``REFUSED``), ``silent``,
    ``unreachable`` or ``unavailable`` (this installation cannot ask)."""

    ms: float
    rcode: str
    server: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One connection attempt to one address."""

    address: str
    ms: float
    error: Error | None = None

    @property
    def ipv6(self) -> bool:
        """True for an IPv6 address."""
        return ":" in self.address


@dataclass(frozen=True, slots=True)
class TcpSeen:
    """All attempts. ``dns_error`` where there was nothing to connect to."""

    ms: float
    attempts: tuple[Attempt, ...] = ()
    dns_error: Error | None = None

    @property
    def ok(self) -> bool:
        """True if any address accepted; one that resets afterwards has accepted first (else it would have refused)."""
        return any(a.error in (None, Error.RESET) for a in self.attempts)

    @property
    def errors(self) -> frozenset[Error]:
        """The ways in which addresses failed."""
        return frozenset(a.error for a in self.attempts if a.error) | (
            {self.dns_error} - {None} if self.dns_error else frozenset()
        )


@dataclass(frozen=True, slots=True)
class ConnectSeen:
    """A proxy's answer to CONNECT. ``status`` 0 means none; ``headers`` have lower-case names."""

    ms: float
    failure: Failure | None = None
    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    first_bytes: bytes = b""
    sent_credentials: bool = False

    @property
    def ok(self) -> bool:
        """True if a tunnel was opened."""
        return self.failure is None and 200 <= self.status < 300

    def header(self, name: str) -> str:
        """All values of a header, joined by a comma."""
        return ", ".join(v for k, v in self.headers if k == name)


@dataclass(frozen=True, slots=True)
class SocksSeen:
    """Whether the port answers a SOCKS5 greeting, and which method it chose (0 none, 2 password, 255 no match)."""

    ms: float
    speaks: bool
    method: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A presented certificate. Times are seconds since 1970; ``sha256`` is colon-separated hex."""

    subject: str
    issuer: str
    not_before: float
    not_after: float
    names: tuple[str, ...] = ()
    sha256: str = ""
    self_signed: bool = False
    authority: bool = False
    key_bits: int = 0
    pem: str = ""


@dataclass(frozen=True, slots=True)
class TlsSeen:
    """A handshake. ``chain`` is as presented, leaf first. ``alert`` is the number of the alert that the server sent,
    ``first_bytes`` what it answered where that was not TLS, ``verify_code`` OpenSSL's number."""

    ms: float
    failure: Failure | None = None
    version: str = ""
    chain: tuple[Certificate, ...] = ()
    verify_code: int = 0
    verify_message: str = ""
    alert: int | None = None
    first_bytes: bytes = b""
    issuer: str = ""
    not_after: float = 0.0
    connect: ConnectSeen | None = None
    wants_certificate: bool = False
    """True if the server asked for a client certificate; visible up to TLS 1.2 only."""

    @property
    def ok(self) -> bool:
        """True if the handshake completed and the certificate was accepted."""
        return self.failure is None


class Shape(StrEnum):
    """What a body is."""

    EMPTY = "empty"
    HELLO = "hello"
    API_ERROR = "error of the API"
    ERROR = "error of something else"
    MESSAGE = "message"
    MODELS = "list of models"
    COUNT = "token count"
    JSON = "other JSON"
    HTML = "web page"
    TEXT = "text"
    STREAM = "event stream"


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream and when it arrived."""

    ms: float
    name: str


@dataclass(frozen=True, slots=True)
class HttpSeen:
    """One exchange. ``first_byte_ms`` counts from the request; ``skew`` is local time minus the Date header (s)."""

    ms: float
    failure: Failure | None = None
    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    shape: Shape = Shape.EMPTY
    error_type: str = ""
    error_message: str = ""
    title: str = ""
    models: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    first_byte_ms: float = 0.0
    received: int = 0
    skew: float | None = None
    tls: TlsSeen | None = None
    connect: ConnectSeen | None = None
    first_bytes: bytes = b""

    @property
    def answered(self) -> bool:
        """True if a status line came back."""
        return self.status > 0

    def header(self, name: str) -> str:
        """All values of a header (lower-case name), joined by a comma."""
        return ", ".join(v for k, v in self.headers if k == name)

    @property
    def request_id(self) -> str:
        """The API's own request id; absent where something in front of the API answered."""
        return self.header("request-id")

    @property
    def from_api(self) -> bool:
        """True if the body is an error in the API's own form, with its id."""
        return self.shape is Shape.API_ERROR and bool(self.request_id or "request_id" in self.body)


Observation = DnsSeen | NameserverSeen | TcpSeen | ConnectSeen | SocksSeen | TlsSeen | HttpSeen
