"""Packets to the right address vanish.

## What it means
A firewall drops the connection without a word, so programs wait until they give up.

## Why we believe it
No answer came in time, while other hosts connect at once.

## How to fix
Ask for access to Anthropic's addresses on port 443, or use the company's proxy or VPN.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, settled
from tui.core.rules.reaching.no_internet import others, to_allow
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tcp-timeout"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        not way.usable
        or not way.direct
        or way.url.loopback
        or way.tcp is None
        or way.tcp.ok
        or way.tcp.errors != {Error.TIMEOUT}
    ):
        return
    asks = others(facts)
    if not (yield from settled(facts, *asks)):
        return
    reached = [(a, seen) for a in asks if (seen := facts.seen(a)) is not None and seen.ok]
    asked = [a for a in asks if facts.seen(a) is not None]
    if asked and not reached:
        return  # nothing else answers either: no-internet
    host, port = course.first_hop(facts.target)
    evidence = [Evidence(f"{host}:{port}", f"no answer in {ms(way.tcp.ms)}")]
    evidence += [
        Evidence(f"{a.host}:{a.port}, for comparison", f"connected in {ms(seen.ms)}") for a, seen in reached[:1]
    ]
    yield Finding(
        CODE,
        f"Packets to {host}:{port} vanish, while other hosts can be reached",
        "A firewall on the way drops them without an answer.",
        tuple(evidence),
        (
            remedies.steps(
                "allow",
                "Ask for access, or use the company's proxy or VPN",
                f"Send to your network's owner: “Please allow {host} ({to_allow(facts, way)}) on port {port}.”",
            ),
        ),
        confidence=Confidence.PROVEN if reached else Confidence.LIKELY,
    )
