"""What time it is elsewhere: Date headers, fetched without trusting a certificate (pure)."""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.ask import AskHttp
from tui.core.facts import Facts
from tui.core.model import Evidence, Trust
from tui.core.rules.tls.names import day
from tui.core.url import Url


def clocks(facts: Facts) -> tuple[AskHttp, ...]:
    """A connectivity check in clear text, and the endpoint itself without verification and without credentials."""
    canary = AskHttp("GET", Url("http", facts.known.canaries[0], 80), "/generate_204", None, Trust())
    own = replace(course.hello(facts.target), trust=replace(facts.target.trust, verify=False))
    return (canary, own)


def server_time(facts: Facts) -> float | None:
    """Now, by the first server that told the time (seconds since 1970), or None."""
    for ask in clocks(facts):
        seen = facts.seen(ask)
        if seen is not None and seen.skew is not None:
            return facts.now - seen.skew
    return None


def times(facts: Facts, now: float | None) -> tuple[Evidence, ...]:
    """Evidence of the time here and, where a server told it, elsewhere."""
    here = Evidence("Time here", day(facts.now))
    return (here,) if now is None else (here, Evidence("Time by the servers' clocks", day(now)))
