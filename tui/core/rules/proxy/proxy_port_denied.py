"""The proxy does not allow this port.

## What it means
The proxy lets clients out to port 443 only, and the gateway listens on another one.

## Why we believe it
The tunnel to the gateway's port is refused; a tunnel to the same host on 443 is not.

## How to fix
Let the gateway bypass the proxy (NO_PROXY), ask for the port, or serve the gateway on 443.

## Fix safety
Your choice, and offered only for a private host that answers directly: whether it may bypass the proxy is for you and
your company to decide.
"""

from __future__ import annotations

from tui.core import course
from tui.core.ask import AskConnect
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.configuration.cfg_no_proxy_missing import bypass
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
    direct = course.hello(facts.target, way.url, None, detour=True)
    answered = facts.seen(direct) if way.private else None
    if way.private and not facts.asked(direct):
        yield direct
        return
    found: list[Remedy] = []
    if answered is not None and answered.answered and answered.status < 500:
        found.append(bypass(facts, way.host))
    found.append(
        remedies.steps(
            "ask-port",
            "Ask the proxy's owner for the port",
            f"Send: “Please allow CONNECT to {way.host}:{way.url.port} on the proxy {proxy.host}.”",
        )
    )
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} does not allow port {way.url.port}",
        f"It refuses a tunnel to {way.host}:{way.url.port}, but not to port 443 of the same host.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(f"Tunnel to {way.host}:{way.url.port}", f"{way.connect.status} {way.connect.reason}"),
            Evidence(f"Tunnel to {way.host}:443", f"{seen.status} {seen.reason}"),
        ),
        tuple(found),
    )
