"""The gateway does not offer this model.

## What it means
The gateway knows your key, but not the model name that the client asks for.

## Why we believe it
Its message names the model; other models are listed.

## How to fix
Choose a model that it lists, or ask its owner to add this one.

## Fix safety
Your choice: another model answers.
"""

from __future__ import annotations

import re

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.model_and_request import choices
from tui.core.rules.rule import Judgement

CODE = "gw-model-not-configured"
EXPLAINS = {"gw-upstream-down", "api-bad-request", "gw-path-not-found", "model-not-found", "api-error"}
_WORDS = re.compile(
    r"invalid model name|无可用渠道|no available channel|unknown model|model_not_found|does not exist"
    r"|model .{0,80}not (found|exist|support|configured|available)",
    re.I,
)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if facts.target.first_party or way.message is None or way.message.status not in (400, 403, 404, 422, 500, 503):
        return
    message = way.message
    names_it = _WORDS.search(message.error_message) or (
        message.status == 404 and message.error_message.startswith("model:")
    )
    if not names_it or message.request_id:
        return
    model = course.model_of(facts)
    listed = way.models.models if way.models else ()
    yield Finding(
        CODE,
        f"{way.host} does not offer the model {model}",
        "The gateway accepts your key, but has nothing under that name.",
        (
            Evidence(f"Asked for {model}", reply(message)),
            Evidence("Models that it lists", ", ".join(listed[:6]) or "none"),
            *choices.origin(facts),
        ),
        (
            *choices.remedies(facts, listed),
            remedies.steps(
                "ask-owner", "Or ask its owner to add the model", f"Send: “Please offer {model} on {way.host}.”"
            ),
        ),
    )
