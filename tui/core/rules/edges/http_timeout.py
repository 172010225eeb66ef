"""The request is never answered.

## What it means
The connection and TLS work; the request is sent and nothing comes back, not even for the smallest request.

## Why we believe it
No byte of an answer came within the time limit.

## How to fix
Try again later; look at the status page; ask the gateway's owner.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-timeout"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.TIMEOUT,
        (Hop.HEADERS, Hop.SEND, Hop.BODY),
        "takes the request and never answers",
        "The connection works, but no answer comes within the time limit.",
    )
