"""The proxy's name does not resolve.

## What it means
The proxy setting names a host that this network does not know: a slip of the pen, or the company's VPN is not
connected.

## Why we believe it
The look-up of the proxy's name fails; the endpoint's name resolves.

## How to fix
Correct the proxy's name, or connect the VPN.

## Fix safety
Nothing is changed on this machine: only you know the right name.
"""

from __future__ import annotations

from tui.core.ask import AskDns
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "proxy-dns-fail"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or way.dns is None or way.dns.error is None:
        return
    if way.dns.error not in (Error.NO_NAME, Error.NO_ADDRESS, Error.TRY_AGAIN, Error.TIMEOUT):
        return
    ask = AskDns(way.host)
    other = facts.seen(ask)
    if other is None:
        yield ask
        return
    evidence = [
        where("The proxy in force", facts.target.proxy_setting),
        Evidence(f"Looking up {proxy.host}", str(way.dns.error)),
    ]
    if other.addresses:
        evidence.append(Evidence(f"Looking up {way.host}", "works"))
    yield Finding(
        CODE,
        f"The proxy's name, {proxy.host}, does not resolve",
        "Claude Code reports this as if the API could not be reached; it never gets past the proxy's name.",
        tuple(evidence),
        (
            remedies.steps(
                "right-proxy",
                "Correct the proxy's name, or connect the VPN that knows it",
                f"{facts.target.proxy_setting.name if facts.target.proxy_setting else 'The proxy'} names {proxy.host}.",
            ),
        ),
    )
