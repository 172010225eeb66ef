"""The gateway refuses requests of ordinary size.

## What it means
A small request passes, one as large as the client really sends does not: the gateway's limit is too low.

## Why we believe it
The gateway itself (not the API) answers 413 to the larger request.

## How to fix
The gateway's owner must raise the limit (nginx: client_max_body_size 32m).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, front, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "gw-body-limit"
EXPLAINS = {"req-too-large"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in (way.size, way.message) if a is not None and a.status == 413), None)
    if answer is None or answer.shape is Shape.API_ERROR:
        return
    small = "HTTP 200" if way.works else "not tested"
    yield Finding(
        CODE,
        f"{front(way)} refuses requests of ordinary size",
        f"The client's first request has about 48 kB; the gateway stops at {course.SIZE // 1000} kB or less.",
        (Evidence(f"A request of {course.SIZE // 1000} kB", reply(answer)), Evidence("A small request", small)),
        (
            remedies.steps(
                "raise-limit",
                "The gateway's owner must raise its limit",
                f"Send: “Please raise client_max_body_size (or its equal) on {way.host} to 32 MB.”",
            ),
        ),
    )
