"""The gateway answers in another API's form.

## What it means
The request succeeds, but the answer is an OpenAI chat completion (or something else), which the client cannot read.

## Why we believe it
The answer is 200 with JSON that is not an Anthropic message.

## How to fix
Its owner must enable the Anthropic output format.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "gw-wrong-schema"
EXPLAINS = {"sse-cut", "sse-unsupported", "sse-stall"}


def check(facts: Facts) -> Judgement:
    message = Way(facts).message
    if (
        message is None
        or message.status != 200
        or message.failure
        or message.shape not in (Shape.JSON, Shape.TEXT, Shape.ERROR, Shape.MODELS)
    ):
        return
    way = Way(facts)
    yield Finding(
        CODE,
        f"{way.host} answers in another API's form",
        "The request succeeds, but the client cannot read the answer.",
        (Evidence("POST /v1/messages", f"HTTP 200, {message.error_type or 'JSON without type “message”'}"),),
        (
            remedies.steps(
                "anthropic-format",
                "Its owner must enable the Anthropic output format",
                f"Send: “{way.host}/v1/messages returns {message.error_type or 'another schema'} instead of an "
                "Anthropic message.”",
            ),
        ),
    )
