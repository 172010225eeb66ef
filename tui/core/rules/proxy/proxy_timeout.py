"""The proxy does not answer.

## What it means
The proxy cannot be reached, or it accepts the connection and then stays silent when it is asked for a tunnel.

## Why we believe it
The hop that timed out is the one to the proxy, not to the API.

## How to fix
Connect the VPN, or remove the proxy setting if you are on another network.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.ask import AskSocks
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "proxy-timeout"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None:
        return
    if way.tcp is not None and not way.tcp.ok and Error.TIMEOUT in way.tcp.errors:
        what, time = "does not accept the connection", way.tcp.ms
    elif way.connect is not None and way.connect.failure is not None and way.connect.failure.error is Error.TIMEOUT:
        ask = AskSocks(proxy.host, proxy.port)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
            return
        if seen.speaks:
            return
        what, time = "accepts the connection but does not answer the request for a tunnel", way.connect.ms
    else:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} {what}",
        "Nothing reaches the API, because the proxy stays silent.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(f"{proxy.host}:{proxy.port}", f"silent for {ms(time)}"),
        ),
        (
            remedies.steps(
                "reach-proxy",
                "Connect the VPN, or remove the proxy setting on this network",
                f"The proxy {proxy.host}:{proxy.port} must be reachable from here.",
            ),
        ),
    )
