"""Quiet streams are cut after a fixed time.

## What it means
A device closes connections on which nothing was sent for a while. The model thinks longer than that, so answers are
lost.

## Why we believe it
The stream was closed after a silence many times longer than the usual pause between events.

## How to fix
Raise the idle time-out on the load balancer or proxy to at least ten minutes.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from itertools import pairwise

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, HttpSeen

CODE = "sse-idle-cut"
EXPLAINS = {"sse-cut"}
_QUIET = 600.0
"""Milliseconds of silence before the end that cannot be the usual pause between two events."""


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    stream = way.stream
    if stream is None or stream.failure is None or stream.failure.error not in (Error.CLOSED, Error.RESET):
        return
    if stream.status != 200 or not way.works or not quiet_before_end(stream):
        return
    silence = stream.ms - stream.events[-1].ms
    yield Finding(
        CODE,
        f"Somebody cuts streams that are quiet for {ms(silence)}",
        "The model may think longer than that before it goes on, and the answer is lost.",
        (
            Evidence("Events that arrived", f"{len(stream.events)}, the last after {ms(stream.events[-1].ms)}"),
            Evidence("Then silence, and the connection was", f"{stream.failure.error} after {ms(silence)}"),
        ),
        (
            remedies.steps(
                "raise-idle",
                "Raise the idle time-out on the load balancer or proxy",
                "At least ten minutes, on the client's side and on the server's.",
            ),
        ),
        confidence=Confidence.LIKELY,
    )


def quiet_before_end(stream: HttpSeen) -> bool:
    """True if the stream ended after a silence that is long by its own measure."""
    if len(stream.events) < 2:
        return False
    times = [event.ms for event in stream.events]
    longest = max(b - a for a, b in pairwise(times))
    silence = stream.ms - times[-1]
    return silence > _QUIET and silence > 2 * longest
