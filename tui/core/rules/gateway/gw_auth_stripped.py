"""The gateway removes your credential.

## What it means
The key or token was sent, but what is behind the gateway says that none arrived.

## Why we believe it
A credential was sent, and the answer is that the header is missing, not that the key is wrong.

## How to fix
Its owner must pass the headers Authorization and x-api-key through.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement

CODE = "gw-auth-stripped"
EXPLAINS = {"auth-invalid-key", "auth-invalid-gateway-key", "gw-access-denied"}
_MISSING = re.compile(
    r"header is required|missing .*(api[- ]key|authorization|credential)"
    r"|no (api key|credential|auth)\w* (found|provided)",
    re.I,
)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if facts.target.first_party or not facts.target.credentials:
        return
    answer = next(
        (a for a in way.api_answers if a.status == 401 and _MISSING.search(a.error_message) and a.from_api), None
    )
    if answer is None:
        return
    sent = facts.target.credentials[0]
    yield Finding(
        CODE,
        f"The gateway at {way.host} removes your credential before it passes the request on",
        "The credential was sent, and the API behind the gateway says that none arrived.",
        (
            Evidence("Sent", f"{sent.header} from {sent.name}", sent.setting.origin if sent.setting else None),
            Evidence("The answer", reply(answer)),
        ),
        (
            remedies.steps(
                "pass-headers",
                "Its owner must pass the credential on",
                f"Send: “{way.host} drops the headers Authorization and x-api-key; please pass them to the upstream.”",
            ),
        ),
    )
