"""Answers are cut short.

## What it means
The answer is shorter than announced: a scanner or proxy cuts it.

## Why we believe it
Fewer bytes came than the header said.

## How to fix
Bypass the scanner or proxy for this host.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-truncated"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.TRUNCATED,
        (Hop.BODY,),
        "sends answers that are cut short",
        "The answer is shorter than its header says, so the client cannot use it.",
    )
