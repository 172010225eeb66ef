"""Streams are cut before their end.

## What it means
Single answers arrive, but streams are closed in the middle. Claude Code falls back to single answers in silence, so it
works, only slower.

## Why we believe it
The same question is answered whole without streaming; the stream ends without its last event.

## How to fix
Find the device that cuts: try without proxy or VPN.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, many, ms
from tui.core.rules.rule import Judgement
from tui.core.rules.streaming.sse_idle_cut import quiet_before_end
from tui.core.seen import Error

CODE = "sse-cut"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    stream = way.stream
    if stream is None or stream.failure is None or stream.status != 200 or not way.works:
        return
    if stream.failure.error not in (Error.CLOSED, Error.RESET, Error.TRUNCATED, Error.BAD_ENCODING) or quiet_before_end(
        stream
    ):
        return
    yield Finding(
        CODE,
        "Streams are cut before their end",
        "Single answers arrive. Clients fall back to them or report a dropped connection.",
        (
            Evidence("Without streaming", "the answer is complete"),
            Evidence(
                "With streaming",
                f"{many(len(stream.events), 'event')}, then {stream.failure.error} after {ms(stream.ms)}",
            ),
        ),
        (
            remedies.steps(
                "find-device",
                "Find the device that cuts: try without proxy or VPN",
                "Ask for text/event-stream to be exempted from scanning.",
            ),
        ),
        Severity.DEGRADING,
    )
