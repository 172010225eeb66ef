"""A blocker answers with an address that leads nowhere.

## What it means
The resolver returns 0.0.0.0 or an address of this machine for the host. Ad blockers and filters block names that way,
so the client reports a refused connection although nobody refused it.

## Why we believe it
The address is the unspecified one; the hosts file is not the reason.

## How to fix
Allow the name in the blocker (Pi-hole, AdGuard, company filter).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.name_resolution.dns_hijack import unreal
from tui.core.rules.rule import Judgement
from tui.core.url import is_loopback

CODE = "dns-sinkhole"
EXPLAINS = {
    "tcp-refused",
    "tcp-timeout",
    "gw-not-running",
    "no-internet",
    "tcp-unreachable",
    "cfg-preflight-blocked",
    "dns-hijack",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        not way.usable
        or not way.direct
        or way.dns is None
        or way.dns.hosts_line
        or way.dns.detoured
        or is_loopback(way.host)
    ):
        return
    if not way.dns.addresses or not all(unreal(a) for a in way.dns.addresses):
        return
    yield Finding(
        CODE,
        f"A blocker hides {way.host}: it resolves to {way.dns.addresses[0]}",
        "That address belongs to no host. Connections to it are refused by this machine itself.",
        (
            Evidence(f"{way.host} resolves to", ", ".join(way.dns.addresses)),
            Evidence("The hosts file", "has no entry for it"),
        ),
        (
            remedies.steps(
                "allow-name",
                f"Allow {way.host} in the blocker",
                "Pi-hole, AdGuard, NextDNS or the company's filter: add it to the allow list.",
            ),
        ),
    )
