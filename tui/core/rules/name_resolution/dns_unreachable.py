"""No name server answers.

## What it means
Names cannot be turned into addresses, because the configured resolver does not react at all.

## Why we believe it
The look-up fails, and the name server itself stays silent or refuses the packet, although this machine has a route.

## How to fix
Correct the name server of this connection, or reconnect to the network or VPN.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskNameserver
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.name_resolution.dns_server_failure import course_host
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "dns-unreachable"
EXPLAINS = {"cfg-preflight-blocked", "proxy-dns-fail", "dns-nxdomain"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or way.dns is None or way.dns.error not in (Error.TRY_AGAIN, Error.TIMEOUT, Error.NO_NAME):
        return
    ask = AskNameserver(course_host(way))
    server = facts.seen(ask)
    if server is None:
        yield ask
    elif server.rcode in ("silent", "unreachable"):
        words = "does not answer" if server.rcode == "silent" else "cannot be reached: nothing listens there"
        yield Finding(
            CODE,
            f"The name server {server.server} {words}",
            "Without a name server no host can be found.",
            (
                Evidence(f"Looking up {ask.host}", str(way.dns.error)),
                Evidence(f"The name server {server.server} itself", server.rcode),
            ),
            (
                remedies.steps(
                    "repair-resolver",
                    "Correct the name server, or reconnect to the network or VPN",
                    f"The configured name server is {server.server} (see /etc/resolv.conf).",
                ),
            ),
        )
