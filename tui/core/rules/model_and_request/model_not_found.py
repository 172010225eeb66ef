"""Anthropic does not know this model.

## What it means
The model id is misspelt, retired, or not available to this account.

## Why we believe it
The API's 404 names the model; others are listed.

## How to fix
Choose a model from the list.

## Fix safety
Your choice: another model answers, at another price.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules.clues import Way, reply
from tui.core.rules.model_and_request import choices
from tui.core.rules.rule import Judgement

CODE = "model-not-found"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    message = way.message
    configured = facts.target.models
    listed = way.models.models if way.models else ()
    if (
        message is not None
        and message.status == 404
        and message.error_message.startswith("model:")
        and (facts.target.first_party or message.request_id)
    ):
        proof = Evidence(f"Asked for {course.model_of(facts)}", reply(message))
    elif message is None and facts.target.first_party and configured and listed and configured[0][0] not in listed:
        proof = Evidence(f"{configured[0][0]} is not among the models of this account", f"{len(listed)} listed")
    else:
        return
    model = course.model_of(facts)
    yield Finding(
        CODE,
        f"The API does not know the model {model}",
        "The name is misspelt, retired, or not available to this account.",
        (proof, Evidence("Models of this account", ", ".join(listed[:6]) or "not listed"), *choices.origin(facts)),
        choices.remedies(facts, listed),
    )
