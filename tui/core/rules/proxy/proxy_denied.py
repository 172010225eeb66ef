"""The proxy does not allow this destination.

## What it means
The company's proxy forbids the host, often by a category such as "generative AI". Nothing was decrypted; the request
for a tunnel itself was refused.

## Why we believe it
The 403 (or similar) answers the request for a tunnel, before the API is reached.

## How to fix
Ask the proxy's owner to allow the host.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.configuration.cfg_no_proxy_missing import from_proxy
from tui.core.rules.rule import Judgement
from tui.core.url import is_loopback

CODE = "proxy-denied"
EXPLAINS = {"cfg-preflight-blocked", "gw-access-denied", "http-block-page"}
_DENIALS = (401, 403, 429, 451)


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or is_loopback(way.host):
        return
    if way.connect is not None and way.connect.status in _DENIALS:
        status, reason = way.connect.status, way.connect.reason
        note = way.connect.header("x-squid-error") or way.connect.header("server") or way.connect.header("via")
    elif way.url.scheme == "http" and way.hello is not None and way.hello.status in _DENIALS and from_proxy(way):
        status, reason, note = (
            way.hello.status,
            way.hello.reason,
            way.hello.header("x-squid-error") or way.hello.header("via"),
        )
    else:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} does not allow {way.host}",
        "It refuses the request before the API is reached. Your key and settings are not the reason.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(
                f"Its answer for {way.host}:{way.url.port}", f"{status} {reason}" + (f" ({note})" if note else "")
            ),
        ),
        (
            remedies.steps(
                "ask-owner",
                "Ask the proxy's owner to allow it",
                f"Send: “Please allow CONNECT to {way.host}:{way.url.port} on the proxy {proxy.host}; it answers "
                f"{status} {reason}.”",
            ),
        ),
    )
