"""The server hangs up during the TLS handshake.

## What it means
The port opens and the other side closes without a word: a load balancer without a backend, or a filter.

## Why we believe it
An orderly close came after the first message of the handshake.

## How to fix
Ask the server's or the network's owner.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tls-closed"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.direct or way.tls is None or way.tls.failure is None or way.tls.failure.error is not Error.CLOSED:
        return
    yield Finding(
        CODE,
        f"{way.host} hangs up during the TLS handshake",
        "The port opens, and the other side closes it in an orderly way before any certificate is sent.",
        (Evidence("After the first message of the handshake", "closed by the other side"),),
        (
            remedies.steps(
                "ask-owner",
                "Ask the server's or the network's owner",
                f"Send: “{way.host}:{way.url.port} closes the connection after the ClientHello.”",
            ),
        ),
    )
