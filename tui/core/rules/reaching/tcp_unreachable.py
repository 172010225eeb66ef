"""A router says that the address cannot be reached.

## What it means
A device on the way answers with an error instead of letting the packets through.

## Why we believe it
The error came at once, while other hosts can be reached.

## How to fix
Ask the network's owner to allow it.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, settled
from tui.core.rules.reaching.no_internet import others
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tcp-unreachable"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or not way.direct or way.tcp is None or way.tcp.ok:
        return
    if not way.tcp.errors & {Error.HOST_UNREACHABLE, Error.NET_UNREACHABLE}:
        return
    asks = others(facts)
    if not (yield from settled(facts, *asks)):
        return
    reached = [a for a in asks if (seen := facts.seen(a)) is not None and seen.ok]
    if not reached and Error.HOST_UNREACHABLE not in way.tcp.errors:
        return
    host, port = course.first_hop(facts.target)
    yield Finding(
        CODE,
        f"A router says that {host} cannot be reached",
        "The answer comes at once, from a device on the way and not from the host.",
        (
            Evidence(f"{host}:{port}", f"unreachable, after {ms(way.tcp.ms)}"),
            *(Evidence(f"{a.host}:{a.port}, for comparison", "accepts") for a in reached[:1]),
        ),
        (
            remedies.steps(
                "allow", "Ask the network's owner to allow it", f"Send: “Please allow {host} on port {port}.”"
            ),
        ),
        confidence=Confidence.PROVEN if reached else Confidence.LIKELY,
    )
