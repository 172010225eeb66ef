"""Comparisons that a rule may ask for, each with what is answered: a question made of the facts, and an observation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tui.core import course
from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskNameserver, AskSocks, AskTls
from tui.core.facts import Facts
from tui.core.model import Credential, Header, Proxy, Trust
from tui.core.rules.reaching.no_internet import others
from tui.core.secret import Secret
from tui.core.seen import (
    ConnectSeen,
    DnsSeen,
    HttpSeen,
    NameserverSeen,
    Observation,
    SocksSeen,
    TcpSeen,
    TlsSeen,
)
from tui.core.survey import proxies
from tui.core.url import Url, parse

Make = Callable[[Facts], Ask[Observation]]


@dataclass(frozen=True, slots=True)
class Look:
    """A question as it follows from the settings, and its answer."""

    make: Make
    seen: Observation

    def ask(self, facts: Facts) -> Ask[Observation] | None:
        """The question, or None on a machine where it makes no sense (no proxy, no credential, no usable address)."""
        try:
            return self.make(facts)
        except (AssertionError, LookupError):
            return None


def direct(seen: HttpSeen) -> Look:
    """The greeting without the proxy."""
    return Look(lambda f: course.hello(f.target, course.url_of(f.target), None, detour=True), seen)


def through(proxy: str, variable: str, seen: HttpSeen) -> Look:
    """The greeting through a proxy that another variable names."""
    via = proxies.read(proxy, variable)
    return Look(lambda f: course.hello(f.target, course.url_of(f.target), via, detour=True), seen)


def hello_at(url: str, seen: HttpSeen) -> Look:
    """The greeting at another address, directly."""
    there = parse(url)

    def ask(facts: Facts) -> Ask[Observation]:
        return course.hello(replace(facts.target, url=there), there, None, detour=True)

    return Look(ask, seen)


def models_at(url: str, seen: HttpSeen) -> Look:
    """The list of models under another path of the same host."""
    return Look(lambda f: course.models(f.target, parse(url)), seen)


def models_with(value: str, header: Header, seen: HttpSeen) -> Look:
    """The list of models with one other value, or the same value in the other header."""

    def ask(facts: Facts) -> Ask[Observation]:
        credential = Credential(facts.target.credentials[0].name, Secret(value), header)
        return course.models(facts.target, credentials=(credential,))

    return Look(ask, seen)


def models_alone(name: str, seen: HttpSeen, header: Header | None = None) -> Look:
    """The list of models with only one of the configured credentials, in its own header or another."""

    def ask(facts: Facts) -> Ask[Observation]:
        credential = {c.name: c for c in facts.target.credentials}[name]
        return course.models(facts.target, credentials=(replace(credential, header=header or credential.header),))

    return Look(ask, seen)


def lookup(host: str, seen: DnsSeen) -> Look:
    """The look-up of another name."""
    return Look(lambda f: AskDns(host), seen)


def other_name(seen: DnsSeen) -> Look:
    """The look-up of a well-known name, for comparison."""
    return Look(lambda f: AskDns(f.known.canaries[1]), seen)


def server_says(seen: NameserverSeen) -> Look:
    """The name server itself, asked for the first hop."""
    return Look(lambda f: AskNameserver(course.first_hop(f.target)[0]), seen)


def elsewhere(number: int, seen: TcpSeen) -> Look:
    """A connection to the first or second well-known host."""
    return Look(lambda f: others(f)[number], seen)


def nothing_else(seen: TcpSeen) -> tuple[Look, Look]:
    """The same answer from both well-known hosts."""
    return elsewhere(0, seen), elsewhere(1, seen)


def canary(seen: HttpSeen) -> Look:
    """The connectivity check in clear text."""
    return Look(
        lambda f: AskHttp("GET", Url("http", f.known.canaries[0], 80), "/generate_204", None, Trust()),
        seen,
    )


def unverified(seen: HttpSeen) -> Look:
    """The greeting without looking at the certificate (and without a credential)."""
    return Look(
        lambda f: replace(course.hello(f.target), trust=replace(f.target.trust, verify=False)),
        seen,
    )


def tunnel(proxy: str, seen: ConnectSeen, password: str = "", *, port: int = 0, absolute: bool = False) -> Look:
    """A tunnel through another reading of the proxy, to another port, or as a request in absolute form."""

    def ask(facts: Facts) -> Ask[Observation]:
        own = facts.target.proxy
        read = proxies.read(proxy, own.variable if own else "")
        via = replace(read, password=Secret(password)) if password else read
        url = course.url_of(facts.target)
        return AskConnect(via, url.host, port or url.port, absolute)

    return Look(ask, seen)


def tunnel_by(proxy: Proxy, seen: ConnectSeen, *, absolute: bool = False) -> Look:
    """A tunnel to the endpoint through exactly this proxy."""
    return Look(
        lambda f: AskConnect(proxy, course.url_of(f.target).host, course.url_of(f.target).port, absolute),
        seen,
    )


def greeted(seen: SocksSeen) -> Look:
    """The proxy's port, greeted in SOCKS."""

    def ask(facts: Facts) -> Ask[Observation]:
        assert facts.target.proxy is not None
        return AskSocks(facts.target.proxy.host, facts.target.proxy.port)

    return Look(ask, seen)


def shake(host: str, port: int, seen: TlsSeen) -> Look:
    """A handshake with a port that was not expected to speak TLS."""
    return Look(lambda f: AskTls(host, port, None, f.target.trust), seen)


def trusting(seen: TlsSeen, **changes: object) -> Look:
    """The handshake with another trust."""
    return Look(
        lambda f: course.tls(f.target, replace(f.target.trust, **changes)),  # type: ignore[arg-type]
        seen,
    )


def shaken(seen: TlsSeen, *, sni: str = "", mss: int = 0, newest: str = "", verify: bool = True) -> Look:
    """The handshake in another manner."""

    def ask(facts: Facts) -> Ask[Observation]:
        own = course.tls(facts.target)
        trust = own.trust if verify else replace(own.trust, verify=False)
        return replace(own, sni=sni, mss=mss, newest=newest, trust=trust)

    return Look(ask, seen)


def small_segments(seen: HttpSeen) -> Look:
    """The large request in small segments."""
    return Look(lambda f: course.size(f.target, course.model_of(f), 536), seen)
