"""The name server returns a foreign address for Anthropic's host.

## What it means
The name resolves, but to an address that is not Anthropic's, and what answers there is not the API.

## Why we believe it
Anthropic publishes its addresses; this one is outside them, the hosts file is not the reason, and the endpoint fails.

## How to fix
Use another resolver, or DNS over TLS. On a home network, check the router.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

import ipaddress

from tui.core.ask import AskDns
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "dns-hijack"
EXPLAINS = {
    "tls-hostname-mismatch",
    "tls-intercepted-untrusted",
    "tls-self-signed",
    "tcp-timeout",
    "tcp-refused",
    "cf-waf-block",
    "http-block-page",
    "tls-reset",
    "tls-closed",
    "region-blocked",
    "http-empty-reply",
    "cfg-preflight-blocked",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not foreign(facts, way) or way.dns is None or way.dns.hosts_line:
        return
    other = AskDns(facts.known.canaries[1])
    seen = facts.seen(other)
    if seen is None and not facts.asked(other):
        yield other
        return
    if seen is not None and set(seen.addresses) & set(way.dns.addresses):
        return  # every name leads there: a captive portal, not this name alone
    yield Finding(
        CODE,
        f"The name server sends {way.host} to {way.dns.addresses[0]}, which is not Anthropic's",
        "What answers there is not the API. Only this name is affected.",
        (
            Evidence(f"{way.host} resolves to", ", ".join(way.dns.addresses[:3])),
            Evidence("Anthropic's published addresses", ", ".join(facts.known.ranges)),
            Evidence("The endpoint at that address", _trouble(way)),
        ),
        (
            remedies.steps(
                "other-resolver",
                "Use another resolver or DNS over TLS",
                "On a home network, check the router's DNS settings.",
            ),
        ),
    )


def foreign(facts: Facts, way: Way) -> bool:
    """True if Anthropic's host resolves outside its published ranges, and what is there does not work."""
    if not way.usable or not way.direct or way.host != "api.anthropic.com" or way.dns is None or not way.dns.addresses:
        return False
    if way.works or way.dns.detoured or any(_inside(a, facts.known.ranges) or unreal(a) for a in way.dns.addresses):
        return False
    return bool(_trouble(way))


def unreal(address: str) -> bool:
    """True for addresses that no public host has: unspecified and loopback."""
    parsed = ipaddress.ip_address(address.split("%")[0])
    return parsed.is_unspecified or parsed.is_loopback


def _inside(address: str, ranges: tuple[str, ...]) -> bool:
    parsed = ipaddress.ip_address(address.split("%")[0])
    return any(parsed in ipaddress.ip_network(r) for r in ranges)


def _trouble(way: Way) -> str:
    if way.tcp is not None and not way.tcp.ok:
        return "does not accept connections"
    if way.tls is not None and way.tls.failure is not None:
        detail = way.tls.verify_message or str(way.tls.failure.error)
        return f"TLS fails: {detail}"
    if way.hello is not None and (way.hello.failure or (way.hello.status != 200 and not way.hello.request_id)):
        return (
            f"HTTP {way.hello.status} {way.hello.title or way.hello.error_message}".strip()
            if way.hello.answered
            else str(Error.CLOSED)
        )
    return ""
