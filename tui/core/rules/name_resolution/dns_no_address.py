"""The host's name exists but has no address.

## What it means
The name server knows the name and returns an empty answer. Some filters do that instead of denying the name.

## Why we believe it
The look-up ends with "no address", and the name server answers without an error.

## How to fix
Use another resolver, or ask whoever runs this one.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskNameserver
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "dns-no-address"
EXPLAINS = {"dns-nxdomain", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or not way.direct or way.dns is None or way.dns.error not in (Error.NO_ADDRESS, Error.NO_NAME):
        return
    ask = AskNameserver(way.host)
    server = facts.seen(ask)
    if server is None:
        yield ask
        return
    empty = server.rcode == "NOERROR" and not server.addresses
    if not (empty or (way.dns.error is Error.NO_ADDRESS and server.rcode == "unavailable")):
        return
    yield Finding(
        CODE,
        f"{way.host} exists, but the name server gives no address for it",
        "The answer is empty, so there is nothing to connect to.",
        (
            Evidence(f"Looking up {way.host}", str(way.dns.error)),
            Evidence(f"The name server {server.server} itself", f"{server.rcode}, no address"),
        ),
        (
            remedies.steps(
                "other-resolver",
                "Use another resolver",
                f"Ask the owner of {server.server or 'the name server'} for an address (A record) of {way.host}.",
            ),
        ),
    )
