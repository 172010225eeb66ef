"""A run without a network: questions are put in the tool's own order and answered from literals, to a fixed point.

What a story does not say is answered by a healthy world in which a comparison shows nothing new: a detour is closed,
another path does not exist, another manner of asking ends as the first one did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from tests.rules import answers
from tests.rules.looks import Look
from tests.rules.worlds import Given, read, write
from tui.core import course, judge, probing
from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskNameserver, AskSocks, AskTcp, AskTls, Stage
from tui.core.facts import Facts
from tui.core.seen import Error, Hop, HttpSeen, Observation, TlsSeen

_ROUNDS = 30
"""A run that has not settled by then asks in circles."""
_RCODES = {Error.NO_NAME: "NXDOMAIN", Error.NO_ADDRESS: "NOERROR", Error.TRY_AGAIN: "SERVFAIL", Error.TIMEOUT: "silent"}


@dataclass(frozen=True, slots=True)
class Story:
    """A machine, what was seen along the client's own way by the name of the step, and what comparisons show."""

    given: Given
    way: Mapping[str, Observation] = field(default_factory=dict)
    looks: tuple[Look, ...] = ()

    def but(self, *looks: Look, given: Given | None = None, **way: Observation) -> Story:
        """The same story with something seen differently; later looks win."""
        return Story(given or self.given, {**self.way, **way}, (*self.looks, *looks))


def story(given: Given, *looks: Look, **way: Observation) -> Story:
    """A machine and what is seen from it. The names of the way: dns, tcp, connect, tls, hello, models, message, stream,
    size, first_run_api, first_run_platform."""
    return Story(given, way, looks)


@dataclass(frozen=True, slots=True)
class Told:
    """A story at its end: the facts, every question that was put with its refusal (if any), and where the home is."""

    facts: Facts
    put: Mapping[Ask[Observation], str]
    home: Path


def tell(told: Story, folder: Path) -> Told:
    """Run a story to its end below ``folder``."""
    write(told.given, folder)
    return _settle(told.given, folder, lambda facts, ask: answer(told, facts, ask))


def tell_on(told: Story, before: Told, folder: Path) -> Told:
    """Run again after the files have changed: what was asked before is answered as before, the rest is healthy."""

    def again(facts: Facts, ask: Ask[Observation]) -> Observation:
        seen = before.facts.seen(ask)
        return default(facts, ask, step(facts, ask)) if seen is None else seen

    return _settle(told.given, folder, again)


def _settle(given: Given, folder: Path, answered: Callable[[Facts, Ask[Observation]], Observation]) -> Told:
    facts = read(given, folder)
    seen: dict[Ask[Observation], Observation] = {}
    put: dict[Ask[Observation], str] = {}
    for _ in range(_ROUNDS):
        fresh = [a for a in (*course.following(facts), *judge.judge(facts).wanted) if a not in put]
        if not fresh:
            return Told(facts, put, folder / "home")
        for ask in fresh:
            put[ask] = probing.refuse(ask, given.request, facts)
            if not put[ask]:
                seen[ask] = answered(facts, ask)
        not_run = {ask: why for ask, why in put.items() if why}
        facts = replace(facts, observations=MappingProxyType(dict(seen)), not_run=MappingProxyType(not_run))
    raise AssertionError("the rules ask in circles")


def answer(told: Story, facts: Facts, ask: Ask[Observation]) -> Observation:
    """What the story says to a question, else what a healthy world would."""
    for look in reversed(told.looks):
        if look.ask(facts) == ask:
            return look.seen
    name = step(facts, ask)
    return told.way[name] if name in told.way else default(facts, ask, name)


def unused(told: Story, end: Told) -> Iterator[str]:
    """Observations of the story that nobody asked for: they prove nothing and would only mislead a reader."""
    steps = {step(end.facts, ask) for ask in end.put}
    yield from (name for name in told.way if name not in steps)
    yield from (str(ask) for look in told.looks if (ask := look.ask(end.facts)) is None or ask not in end.put)


def step(facts: Facts, ask: Ask[Observation]) -> str:
    """The name of a question of the client's own way, or nothing for a comparison."""
    target = facts.target
    if isinstance(ask, AskHttp) and ask.purpose is Stage.ONBOARDING:
        return "first_run_api" if ask.url.host == "api.anthropic.com" else "first_run_platform"
    if not course.usable(target):
        return ""
    named: dict[str, Ask[Observation] | None] = {
        "dns": course.dns(target),
        "tcp": course.tcp(target),
        "connect": course.connect(target),
        "tls": course.tls(target),
        "hello": course.hello(target),
        "models": course.models(target),
        "message": course.the_message(facts),
        "stream": course.the_stream(facts),
        "size": course.the_size(facts),
    }
    return next((name for name, own in named.items() if own == ask), "")


def default(facts: Facts, ask: Ask[Observation], name: str) -> Observation:
    """The answer of a healthy world to a step of the way, or of one that shows nothing new to a comparison."""
    match ask:
        case AskDns():
            return answers.dns_ok(*_addresses(ask.host))
        case AskNameserver():
            looked_up = facts.seen(AskDns(ask.host))
            error = looked_up.error if looked_up else None
            rcode = _RCODES[error] if error else "NOERROR"
            return answers.nameserver(rcode, *(() if error else _addresses(ask.host)))
        case AskTcp():
            return answers.tcp_ok(*_addresses(ask.host))
        case AskConnect():
            return answers.connect(200, "Connection established")
        case AskSocks():
            return answers.socks(False)
        case AskTls():
            return _handshake(facts, ask, name)
        case AskHttp():
            return _exchange(facts, ask, name)
    raise AssertionError(f"a new kind of question: {ask}")


def _addresses(host: str) -> tuple[str, ...]:
    table = {"api.anthropic.com": "160.79.104.10", "localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1"}
    if host.endswith(".test"):
        return ("10.20.0.5",)
    return (table.get(host, "142.250.74.4"),)


def _handshake(facts: Facts, ask: AskTls, name: str) -> TlsSeen:
    if name == "tls" and course.url_of(facts.target).scheme == "https":
        return answers.tls_ok()
    own = facts.seen(course.tls(facts.target))
    if own is not None and ask.host == course.url_of(facts.target).host:
        return own
    return answers.tls_bad(Error.NOT_TLS, first_bytes=b"HTTP/1.1 400 Bad Request\r\n")


def _exchange(facts: Facts, ask: AskHttp, name: str) -> HttpSeen:
    healthy = {
        "hello": answers.hello(),
        "models": answers.models(),
        "message": answers.message(),
        "stream": answers.stream(300, 500, 700, 900, 1100),
        "size": answers.count(),
        "first_run_api": answers.hello(),
        "first_run_platform": answers.hello(),
    }
    if name:
        return healthy[name]
    if ask.url.host in facts.known.canaries:
        return answers.http(204)
    if ask.mss:
        return facts.seen(course.the_size(facts)) or answers.count()
    if ask.purpose is Stage.AUTH:
        same = facts.seen(course.models(facts.target))
        elsewhere = ask.url != facts.target.url
        return answers.http(404, "404 page not found") if elsewhere or same is None else same
    if not ask.trust.verify and facts.target.trust.verify:
        return answers.hello()
    return answers.broken(Error.TIMEOUT, Hop.TCP)
