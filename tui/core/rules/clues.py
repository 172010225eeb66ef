"""What the rules look at: the observations along the client's own way, by name (pure)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property

from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.model import Evidence, Setting
from tui.core.seen import ConnectSeen, DnsSeen, Error, Failure, HttpSeen, Observation, Shape, TcpSeen, TlsSeen
from tui.core.url import Url, is_address

REFUSALS = frozenset(
    {
        "auth-invalid-key",
        "auth-invalid-gateway-key",
        "auth-wrong-header",
        "auth-forbidden",
        "gw-access-denied",
        "gw-auth-stripped",
    }
)
"""What a credential that should not have been sent looks like from afar."""


@dataclass
class Way:
    """The way from the client to its endpoint, and what was seen on it so far."""

    facts: Facts

    @property
    def usable(self) -> bool:
        """True if the client would send anything at all."""
        return course.usable(self.facts.target)

    @property
    def url(self) -> Url:
        """The endpoint's base URL."""
        return course.url_of(self.facts.target)

    @property
    def host(self) -> str:
        """The endpoint's host."""
        return self.url.host

    @cached_property
    def dns(self) -> DnsSeen | None:
        """The look-up of the first hop."""
        return self.facts.seen(course.dns(self.facts.target)) if self.usable else None

    @cached_property
    def tcp(self) -> TcpSeen | None:
        """The connection to the first hop."""
        return self.facts.seen(course.tcp(self.facts.target)) if self.usable else None

    @cached_property
    def connect(self) -> ConnectSeen | None:
        """The answer of the proxy to CONNECT."""
        ask = course.connect(self.facts.target) if self.usable else None
        return self.facts.seen(ask) if ask else None

    @cached_property
    def tls(self) -> TlsSeen | None:
        """The handshake with the endpoint, where its URL asks for one."""
        secure = self.usable and self.url.scheme == "https"
        return self.facts.seen(course.tls(self.facts.target)) if secure else None

    @cached_property
    def hello(self) -> HttpSeen | None:
        """The answer to a request without credentials."""
        return self.facts.seen(course.hello(self.facts.target)) if self.usable else None

    @cached_property
    def models(self) -> HttpSeen | None:
        """The answer to the list of models."""
        return self.facts.seen(course.models(self.facts.target)) if self.usable else None

    @cached_property
    def message(self) -> HttpSeen | None:
        """The answer to a real message."""
        return self.facts.seen(course.the_message(self.facts)) if self.usable else None

    @cached_property
    def stream(self) -> HttpSeen | None:
        """The answer to a streamed message."""
        return self.facts.seen(course.the_stream(self.facts)) if self.usable else None

    @cached_property
    def size(self) -> HttpSeen | None:
        """The answer to a padded request."""
        return self.facts.seen(course.the_size(self.facts)) if self.usable else None

    @property
    def answers(self) -> tuple[HttpSeen, ...]:
        """All answers of the endpoint, the most telling first."""
        found = (self.message, self.models, self.stream, self.hello)
        return tuple(a for a in found if a is not None)

    @property
    def api_answers(self) -> tuple[HttpSeen, ...]:
        """The answers to requests with the credential."""
        return tuple(a for a in (self.message, self.models, self.stream) if a is not None)

    @property
    def works(self) -> bool:
        """True if a request with the credential was answered as the API answers it."""
        if self.message is not None:
            return self.message.status == 200 and self.message.shape is Shape.MESSAGE and not self.message.failure
        return self.models is not None and self.models.status == 200 and self.models.shape is Shape.MODELS

    @property
    def direct(self) -> bool:
        """True if no proxy stands in the way."""
        return self.facts.target.proxy is None

    @property
    def private(self) -> bool:
        """True for a host that a company or this machine runs: not one of the known public ones."""
        return self.host not in self.facts.known.hosts or self.url.loopback or is_address(self.host)

    def failed(self, error: Error) -> Failure | None:
        """The failure of the first answer that failed this way, or None."""
        return next((a.failure for a in self.answers if a.failure and a.failure.error is error), None)


def where(claim: str, setting: Setting | None) -> Evidence:
    """Evidence that a setting has its value, with file and line."""
    if setting is None:
        return Evidence(claim, "not set anywhere")
    return Evidence(claim, f"{setting.name} = {setting.shown}", setting.origin)


def reply(seen: HttpSeen) -> str:
    """An answer in one line: status, who says so, the message."""
    words = [f"HTTP {seen.status}"]
    if seen.error_type:
        words.append(seen.error_type)
    text = seen.error_message or seen.title or seen.body.strip().split("\n")[0]
    words.append(f"“{text[:160]}”" if text else "with an empty body")
    return " ".join(words)


def identity(seen: HttpSeen) -> str:
    """Where the API's own request id stands: it, or the words that say so."""
    return seen.request_id or ("in the body" if "request_id" in seen.body else "none")


def front(way: Way) -> str:
    """What answered in place of the API, as the beginning of a sentence."""
    return f"Something in front of {way.host}" if way.facts.target.first_party else f"The gateway at {way.host}"


def answers_like_api(seen: HttpSeen | None) -> bool:
    """True if the Messages route exists there: a message, or an error in JSON that is no 404."""
    if seen is None or not seen.answered or seen.failure:
        return False
    if seen.status == 200:
        return seen.shape in (Shape.MESSAGE, Shape.MODELS, Shape.COUNT)
    known = seen.shape in (Shape.API_ERROR, Shape.ERROR)
    return known and seen.status in (400, 401, 403, 405, 413, 429, 529)


def many(number: int, noun: str) -> str:
    """A number and its noun: ``1 event``, ``3 events``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def ms(value: float) -> str:
    """A time for people: ``212 ms`` or ``3.1 s``."""
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def settled(facts: Facts, *asks: Ask[Observation]) -> Generator[Ask[Observation], None, bool]:
    """Put questions, and tell whether all are answered or refused: ``if not (yield from settled(…)): return``."""
    yield from asks
    return all(facts.asked(ask) for ask in asks)
