"""Nothing outside can be reached.

## What it means
This machine has no route to the internet, or everything beyond the local network is silent.

## Why we believe it
The system says that it has no route, or none of several well-known hosts can be reached either.

## How to fix
Connect to a network, or reconnect the VPN.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskTcp
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, settled
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "no-internet"
EXPLAINS = {
    "tcp-timeout",
    "tcp-unreachable",
    "tcp-refused",
    "dns-unreachable",
    "dns-server-failure",
    "cfg-preflight-blocked",
    "proxy-timeout",
    "proxy-dns-fail",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or way.tcp is None or way.tcp.ok or way.url.loopback:
        return
    if not way.tcp.errors & {Error.NET_UNREACHABLE, Error.TIMEOUT, Error.HOST_UNREACHABLE}:
        return
    asks = others(facts)
    if not (yield from settled(facts, *asks)):
        return
    answers = [seen for a in asks if (seen := facts.seen(a)) is not None]
    if any(seen.ok or Error.REFUSED in seen.errors for seen in answers):
        return
    no_route = Error.NET_UNREACHABLE in way.tcp.errors
    if not no_route and not answers:
        return
    what = "this machine has no route" if no_route else "no answer"
    yield Finding(
        CODE,
        "This machine cannot reach anything outside",
        "It has no route to the internet, or everything beyond the local network is silent.",
        (
            Evidence(f"{way.host}:{way.url.port}", what),
            *(
                Evidence(f"{a.host}:{a.port}, for comparison", "not reachable either")
                for a in asks[:2]
                if facts.seen(a)
            ),
        ),
        (remedies.steps("connect", "Connect to a network, or reconnect the VPN", "Then run the check again."),),
    )


def others(facts: Facts) -> tuple[AskTcp, ...]:
    """Two well-known hosts, asked only where a failure needs the comparison."""
    return tuple(AskTcp(host, 443) for host in facts.known.canaries[1:3])


def to_allow(facts: Facts, way: Way) -> str:
    """The addresses to ask for: Anthropic's published ranges, or those that the host has."""
    if way.host == "api.anthropic.com" or way.tcp is None:
        return ", ".join(facts.known.ranges)
    return ", ".join(attempt.address for attempt in way.tcp.attempts)
