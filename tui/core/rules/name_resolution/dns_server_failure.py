"""The name server fails or refuses to answer.

## What it means
A resolver is there and answers, but with an error of its own.

## Why we believe it
The look-up fails within milliseconds, and the name server itself answers SERVFAIL or REFUSED.

## How to fix
Restart or replace the resolver; try again later.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskNameserver
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "dns-server-failure"
EXPLAINS = {"dns-nxdomain", "cfg-preflight-blocked", "proxy-dns-fail"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or way.dns is None or way.dns.error is not Error.TRY_AGAIN:
        return
    ask = AskNameserver(course_host(way))
    server = facts.seen(ask)
    if server is None:
        yield ask
    elif server.rcode in ("SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"):
        yield Finding(
            CODE,
            f"The name server {server.server} fails: it answers {server.rcode}",
            f"Looking up {ask.host} is not possible as long as the name server answers with an error.",
            (
                Evidence(f"Looking up {ask.host}", f"failed after {ms(way.dns.ms)}"),
                Evidence(f"The name server {server.server} itself", server.rcode),
            ),
            (
                remedies.steps(
                    "repair-resolver",
                    "Restart or replace the resolver, then try again",
                    f"The resolver is {server.server} (see /etc/resolv.conf). Try another network if it is not yours.",
                ),
            ),
        )


def course_host(way: Way) -> str:
    """The host whose look-up failed: the proxy's, or the endpoint's."""
    proxy = way.facts.target.proxy
    return proxy.host if proxy else way.host
