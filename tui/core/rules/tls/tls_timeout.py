"""The TLS handshake is never answered.

## What it means
The port opens and then nothing comes. Neither small packets nor large ones get an answer.

## Why we believe it
No byte came after the first message, also when sent in small segments.

## How to fix
Try another network; ask the server's owner whether its backend is alive.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "tls-timeout"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        way.tls is None
        or way.tls.failure is None
        or way.tls.failure.error is not Error.TIMEOUT
        or way.tls.failure.hop is not Hop.TLS
    ):
        return
    small = facts.seen(replace(course.tls(facts.target), mss=536))
    if small is not None and (small.ok or (small.failure and small.failure.error is Error.VERIFY)):
        return
    yield Finding(
        CODE,
        f"{way.host} accepts the connection but never answers the TLS handshake",
        "Something on the way, or a dead backend, swallows it.",
        (
            Evidence("After the first message of the handshake", f"silence for {ms(way.tls.ms)}"),
            *((Evidence("The same in small segments", "silence too"),) if small is not None else ()),
        ),
        (
            remedies.steps(
                "other-network",
                "Try another network, and ask the server's owner",
                f"Send: “{way.host}:{way.url.port} accepts TCP but does not answer TLS.”",
            ),
        ),
    )
