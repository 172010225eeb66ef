"""This machine's clock is off, but certificates still verify.

## What it means
Everything works. Signed requests and tokens with short lives may fail later.

## Why we believe it
The server's Date header differs from the local time by more than a minute.

## How to fix
Switch on automatic time.

## Fix safety
The command is shown; it needs administrator rights.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.clock_skew import set_clock

CODE = "clock-skew-minor"
EXPLAINS: set[str] = set()
_MINUTE = 60.0


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in way.answers if a.skew is not None), None)
    if answer is None or answer.skew is None or abs(answer.skew) <= _MINUTE or answer.failure:
        return
    off = abs(answer.skew)
    amount = f"{off / 60:.0f} minutes" if off >= 2 * _MINUTE else f"{off:.0f} seconds"
    yield Finding(
        CODE,
        f"This machine's clock differs from the server's by {amount}",
        "Certificates still verify, so everything works for now.",
        (
            Evidence(
                "The server's Date header",
                f"{amount} {'behind' if answer.skew > 0 else 'ahead of'} the local clock",
            ),
        ),
        (set_clock(facts),),
        Severity.NOTE,
    )
