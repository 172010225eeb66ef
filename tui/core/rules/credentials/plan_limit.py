"""The subscription's usage limit is reached.

## What it means
The plan's allowance for this period is used up.

## Why we believe it
The 429 carries the headers of a subscription limit, with its reset time.

## How to fix
Wait for the reset, or switch to API billing.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import day

CODE = "plan-limit"
EXPLAINS = {"rate-limited"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next(
        (
            a
            for a in way.api_answers
            if a.status == 429 and a.header("anthropic-ratelimit-unified-status") == "rejected"
        ),
        None,
    )
    if answer is None:
        return
    reset = answer.header("anthropic-ratelimit-unified-reset")
    when = day(float(reset)) if reset.isdigit() else reset or "not said"
    yield Finding(
        CODE,
        f"The subscription's usage limit is reached, until {when}",
        "The plan's allowance for this period is used up.",
        (Evidence("The API answers", reply(answer)), Evidence("The limit resets", when)),
        (remedies.steps("wait", "Wait for the reset, or switch to API billing", f"Reset: {when}."),),
    )
