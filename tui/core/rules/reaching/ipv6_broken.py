"""IPv6 is offered but dead; IPv4 works.

## What it means
The host has an IPv6 address, but packets to it vanish on this network. Programs that try IPv6 first and do not fall
back hang until a time-out; curl hides the problem.

## Why we believe it
Every address was tried: the IPv6 ones time out, an IPv4 one connects.

## How to fix
Prefer IPv4 for Node programs, or repair IPv6 on this network.

## Fix safety
The command only affects this terminal.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "ipv6-broken"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    tcp = Way(facts).tcp
    if tcp is None or not tcp.ok:
        return
    dead = [a for a in tcp.attempts if a.ipv6 and a.error is Error.TIMEOUT]
    good = [a for a in tcp.attempts if not a.ipv6 and a.error is None]
    if not dead or not good or any(a.ipv6 and a.error is None for a in tcp.attempts):
        return
    yield Finding(
        CODE,
        "IPv6 is offered for this host but leads nowhere; IPv4 works",
        "Programs that insist on IPv6 wait for a time-out at every connection.",
        (
            Evidence(f"{dead[0].address} (IPv6)", f"no answer in {ms(dead[0].ms)}"),
            Evidence(f"{good[0].address} (IPv4)", f"connected in {ms(good[0].ms)}"),
        ),
        (
            remedies.run(
                "prefer-ipv4",
                "Prefer IPv4 in Node programs",
                remedies.export(facts, "NODE_OPTIONS", "--dns-result-order=ipv4first"),
            ),
            remedies.steps(
                "repair-ipv6", "Repair or switch off IPv6 on this network", "Ask whoever runs the router or VPN."
            ),
        ),
        Severity.DEGRADING,
    )
