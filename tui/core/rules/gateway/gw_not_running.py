"""The gateway on this machine is not running.

## What it means
The base URL names this machine, and nothing listens on that port.

## Why we believe it
This machine itself refuses the connection.

## How to fix
Start the gateway (for example ccr start, or litellm), or remove ANTHROPIC_BASE_URL to use the API directly.

## Fix safety
Removing the base URL is your choice: the key may belong to the gateway.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "gw-not-running"
EXPLAINS = {"tcp-refused"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        not way.usable
        or not way.direct
        or not way.url.loopback
        or way.tcp is None
        or way.tcp.errors != {Error.REFUSED}
        or way.tcp.ok
    ):
        return
    setting = facts.winner("ANTHROPIC_BASE_URL")
    yield Finding(
        CODE,
        f"Nothing is listening at {way.host}:{way.url.port}, where your gateway should be",
        "The base URL names this machine, and no program accepts connections on that port.",
        (where("The base URL in force", setting), Evidence(f"{way.host}:{way.url.port}", "refuses connections")),
        (
            remedies.steps(
                "start-gateway",
                "Start the gateway",
                "For example: ccr start, or litellm --port, or whatever should listen there.",
                "If you no longer use one, remove ANTHROPIC_BASE_URL"
                + (f" from {setting.origin}." if setting else "."),
            ),
        ),
    )
