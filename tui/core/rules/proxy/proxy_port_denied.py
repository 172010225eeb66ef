"""The proxy does not allow this port.

## What it means
The proxy lets clients out to port 443 only, and the gateway listens on another one.

## Why we believe it
The tunnel to the gateway's port is refused; a tunnel to the same host on 443 is not.

## How to fix
Ask for the port, serve the gateway on 443, or let the gateway bypass the proxy (NO_PROXY) if that is allowed.

## Fix safety
Nothing is changed on this machine: bypassing a company proxy is not ours to decide.
"""

from __future__ import annotations

from tui.core.ask import AskConnect
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.url import is_loopback

CODE = "proxy-port-denied"
EXPLAINS = {"proxy-denied", "cfg-no-proxy-missing", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if (
        not way.usable
        or proxy is None
        or way.connect is None
        or way.connect.status not in (403, 405)
        or way.url.port == 443
    ):
        return
    if is_loopback(way.host):
        return
    ask = AskConnect(proxy, way.host, 443)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if not seen.status or seen.status == way.connect.status:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} does not allow port {way.url.port}",
        f"It refuses a tunnel to {way.host}:{way.url.port}, but not to port 443 of the same host.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(f"Tunnel to {way.host}:{way.url.port}", f"{way.connect.status} {way.connect.reason}"),
            Evidence(f"Tunnel to {way.host}:443", f"{seen.status} {seen.reason}"),
        ),
        (
            remedies.steps(
                "ask-port",
                "Ask for the port, or reach the gateway without the proxy",
                f"Send: “Please allow CONNECT to {way.host}:{way.url.port}.” Or, if your rules permit it, set NO_PROXY={way.host}.",
            ),
        ),
    )
