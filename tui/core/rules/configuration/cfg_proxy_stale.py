"""A proxy is configured that is not there, and none is needed.

## What it means
A proxy variable is left over from another network or a program that is no longer running. Nothing accepts connections
at its address, and the API answers without it.

## Why we believe it
The connection to the proxy is refused; the same request without proxy is answered.

## How to fix
Remove the variable, or start the proxy program if you meant to use it.

## Fix safety
Your choice: the proxy may be wanted on another network.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-proxy-stale"
EXPLAINS = {"proxy-down", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy, setting = Way(facts), facts.target.proxy, facts.target.proxy_setting
    if not way.usable or proxy is None or setting is None or way.tcp is None or way.tcp.errors != {Error.REFUSED}:
        return
    ask = course.hello(facts.target, way.url, None, detour=True)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if not seen.answered:
        return
    yield Finding(
        CODE,
        f"Requests go to a proxy at {proxy.host}:{proxy.port} that is not there, and none is needed",
        f"Every request is sent through {proxy}, and nothing accepts connections there. Without it {way.host} answers.",
        (
            where("The proxy in force", setting),
            Evidence(f"{proxy.host}:{proxy.port}", "refuses connections"),
            Evidence("Without the proxy the endpoint answers", f"HTTP {seen.status} in {ms(seen.ms)}"),
        ),
        (
            remedies.drop(facts, setting, "drop-proxy", f"Remove {setting.name}", Applicability.CHOICE),
            remedies.steps(
                "start-proxy",
                "Or start the proxy program",
                f"Start whatever should listen at {proxy.host}:{proxy.port}.",
            ),
        ),
    )
