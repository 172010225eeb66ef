"""What listens at the proxy's address is not an HTTP proxy.

## What it means
The port belongs to a web server or to the SOCKS side of the proxy software.

## Why we believe it
A request for a tunnel gets no proxy's answer; a SOCKS greeting or an ordinary web answer shows what it is.

## How to fix
Use the HTTP port of the proxy software.

## Fix safety
Nothing is changed on this machine: only you know the port.
"""

from __future__ import annotations

from tui.core.ask import AskSocks
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "proxy-not-a-proxy"
EXPLAINS = {"proxy-closes", "proxy-timeout", "proxy-denied", "cfg-preflight-blocked"}
_WEB = (400, 404, 405, 501)


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or way.connect is None or way.connect.ok:
        return
    seen, what = way.connect, ""
    if seen.status in _WEB:
        what = f"a web server ({seen.header('server') or f'it answers {seen.status} to CONNECT'})"
    elif seen.failure is not None and seen.failure.hop is Hop.CONNECT:
        ask = AskSocks(proxy.host, proxy.port)
        socks = facts.seen(ask)
        if socks is None:
            yield ask
            return
        if socks.speaks:
            what = "a SOCKS server"
        elif seen.failure.error is Error.NOT_HTTP:
            what = "something that does not speak HTTP"
    if not what:
        return
    yield Finding(
        CODE,
        f"What listens at {proxy.host}:{proxy.port} is not an HTTP proxy but {what}",
        "The proxy setting points at the wrong port or the wrong program.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(
                "Asked for a tunnel",
                f"HTTP {seen.status} {seen.reason}" if seen.status else str(seen.failure and seen.failure.error),
            ),
            Evidence("The port is", what),
        ),
        (
            remedies.steps(
                "http-port",
                "Use the HTTP port of the proxy software",
                "Most proxy programs list an HTTP (or “mixed”) and a SOCKS port.",
            ),
        ),
    )
