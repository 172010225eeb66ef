"""What a world may answer, as short literals. Bodies are read by the tool's own reader, so that shapes are true."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.rules.worlds import NOW
from tui.core.probe import body as reader
from tui.core.seen import (
    Attempt,
    Certificate,
    ConnectSeen,
    DnsSeen,
    Error,
    Event,
    Failure,
    Hop,
    HttpSeen,
    NameserverSeen,
    Shape,
    SocksSeen,
    TcpSeen,
    TlsSeen,
)

DAY = 86400.0
OURS = "160.79.104.10"
REQUEST_ID = "req_011CVn7Qz4Xk2Lm9Rt5Wb8Yc"
MODELS = ("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5")
LIMIT = 4000.0
"""Milliseconds after which a silent question is given up."""


def dns_ok(*addresses: str, hosts_line: int | None = None) -> DnsSeen:
    """The name resolves, by the name server or by a line of the hosts file."""
    return DnsSeen(12.0, addresses or (OURS,), hosts_line=hosts_line, hosts_file="/etc/hosts" if hosts_line else "")


def dns_bad(error: Error) -> DnsSeen:
    """The look-up fails."""
    return DnsSeen(9.0, error=error)


def nameserver(rcode: str, *addresses: str) -> NameserverSeen:
    """What the name server itself says."""
    return NameserverSeen(8.0, rcode, "192.168.1.1", addresses)


def tcp_ok(*addresses: str) -> TcpSeen:
    """Every address accepts."""
    return TcpSeen(21.0, tuple(Attempt(a, 21.0) for a in addresses or (OURS,)))


def tcp_bad(error: Error, *addresses: str) -> TcpSeen:
    """No address accepts."""
    time = LIMIT if error is Error.TIMEOUT else 3.0
    return TcpSeen(time, tuple(Attempt(a, time, error) for a in addresses or (OURS,)))


def socks(speaks: bool) -> SocksSeen:
    """Whether the port is a SOCKS server."""
    return SocksSeen(5.0, speaks, 0 if speaks else None)


def connect(status: int, reason: str, *, sent: bool = False, **headers: str) -> ConnectSeen:
    """A proxy's answer to CONNECT."""
    return ConnectSeen(15.0, status=status, reason=reason, headers=_names(headers), sent_credentials=sent)


def connect_bad(error: Error, hop: Hop = Hop.CONNECT, first_bytes: bytes = b"") -> ConnectSeen:
    """No answer to CONNECT."""
    return ConnectSeen(
        LIMIT if error is Error.TIMEOUT else 15.0, Failure(hop, error, str(error)), first_bytes=first_bytes
    )


def cert(
    subject: str = "CN=api.anthropic.com",
    issuer: str = "CN=WE1,O=Google Trust Services,C=US",
    *names: str,
    start: float = NOW - 30 * DAY,
    end: float = NOW + 60 * DAY,
    bits: int = 2048,
) -> Certificate:
    """A certificate. Its names default to the one in its subject."""
    return Certificate(
        subject,
        issuer,
        start,
        end,
        names or (subject.removeprefix("CN=").split(",")[0],),
        sha256=":".join(["3F", "A1", "9C", "07"] * 8),
        self_signed=subject == issuer,
        authority=False,
        key_bits=bits,
    )


def tls_ok(issuer: str = "CN=WE1,O=Google Trust Services,C=US", end: float = NOW + 60 * DAY) -> TlsSeen:
    """The handshake completes and the certificate is accepted."""
    return TlsSeen(44.0, version="TLSv1.3", issuer=issuer, not_after=end)


def untrusted(code: int, message: str, *chain: Certificate) -> TlsSeen:
    """A certificate is presented and refused with OpenSSL's number."""
    failure = Failure(Hop.TLS, Error.VERIFY, message)
    return TlsSeen(40.0, failure, "TLSv1.3", chain, verify_code=code, verify_message=message)


def tls_bad(error: Error, alert: int | None = None, first_bytes: bytes = b"", detail: str = "") -> TlsSeen:
    """The handshake fails before any certificate was judged."""
    time = LIMIT if error is Error.TIMEOUT else 30.0
    return TlsSeen(time, Failure(Hop.TLS, error, detail or str(error)), alert=alert, first_bytes=first_bytes)


def http(status: int, content: str | Mapping[str, object] = "", reason: str = "", **headers: str) -> HttpSeen:
    """One answer; ``content`` is JSON or text."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    read = reader.read(text, headers.get("content_type", ""))
    return HttpSeen(
        120.0,
        status=status,
        reason=reason,
        headers=_names(headers),
        body=text,
        shape=read.shape,
        error_type=read.error_type,
        error_message=read.error_message,
        title=read.title,
        models=read.models,
        first_byte_ms=110.0,
        received=len(text.encode()),
        skew=0.0,
    )


def page(status: int, title: str, body: str = "", **headers: str) -> HttpSeen:
    """A web page for people."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body or title}</body></html>"
    return http(status, text, content_type="text/html", **headers)


def hello(status: int = 200) -> HttpSeen:
    """The API's greeting, or another status with an empty body."""
    return http(status, {"message": "hello"} if status == 200 else "")


def models(*names: str) -> HttpSeen:
    """The list of models."""
    return http(200, {"data": [{"type": "model", "id": name} for name in names or MODELS]}, request_id=REQUEST_ID)


def message() -> HttpSeen:
    """A whole answer of a model."""
    return http(200, {"type": "message", "content": [{"type": "text", "text": "Hi"}]}, request_id=REQUEST_ID)


def count() -> HttpSeen:
    """The token counter's answer."""
    return http(200, {"input_tokens": 5012})


def error(status: int, kind: str, text: str, request_id: str = REQUEST_ID, **headers: str) -> HttpSeen:
    """An error in the API's own form, with its id (pass an empty one for what something else forged or forgot)."""
    content: dict[str, object] = {"type": "error", "error": {"type": kind, "message": text}}
    ids = {"request_id": request_id} if request_id else {}
    return http(status, content | ids, **headers, **ids)


def refusal(status: int, text: str, kind: str = "", **headers: str) -> HttpSeen:
    """An error in a gateway's form."""
    return http(status, {"error": {"message": text, "type": kind}}, **headers)


def broken(error: Error, hop: Hop = Hop.HEADERS, received: int = 0) -> HttpSeen:
    """An exchange that ends without a whole answer; from the body on there was a status line."""
    status = 200 if hop is Hop.BODY else 0
    time = LIMIT if error is Error.TIMEOUT else 60.0
    return HttpSeen(time, Failure(hop, error, str(error)), status, received=received)


def stream(*times: float, end: float = 0.0, error: Error | None = None, status: int = 200) -> HttpSeen:
    """An event stream with events at these times (ms), whole or broken off at ``end``."""
    names = ["message_start", *["content_block_delta"] * (len(times) - 1)]
    if error is None and names:
        names[-1] = "message_stop"
    events = tuple(Event(ms, name) for ms, name in zip(times, names, strict=False))
    failure = Failure(Hop.BODY, error, str(error)) if error else None
    return HttpSeen(
        end or (times[-1] if times else 60.0),
        failure,
        status,
        shape=Shape.STREAM,
        events=events,
        first_byte_ms=times[0] if times else 0.0,
        skew=0.0,
    )


def _names(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", "-"), value) for name, value in headers.items())
