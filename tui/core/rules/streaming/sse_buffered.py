"""Streams arrive in one burst at the end.

## What it means
Something collects the whole answer and passes it on when it is complete. It works, but you see nothing until then, and
long answers may time out.

## Why we believe it
All events arrived together, long after a single answer would have been there.

## How to fix
Ask for text/event-stream to be exempted from scanning.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement

CODE = "sse-buffered"
EXPLAINS: set[str] = set()
_BURST, _LATE = 100.0, 500.0
"""Milliseconds: all events within _BURST, the first one later than _LATE and than three single answers."""


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    stream, single = way.stream, way.message
    if stream is None or stream.failure or single is None or len(stream.events) < 5:
        return
    first, last = stream.events[0].ms, stream.events[-1].ms
    if last - first > _BURST or first < _LATE or first < 3 * single.first_byte_ms:
        return
    yield Finding(
        CODE,
        "Streams arrive in one burst at their end",
        "Something on the way collects the whole answer first. You see nothing until it is complete.",
        (
            Evidence(f"All {len(stream.events)} events arrived within", ms(last - first)),
            Evidence("The first of them after", ms(first)),
            Evidence("A single answer took", ms(single.first_byte_ms)),
        ),
        (
            remedies.steps(
                "exempt",
                "Ask for text/event-stream to be exempted from scanning",
                "It is the proxy or scanner between you and the API that buffers.",
            ),
        ),
        Severity.DEGRADING,
        Confidence.LIKELY,
    )
