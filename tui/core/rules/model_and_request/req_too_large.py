"""The request is larger than the API allows.

## What it means
The API's own limit (32 MB) is reached: the conversation or its attachments are too large.

## Why we believe it
The API itself answers 413.

## How to fix
Shorten the conversation (/compact), or remove attachments.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, identity, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "req-too-large"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next(
        (a for a in (way.message, way.size) if a is not None and a.status == 413 and a.shape is Shape.API_ERROR), None
    )
    if answer is None:
        return
    yield Finding(
        CODE,
        "The API says that the request is too large",
        "This is the API's own limit, not a gateway's.",
        (Evidence("The API answers", reply(answer)), Evidence("Request id", identity(answer))),
        (
            remedies.steps(
                "compact",
                "Shorten the conversation, or remove attachments",
                "In Claude Code: /compact, or start a new session.",
            ),
        ),
    )
