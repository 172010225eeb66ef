"""The proxy cannot reach the destination.

## What it means
The proxy works and accepts the request, but fails to connect further.

## Why we believe it
A server error answers the request for a tunnel; the API never saw it.

## How to fix
Report it to the proxy's owner.

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

CODE = "proxy-upstream-fail"
EXPLAINS = {"cfg-preflight-blocked", "gw-upstream-down", "gw-upstream-timeout"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None:
        return
    if way.connect is not None and way.connect.status >= 500 and way.connect.status not in (501, 511):
        status, reason, note = way.connect.status, way.connect.reason, way.connect.header("x-squid-error")
    elif (
        way.url.scheme == "http"
        and way.hello is not None
        and way.hello.status >= 500
        and way.hello.header("x-squid-error")
        and from_proxy(way)
    ):
        status, reason, note = way.hello.status, way.hello.reason, way.hello.header("x-squid-error")
    else:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} cannot reach {way.host}",
        "It took the request and failed to connect further. The API never saw it.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(
                f"Its answer for {way.host}:{way.url.port}", f"{status} {reason}" + (f" ({note})" if note else "")
            ),
        ),
        (
            remedies.steps(
                "report",
                "Report it to the proxy's owner",
                f"Send: “Your proxy answers {status} {reason} to CONNECT "
                f"{way.host}:{way.url.port}{f' ({note})' if note else ''}.”",
            ),
        ),
    )
