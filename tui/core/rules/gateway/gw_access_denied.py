"""The gateway itself denies access.

## What it means
Before any API key is looked at, the gateway refuses: by your address, because it wants its own user name and password,
or a subscription key.

## Why we believe it
The refusal has the gateway's form (a web page, WWW-Authenticate, its own message), not the API's.

## How to fix
Send what the gateway wants (often a header in ANTHROPIC_CUSTOM_HEADERS), or ask its owner for access.

## Fix safety
Nothing is changed on this machine: only its owner knows what is wanted.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import HttpSeen, Shape

CODE = "gw-access-denied"
EXPLAINS = {"auth-invalid-gateway-key", "cfg-preflight-blocked"}
_OWN = re.compile(r"subscription key|administrative rules|api key variable|No API key found", re.I)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or facts.target.first_party:
        return
    answer = next((a for a in way.answers if denied(a)), None)
    if answer is None:
        return
    wants = answer.header("www-authenticate")
    steps = "Add the header that it wants to ANTHROPIC_CUSTOM_HEADERS, or ask its owner to let you in."
    if wants.lower().startswith("basic"):
        steps = "It wants a user name and password: ANTHROPIC_CUSTOM_HEADERS=Authorization: Basic …, or ask its owner."
    yield Finding(
        CODE,
        f"The gateway at {way.host} denies access before any API key is looked at",
        "The refusal is the gateway's own, not the API's.",
        (
            Evidence(f"{way.host} answers", reply(answer)),
            Evidence("It wants", wants or "not said"),
            Evidence("Who answered", answer.header("server") or "the gateway; no request id of the API"),
        ),
        (remedies.steps("get-access", "Get access from the gateway's owner", steps),),
    )


def denied(seen: HttpSeen) -> bool:
    """True for a gateway's own 401 or 403."""
    if seen.status not in (401, 403) or seen.request_id or seen.header("cf-ray"):
        return False
    basic = seen.header("www-authenticate").lower().startswith("basic")
    page = seen.shape in (Shape.HTML, Shape.EMPTY) or (seen.shape is Shape.TEXT and "<" in seen.body)
    return basic or page or bool(_OWN.search(seen.error_message + seen.body))
