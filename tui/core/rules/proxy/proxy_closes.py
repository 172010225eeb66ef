"""The proxy hangs up when asked for a tunnel.

## What it means
The proxy accepts the connection and closes it at the request. Often it only serves certain source addresses.

## Why we believe it
The connection was closed after the request for a tunnel and before any answer; the port does not speak SOCKS.

## How to fix
Ask the proxy's owner about source-address rules.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskSocks
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "proxy-closes"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or way.connect is None or way.connect.failure is None:
        return
    failure = way.connect.failure
    if failure.hop is not Hop.CONNECT or failure.error not in (Error.CLOSED, Error.RESET):
        return
    ask = AskSocks(proxy.host, proxy.port)
    socks = facts.seen(ask)
    if socks is None:
        yield ask
        return
    if socks.speaks:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} hangs up when asked for a tunnel",
        "It accepts the connection, reads the request, and closes without an answer.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence("After CONNECT", f"the connection was {failure.error}"),
        ),
        (
            remedies.steps(
                "ask-owner",
                "Ask the proxy's owner",
                f"Send: “{proxy.host}:{proxy.port} closes my connection after CONNECT {way.host}:{way.url.port}. Is "
                "my address allowed?”",
            ),
        ),
    )
