"""The proxy that is needed refuses connections.

## What it means
Nothing accepts connections at the proxy's address, and this network lets nothing out without it.

## Why we believe it
The proxy refuses, and the direct way is closed too.

## How to fix
Start the proxy program, or correct its port.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "proxy-down"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or way.tcp is None or way.tcp.ok or Error.REFUSED not in way.tcp.errors:
        return
    ask = course.hello(facts.target, way.url, None, detour=True)
    seen = facts.seen(ask)
    if seen is None and not facts.asked(ask):
        yield ask
        return
    direct = (
        []
        if seen is None
        else [Evidence("Without the proxy", "answers" if seen.answered else str(seen.failure and seen.failure.error))]
    )
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} is not running",
        "Every request is sent to it, and nothing accepts connections there.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence(f"{proxy.host}:{proxy.port}", "refuses connections"),
            *direct,
        ),
        (
            remedies.steps(
                "start-proxy",
                "Start the proxy program, or correct its port",
                f"Something must listen at {proxy.host}:{proxy.port}.",
            ),
        ),
        confidence=Confidence.PROVEN if seen is not None and not seen.answered else Confidence.LIKELY,
    )
