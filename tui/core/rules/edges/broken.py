"""Answers that break off: one finding for each way in which they do (pure)."""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop, HttpSeen


def broken(facts: Facts, code: str, error: Error, hops: tuple[Hop, ...], title: str, explanation: str) -> Judgement:
    """Yield the finding if an answer of the endpoint broke off like this. Streams have rules of their own."""
    way = Way(facts)
    seen = next((a for a in (way.hello, way.models, way.message) if fits(a, error, hops)), None)
    if seen is None or seen.failure is None:
        return
    ends = {"hello": way.hello, "list of models": way.models, "message": way.message}
    evidence = [Evidence(f"Request “{name}”", _words(answer)) for name, answer in ends.items() if answer is not None]
    yield Finding(
        code,
        f"{way.host} {title}",
        explanation,
        tuple(evidence),
        (
            remedies.steps(
                "try-again",
                "Try again, on another network if you can",
                f"If it stays: look at {facts.known.status_url}, or send this report to whoever runs {way.host} or "
                "your network.",
            ),
        ),
    )


def fits(seen: HttpSeen | None, error: Error, hops: tuple[Hop, ...]) -> bool:
    """True if the exchange failed this way at one of these hops."""
    return seen is not None and seen.failure is not None and seen.failure.error is error and seen.failure.hop in hops


def _words(seen: HttpSeen) -> str:
    if seen.failure is None:
        return f"HTTP {seen.status} after {ms(seen.ms)}"
    return f"{seen.failure.error} after {ms(seen.ms)}, {seen.received} bytes received"
