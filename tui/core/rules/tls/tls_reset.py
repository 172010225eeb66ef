"""The connection is cut during the TLS handshake.

## What it means
The port opens, and the moment the client names the host the connection is reset. Network filters do this.

## Why we believe it
The reset came right after the first message of the handshake.

## How to fix
Use a network that allows it, or the company's proxy.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tls-reset"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.direct or way.tls is None or way.tls.failure is None or way.tls.failure.error is not Error.RESET:
        return
    ask = replace(course.tls(facts.target), sni="example.com", trust=replace(facts.target.trust, verify=False))
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    other = "answered, so the name is what is filtered" if seen.ok else "cut too, so the whole address is filtered"
    yield Finding(
        CODE,
        f"The connection to {way.host} is cut during the TLS handshake",
        "The port opens, but a device on the way resets the connection as soon as the handshake begins.",
        (
            Evidence(f"After the first message to {way.host}", "reset"),
            Evidence("The same address under another name", other),
        ),
        (
            remedies.steps(
                "other-network",
                "Use an allowed network, or the company's proxy",
                f"Send to your network's owner: “TLS connections to {way.host} are reset after the ClientHello.”",
            ),
        ),
    )
