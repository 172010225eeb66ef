"""The gateway gives up waiting for what is behind it.

## What it means
The gateway's time limit is shorter than the API needs for a long answer.

## Why we believe it
The gateway itself answers 504 (or 524) after a fixed time.

## How to fix
Its owner must raise the limit (nginx: proxy_read_timeout 600s).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, front, ms, reply
from tui.core.rules.rule import Judgement

CODE = "gw-upstream-timeout"
EXPLAINS = {"gw-upstream-down", "api-error", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in way.answers if a.status in (504, 524) and not a.request_id), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        f"{front(way)} gives up waiting for what is behind it",
        "Long answers need more time than the gateway allows.",
        (Evidence(f"{way.host} answers", reply(answer)), Evidence("After", ms(answer.ms))),
        (
            remedies.steps(
                "raise-timeout",
                "Its owner must raise the time limit",
                f"Send: “Please raise the read time-out on {way.host} to 600 s or more.”",
            ),
        ),
    )
