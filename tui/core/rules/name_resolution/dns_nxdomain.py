"""The name server says that the host does not exist.

## What it means
The name is spelt right, but the resolver of this network answers that there is no such host. Filters and split company
networks do this.

## Why we believe it
The look-up fails at once with "no such name", while other names resolve.

## How to fix
Use another resolver, connect the VPN that knows the name, or ask whoever runs the resolver why it is filtered.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskDns, AskNameserver
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "dns-nxdomain"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or not way.direct or way.dns is None or way.dns.error is not Error.NO_NAME:
        return
    asks = (AskNameserver(way.host), AskDns(facts.known.canaries[1]))
    server, other = facts.seen(asks[0]), facts.seen(asks[1])
    yield from asks
    if server is None or (other is None and not facts.asked(asks[1])):
        return
    if server.rcode in ("SERVFAIL", "REFUSED", "silent", "unreachable"):
        return  # the resolver failed; it did not say no
    evidence = [Evidence(f"Looking up {way.host}", "no such name")]
    if server.rcode != "unavailable":
        evidence.append(Evidence(f"The name server {server.server} itself", server.rcode))
    if other is not None and other.addresses:
        evidence.append(Evidence(f"Another name, {facts.known.canaries[1]}", "resolves"))
    yield Finding(
        CODE,
        f"The name server of this network says that {way.host} does not exist",
        "The name is spelt as it should be, so this network's resolver hides it or does not know it.",
        tuple(evidence),
        (
            remedies.steps(
                "other-resolver",
                "Use another resolver, or ask why the name is hidden",
                f"Send to your network's owner: “{way.host} must resolve; your name server {server.server or ''} "
                "answers NXDOMAIN.”",
            ),
        ),
        confidence=Confidence.PROVEN if other is not None and other.addresses else Confidence.LIKELY,
    )
