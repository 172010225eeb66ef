"""The connection is cut after the request.

## What it means
The connection and TLS work; when the request is sent, somebody resets the connection. Content filters do this.

## Why we believe it
A reset came where the answer should have begun.

## How to fix
Use another network; ask for the host to be exempted from content inspection.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-reset"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.RESET,
        (Hop.TCP, Hop.HEADERS, Hop.SEND),
        "is cut off after the request (reset)",
        "Somebody resets the connection when the request arrives, as content filters do.",
    )
