"""The server's certificate is not valid yet.

## What it means
The certificate begins in the future, and this machine's clock is right.

## Why we believe it
The beginning of its validity is in the future, also by the clocks of other servers.

## How to fix
The server's owner must correct the certificate or the server's clock.

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

CODE = "tls-not-yet-valid"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 9)
    if tls is None or not tls.chain:
        return
    if not (yield from settled(facts, *clocks(facts))):
        return
    now = server_time(facts)
    begin = max(c.not_before for c in tls.chain)
    if now is not None and begin < now:
        return
    yield Finding(
        CODE,
        f"The certificate of {way.host} is not valid before {day(begin)}",
        "Every client refuses it. The clock of this machine agrees with other servers.",
        (
            Evidence("Valid from", day(begin)),
            *times(facts, now),
        ),
        (
            remedies.steps(
                "reissue",
                "The server's owner must correct it",
                f"Send: “The certificate of {way.host} is valid only from {day(begin)}.”",
            ),
        ),
        confidence=Confidence.PROVEN if now is not None else Confidence.LIKELY,
    )
