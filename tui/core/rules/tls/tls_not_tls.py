"""The port speaks neither TLS nor HTTP.

## What it means
Another kind of server listens at the port in the base URL.

## Why we believe it
Its first bytes are neither TLS nor HTTP.

## How to fix
Correct the port.

## Fix safety
Nothing is changed on this machine: only the gateway's owner knows the port.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tls-not-tls"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.direct or way.tls is None or way.tls.failure is None or way.tls.failure.error is not Error.NOT_TLS:
        return
    text = way.tls.first_bytes[:40].decode("latin-1").strip()
    if text.startswith("HTTP/"):
        return
    shown = "".join(c if c.isprintable() else "·" for c in text)
    yield Finding(
        CODE,
        f"Port {way.url.port} of {way.host} is some other kind of server",
        "It speaks neither TLS nor HTTP.",
        (where("The base URL in force", facts.winner("ANTHROPIC_BASE_URL")), Evidence("Its first bytes", f"“{shown}”")),
        (remedies.steps("right-port", "Correct the port in the base URL", "Ask the gateway's owner for it."),),
    )
