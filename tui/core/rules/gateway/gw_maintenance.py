"""The gateway is being maintained.

## What it means
The gateway says that it is closed for a while, and for how long.

## Why we believe it
It answers 503 with a page of its own and says when to come back.

## How to fix
Wait.

## Fix safety
Nothing is changed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, front, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "gw-maintenance"
EXPLAINS = {"gw-upstream-down", "api-overloaded", "api-error"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    for answer in way.answers:
        announced = answer.header("retry-after") or "maintenance" in (answer.title + answer.body).lower()
        if answer.status != 503 or not announced or answer.shape is Shape.API_ERROR or answer.request_id:
            continue
        wait = answer.header("retry-after")
        yield Finding(
            CODE,
            f"{front(way)} is being maintained",
            "It says so itself; nothing is wrong on this machine.",
            (
                Evidence(f"{way.host} answers", reply(answer)),
                Evidence("Come back", f"in {wait} s" if wait else "not said"),
            ),
            (
                remedies.steps(
                    "wait",
                    "Wait, or ask the gateway's owner",
                    f"It asks to come back in {wait} s." if wait else "No time was given.",
                ),
            ),
        )
        return
