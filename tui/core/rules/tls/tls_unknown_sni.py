"""The server does not know this host name.

## What it means
Several sites share the address, and the server has none under the name in the base URL.

## Why we believe it
The server answered with TLS alert 112, "unrecognized name".

## How to fix
Use the host name that the gateway is configured for.

## Fix safety
Nothing is changed on this machine: only the gateway's owner knows the name.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement

CODE = "tls-unknown-sni"
EXPLAINS = {"tls-alert", "tls-closed"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tls is None or way.tls.failure is None or way.tls.alert != 112:
        return
    yield Finding(
        CODE,
        f"The server does not know the name {way.host}",
        "It is there, but serves other names.",
        (
            where("The base URL in force", facts.winner("ANTHROPIC_BASE_URL")),
            Evidence("The server sent", "alert 112 (unrecognized name)"),
        ),
        (
            remedies.steps(
                "right-name", "Use the host name that the gateway is configured for", "Ask the gateway's owner for it."
            ),
        ),
    )
