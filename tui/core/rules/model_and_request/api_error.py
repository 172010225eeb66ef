"""The API has an error of its own.

## What it means
Something failed inside Anthropic's service. Nothing is wrong on this machine.

## Why we believe it
The API itself answers 5xx and gives a request id.

## How to fix
Try again; look at the status page; send the request id to support if it stays.

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

CODE = "api-error"
EXPLAINS = {"sse-cut"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    for answer in way.answers:
        inside = bool(answer.events) and answer.error_type in ("api_error", "error")
        outside = (
            answer.status >= 500 and answer.status != 529 and (answer.request_id or answer.shape is Shape.API_ERROR)
        )
        if not inside and not outside:
            continue
        yield Finding(
            CODE,
            "The API has an error of its own",
            "It is on the other side. Nothing is wrong on this machine.",
            (Evidence("The API answers", reply(answer)), Evidence("Request id", answer.request_id or "none")),
            (
                remedies.steps(
                    "try-again",
                    "Try again, and look at the status page",
                    f"Status: {facts.known.status_url}. Request id for support: {answer.request_id or 'none'}",
                ),
            ),
        )
        return
