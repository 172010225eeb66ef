"""Answers are not encoded as they say.

## What it means
The header says gzip, the body is not: a device on the way unpacks answers and forgets to say so.

## Why we believe it
The body could not be decoded as announced.

## How to fix
Bypass that device for this host.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-bad-encoding"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.BAD_ENCODING,
        (Hop.BODY,),
        "sends answers that are not encoded as they say",
        "A device on the way unpacks answers but keeps the header that says they are packed.",
    )
