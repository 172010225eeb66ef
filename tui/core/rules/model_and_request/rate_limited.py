"""The organisation's rate limit is reached.

## What it means
More requests or tokens per minute than the organisation's tier allows.

## Why we believe it
The API's own 429, with what is left and when to come back.

## How to fix
Wait as long as it says; raise the tier if it happens often.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "rate-limited"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next(
        (a for a in way.api_answers if a.status == 429 and (a.shape is Shape.API_ERROR or a.request_id)), None
    )
    if answer is None:
        return
    wait = answer.header("retry-after")
    left = answer.header("anthropic-ratelimit-requests-remaining")
    yield Finding(
        CODE,
        "The organisation's rate limit is reached" + (f"; it frees up in {wait} s" if wait else ""),
        "The key works. Too many requests or tokens were sent in the last minute.",
        (
            Evidence("The API answers", reply(answer)),
            Evidence("Requests left", left or "not said"),
            Evidence("Come back in", f"{wait} s" if wait else "not said"),
        ),
        (
            remedies.steps(
                "wait",
                f"Wait {wait} seconds, then try again" if wait else "Wait, then try again",
                "Limits: https://platform.claude.com/settings/limits",
            ),
        ),
    )
