"""The endpoint does not stream.

## What it means
Single answers work; a request for a stream is refused, or answered as one piece.

## Why we believe it
Both were tried, and only streaming fails.

## How to fix
The gateway's owner must enable streaming.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "sse-unsupported"
EXPLAINS = {"api-bad-request"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    stream = way.stream
    if stream is None or not stream.answered or not way.works or stream.events or stream.failure:
        return
    refused = 400 <= stream.status < 500 and stream.status not in (401, 403, 429)
    ignored = stream.status == 200 and stream.shape in (Shape.MESSAGE, Shape.JSON)
    if not refused and not ignored:
        return
    yield Finding(
        CODE,
        f"{way.host} does not stream",
        "Claude Code needs streams. Single answers work here, streams do not.",
        (
            Evidence("Without streaming", "HTTP 200, a message"),
            Evidence("With streaming", reply(stream) if refused else "one piece of JSON instead of events"),
        ),
        (
            remedies.steps(
                "enable-streaming",
                "The gateway's owner must enable streaming",
                f"Send: “{way.host} refuses or ignores stream: true on /v1/messages.”",
            ),
        ),
    )
