"""The certificate expires within a week.

## What it means
Everything works now. If the certificate is not renewed, it will stop.

## Why we believe it
The end of its validity was read from the certificate.

## How to fix
Tell the owner of the gateway.

## Fix safety
Nothing is changed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import day

CODE = "cert-expiring"
EXPLAINS: set[str] = set()
_WEEK = 7 * 86400


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tls is None or not way.tls.ok or not way.tls.not_after:
        return
    left = way.tls.not_after - facts.now
    if not 0 < left < _WEEK:
        return
    yield Finding(
        CODE,
        f"The certificate of {way.host} expires in {left / 86400:.1f} days",
        "It still works. After that moment every client will refuse it.",
        (Evidence("Valid until", day(way.tls.not_after)),),
        (
            remedies.steps(
                "renew",
                "Tell the owner of the gateway",
                f"Send: “The certificate of {way.host} expires on {day(way.tls.not_after)}.”",
            ),
        ),
        Severity.NOTE,
    )
