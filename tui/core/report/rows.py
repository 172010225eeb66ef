"""Observations as rows for people: status, one plain sentence, and a few values for tools."""

from __future__ import annotations

from tui.core import course
from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskNameserver, AskSocks, AskTcp, AskTls, Stage
from tui.core.events import Status
from tui.core.seen import (
    ConnectSeen,
    DnsSeen,
    Error,
    Failure,
    Hop,
    HttpSeen,
    NameserverSeen,
    Observation,
    Shape,
    SocksSeen,
    TcpSeen,
    TlsSeen,
)

Row = tuple[Status, str, tuple[tuple[str, object], ...]]

_WORDS = {
    Error.REFUSED: "nothing accepts connections there",
    Error.TIMEOUT: "no answer in time",
    Error.RESET: "the connection was cut (reset)",
    Error.CLOSED: "the other side hung up without an answer",
    Error.HOST_UNREACHABLE: "a router says the address cannot be reached",
    Error.NET_UNREACHABLE: "this machine has no route to it",
    Error.DENIED: "this machine itself forbids the connection",
    Error.NO_NAME: "the name does not exist",
    Error.NO_ADDRESS: "the name has no address",
    Error.TRY_AGAIN: "the name server failed",
    Error.PROXY_STATUS: "the proxy refused",
    Error.VERIFY: "the certificate is not accepted",
    Error.ALERT: "the server broke off the TLS handshake",
    Error.NOT_TLS: "the answer is not TLS",
    Error.TLS: "the TLS handshake failed",
    Error.CA_FILE: "a certificate file of the settings cannot be loaded",
    Error.NOT_HTTP: "the answer is not HTTP",
    Error.TRUNCATED: "the answer was cut short",
    Error.BAD_ENCODING: "the answer is not encoded as its header says",
    Error.TOO_LONG: "the answer was longer than anything we read",
    Error.CRASHED: "our probe failed",
}


def words(failure: Failure) -> str:
    """A failure as a phrase."""
    phrase = _WORDS[failure.error]
    if failure.error is Error.PROXY_STATUS:
        return f"{phrase}: {failure.detail}"
    if failure.error is Error.VERIFY:
        return f"{phrase}: {failure.detail}"
    if failure.hop in (Hop.PROXY_DNS, Hop.PROXY_TCP, Hop.PROXY_TLS):
        return f"{failure.hop}: {phrase}"
    return phrase


def row(ask: Ask[Observation], seen: Observation) -> Row:
    """Describe the answer to a question."""
    match ask, seen:
        case AskDns(), DnsSeen():
            return _dns(seen)
        case AskNameserver(), NameserverSeen():
            return Status.PASS, f"{seen.server} answers {seen.rcode}", (("rcode", seen.rcode),)
        case AskTcp(), TcpSeen():
            return _tcp(seen)
        case AskConnect(), ConnectSeen():
            return _connect(seen)
        case AskSocks(), SocksSeen():
            return Status.PASS, "speaks SOCKS" if seen.speaks else "does not speak SOCKS", (("speaks", seen.speaks),)
        case AskTls(), TlsSeen():
            return _tls(seen)
        case AskHttp(), HttpSeen():
            return _http(ask, seen)
    return Status.WARN, "answered", ()


def _dns(seen: DnsSeen) -> Row:
    if seen.error:
        return Status.FAIL, _WORDS[seen.error], (("error", str(seen.error)),)
    source = f", from {seen.hosts_file} line {seen.hosts_line}" if seen.hosts_line else ""
    return Status.PASS, ", ".join(seen.addresses[:4]) + source, (("addresses", list(seen.addresses)),)


def _tcp(seen: TcpSeen) -> Row:
    values = tuple((a.address, str(a.error) if a.error else round(a.ms, 1)) for a in seen.attempts)
    if seen.dns_error:
        return Status.FAIL, _WORDS[seen.dns_error], values
    failed = [a for a in seen.attempts if a.error]
    if seen.ok:
        if failed:
            return (
                Status.WARN,
                f"{len(failed)} of {len(seen.attempts)} addresses: {_WORDS[failed[0].error or Error.CRASHED]}",
                values,
            )
        return Status.PASS, "connected", values
    return Status.FAIL, _WORDS[failed[0].error or Error.CRASHED] if failed else "no address", values


def _connect(seen: ConnectSeen) -> Row:
    values = (("status", seen.status),)
    if seen.ok:
        return Status.PASS, "tunnel open", values
    if seen.failure:
        return Status.FAIL, words(seen.failure), values
    return Status.FAIL, f"the proxy answers {seen.status} {seen.reason}".strip(), values


def _tls(seen: TlsSeen) -> Row:
    if seen.failure:
        values = (("alert", seen.alert), ("verify_code", seen.verify_code)) if seen.verify_code or seen.alert else ()
        return Status.FAIL, words(seen.failure), values
    issuer = f", issued by {seen.issuer}" if seen.issuer else ""
    return Status.PASS, f"{seen.version}{issuer}", (("version", seen.version), ("issuer", seen.issuer))


def _http(ask: AskHttp, seen: HttpSeen) -> Row:
    values: tuple[tuple[str, object], ...] = (("status", seen.status), ("first_byte_ms", round(seen.first_byte_ms, 1)))
    if seen.request_id:
        values += (("request_id", seen.request_id),)
    if seen.events:
        values += (("events", len(seen.events)), ("event_ms", [round(event.ms, 1) for event in seen.events[:50]]))
    if seen.failure:
        return Status.FAIL, words(seen.failure), values
    said = seen.error_message or seen.title
    phrase = f"HTTP {seen.status}" + (f", {said[:120]}" if said else "")
    good = 200 <= seen.status < 300
    if ask.purpose is Stage.HTTP and seen.status in (401, 404, 405):
        return Status.PASS, f"HTTP {seen.status}, which is normal for a gateway", values
    if good and seen.shape is Shape.MODELS:
        return Status.PASS, f"accepted, {len(seen.models)} models listed", values
    if good and seen.shape is Shape.STREAM:
        return Status.PASS, f"{len(seen.events)} events, first after {seen.events[0].ms:.0f} ms", values
    if ask.path.endswith("count_tokens") and (good or seen.status in (404, 405)):
        note = "" if good else ", though the token counter itself is missing"
        return Status.PASS, f"a request of {course.SIZE // 1000} kB passes{note}", values
    return Status.PASS if good else Status.FAIL, phrase, values
