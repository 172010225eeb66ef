"""The server hangs up without an answer.

## What it means
The connection and TLS work; after the request the other side closes without a word.

## Why we believe it
An orderly close came where the answer should have begun.

## How to fix
Try again; a device on the way or the backend may have crashed.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-empty-reply"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.CLOSED,
        (Hop.HEADERS, Hop.SEND),
        "hangs up after the request, without an answer",
        "A device on the way or the server's backend closes the connection when the request arrives.",
    )
