"""The gateway on this machine listens but does not accept.

## What it means
A process holds the port, but it hangs.

## Why we believe it
A connection to this machine itself times out, which no firewall would cause.

## How to fix
Restart the gateway process.

## Fix safety
Nothing is changed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "gw-hung"
EXPLAINS = {"tcp-timeout", "no-internet"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        not way.usable
        or not way.direct
        or not way.url.loopback
        or way.tcp is None
        or way.tcp.ok
        or Error.TIMEOUT not in way.tcp.errors
    ):
        return
    yield Finding(
        CODE,
        f"The gateway at {way.host}:{way.url.port} hangs: it does not accept connections",
        "A process holds the port and does not react.",
        (
            where("The base URL in force", facts.winner("ANTHROPIC_BASE_URL")),
            Evidence(f"{way.host}:{way.url.port}", f"no answer in {ms(way.tcp.ms)}"),
        ),
        (remedies.steps("restart-gateway", "Restart the gateway process", f"Find it with: lsof -i :{way.url.port}"),),
    )
