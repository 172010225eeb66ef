"""The right address refuses the connection.

## What it means
A firewall answers in the host's place and rejects the connection, or nothing listens there.

## Why we believe it
The address is right, it refuses, and other hosts on the same port accept.

## How to fix
Ask for access to Anthropic's addresses on port 443, or use the company's proxy.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, settled
from tui.core.rules.reaching.no_internet import others, to_allow
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tcp-refused"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        not way.usable
        or not way.direct
        or way.url.loopback
        or way.tcp is None
        or way.tcp.ok
        or Error.REFUSED not in way.tcp.errors
    ):
        return
    asks = others(facts)
    if not (yield from settled(facts, *asks)):
        return
    reached = [a for a in asks if (seen := facts.seen(a)) is not None and seen.ok]
    refused = [a for a in asks if (seen := facts.seen(a)) is not None and Error.REFUSED in seen.errors]
    if refused and not reached:
        return  # everything is refused: a portal or a firewall for all
    addresses = ", ".join(a.address for a in way.tcp.attempts if a.error is Error.REFUSED)
    evidence = [Evidence(f"{way.host}:{way.url.port}", f"refuses connections ({addresses})")]
    evidence += [Evidence(f"{a.host}:{a.port}, for comparison", "accepts") for a in reached[:1]]
    host, port = course.first_hop(facts.target)
    yield Finding(
        CODE,
        f"{host}:{port} refuses the connection, while other hosts accept",
        "A firewall rejects it, or nothing listens at that address and port.",
        tuple(evidence),
        (
            remedies.steps(
                "allow",
                "Ask for access, or use the company's proxy",
                f"Send to your network's owner: “Please allow {host} ({to_allow(facts, way)}) on port {port}.”",
            ),
        ),
        confidence=Confidence.PROVEN if reached else Confidence.LIKELY,
    )
