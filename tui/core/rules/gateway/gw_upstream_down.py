"""The gateway cannot reach what is behind it.

## What it means
The gateway answers, but the service that it passes requests to does not.

## Why we believe it
The error has the gateway's form, not the API's: no request id, the gateway's own page or message.

## How to fix
Its owner must start or repair what is behind it.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, front, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import HttpSeen, Shape

CODE = "gw-upstream-down"
EXPLAINS = {"api-error", "api-overloaded", "cfg-preflight-blocked"}
_STATUS = (502, 503, 521, 522, 523, 525, 526, 530)
_WORDS = re.compile(
    r"connection error|connect ?error|cannot connect|connection refused|ECONNREFUSED|no healthy upstream"
    r"|upstream connect error|APIConnectionError|InternalServerError: AnthropicException",
    re.I,
)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable:
        return
    answer = next((a for a in way.answers if is_down(a)), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        f"{front(way)} cannot reach what is behind it",
        "It takes the request and then fails to pass it on. Your key and settings are not the reason.",
        (
            Evidence(f"{way.host} answers", reply(answer)),
            Evidence("Who answered", answer.header("server") or "the gateway; no request id of the API"),
        ),
        (
            remedies.steps(
                "repair-upstream",
                "Its owner must start or repair what is behind it",
                f"Send: “{way.host} answers {answer.status}: its upstream is down.”",
            ),
        ),
    )


def is_down(seen: HttpSeen) -> bool:
    """True for a gateway's own word that its upstream is not there."""
    if seen.shape is Shape.API_ERROR and seen.request_id:
        return False
    text = seen.error_message + seen.body
    if seen.status >= 500 and _WORDS.search(text):
        return True
    if seen.status not in _STATUS or seen.header("retry-after") or "maintenance" in text.lower():
        return False
    return not re.search(r"无可用渠道|no available channel|model", seen.error_message, re.I)
