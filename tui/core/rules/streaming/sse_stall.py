"""Streams go silent and stay open.

## What it means
A few events arrive, and then nothing more, without an end. Claude Code waits for minutes.

## Why we believe it
Events came, then silence until the time limit; nobody closed the connection.

## How to fix
Try again; check scanners and the VPN.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, many, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "sse-stall"
EXPLAINS = {"http-timeout"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    stream = way.stream
    if stream is None or stream.failure is None or stream.failure.error is not Error.TIMEOUT or stream.status != 200:
        return
    last = stream.events[-1].ms if stream.events else 0.0
    yield Finding(
        CODE,
        "Streams go silent in the middle and stay open",
        "The answer begins and then nothing more comes. Clients wait for minutes before they give up.",
        (
            Evidence("Without streaming", "the answer is complete" if way.works else "not complete"),
            Evidence("With streaming", f"{many(len(stream.events), 'event')}, then silence for {ms(stream.ms - last)}"),
        ),
        (
            remedies.steps(
                "check-path",
                "Try again without VPN, proxy or scanner",
                "If it stays, send this report to whoever runs the gateway or network.",
            ),
        ),
    )
