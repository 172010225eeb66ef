"""The gateway's own rate limit is reached.

## What it means
The gateway allows fewer requests than you send. It is not Anthropic's limit.

## Why we believe it
The 429 lacks the API's form and its rate-limit headers.

## How to fix
Slow down, or ask its owner for a higher limit.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, front, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "gw-rate-limit"
EXPLAINS = {"rate-limited", "plan-limit"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in way.answers if a.status == 429), None)
    if answer is None or answer.request_id or answer.shape is Shape.API_ERROR or answer.header("cf-mitigated"):
        return
    if any(name.startswith("anthropic-ratelimit") for name, _ in answer.headers):
        return
    yield Finding(
        CODE,
        f"{front(way)} limits your requests",
        "The limit is its own, not Anthropic's.",
        (Evidence(f"{way.host} answers", reply(answer)), Evidence("Anthropic's rate-limit headers", "absent")),
        (
            remedies.steps(
                "slow-down",
                "Slow down, or ask its owner for a higher limit",
                f"Send: “{way.host} answers 429 to single requests.”",
            ),
        ),
    )
