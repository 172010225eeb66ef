"""The server's certificate has expired.

## What it means
The certificate is past its last day, and this machine's clock is right.

## Why we believe it
The end of its validity is in the past, also by the clocks of other servers.

## How to fix
The server's owner must renew it.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, settled
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.clock import clocks, server_time, times
from tui.core.rules.tls.names import day, rejected

CODE = "tls-expired"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 10)
    if tls is None or not tls.chain:
        return
    if not (yield from settled(facts, *clocks(facts))):
        return
    now = server_time(facts)
    late = min(c.not_after for c in tls.chain)
    if now is not None and late > now:
        return  # valid at the servers' time: our clock is wrong
    yield Finding(
        CODE,
        f"The certificate of {way.host} expired on {day(late)}",
        "Every client refuses it. The clock of this machine agrees with other servers.",
        (
            Evidence("Valid until", day(late)),
            *times(facts, now),
        ),
        (
            remedies.steps(
                "renew",
                "The server's owner must renew it",
                f"Send: “The certificate of {way.host} expired on {day(late)}.”",
            ),
        ),
        confidence=Confidence.PROVEN if now is not None else Confidence.LIKELY,
    )
