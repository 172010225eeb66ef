"""Rows that need no packet of their own: who answered, and what is left of the limits."""

from __future__ import annotations

from collections.abc import Iterator

from tui.core.ask import Stage
from tui.core.events import StageFinished, Status
from tui.core.facts import Facts
from tui.core.gateways import identify
from tui.core.rules.clues import Way
from tui.core.seen import HttpSeen

_KINDS = ("requests", "tokens", "input-tokens", "output-tokens")


def rows(facts: Facts) -> Iterator[StageFinished]:
    """Yield the row of the gateway and the row of the limits, where there is anything to say."""
    answers = [answer for answer in Way(facts).answers if answer.answered]
    if answers and not facts.target.first_party:
        yield gateway(facts, answers)
    limited = next((a for a in answers if limits_of(a) or a.header("retry-after")), None)
    if limited is not None:
        yield limits(facts, limited)


def gateway(facts: Facts, answers: list[HttpSeen]) -> StageFinished:
    """What kind of gateway the endpoint is."""
    found = identify(facts.known.gateways, answers)
    detail = f"{found[0]}, by {found[1]}" if found else "no product that is known by its answers"
    values = (("product", found[0] if found else None),)
    return StageFinished("gateway", Stage.GATEWAY, Way(facts).host, Status.PASS, None, detail, values)


def limits_of(answer: HttpSeen) -> dict[str, tuple[str, str]]:
    """The rate limits in an answer: kind → (left, of how many)."""
    found = {}
    for kind in _KINDS:
        left = answer.header(f"anthropic-ratelimit-{kind}-remaining")
        if left:
            found[kind] = (left, answer.header(f"anthropic-ratelimit-{kind}-limit") or "?")
    return found


def limits(facts: Facts, answer: HttpSeen) -> StageFinished:
    """What is left of the limits, and when to come back."""
    left = limits_of(answer)
    parts = [f"{number} of {whole} {kind.replace('-', ' ')} left" for kind, (number, whole) in left.items()]
    wait = answer.header("retry-after")
    if wait:
        parts.append(f"come back in {wait} s")
    spent = bool(wait) or any(number == "0" for number, _ in left.values())
    values = tuple((kind, f"{number}/{whole}") for kind, (number, whole) in left.items())
    status = Status.WARN if spent else Status.PASS
    return StageFinished("limits", Stage.LIMITS, Way(facts).host, status, None, "; ".join(parts), values)
