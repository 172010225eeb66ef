"""The API has no capacity at the moment.

## What it means
Anthropic's service is overloaded. Nothing is wrong on this machine.

## Why we believe it
The API answers 529, or sends an overloaded error inside a stream.

## How to fix
Try again later; look at the status page.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement

CODE = "api-overloaded"
EXPLAINS = {"sse-cut", "sse-idle-cut", "api-error"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next(
        (
            a
            for a in way.api_answers
            if a.status == 529 or (a.error_type == "overloaded_error" and (a.request_id or a.events))
        ),
        None,
    )
    if answer is None:
        return
    yield Finding(
        CODE,
        "The API is overloaded at the moment",
        "It is Anthropic's side. Nothing is wrong on this machine.",
        (Evidence("The API answers", reply(answer)), Evidence("Request id", answer.request_id or "none")),
        (
            remedies.steps(
                "wait",
                "Try again later",
                f"Status: {facts.known.status_url}. Wait 1, 2, 4, 8 … seconds between attempts.",
            ),
        ),
    )
