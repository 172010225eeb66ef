"""The gateway's own key is refused.

## What it means
Your key for the gateway is fine. The key that the gateway itself uses at Anthropic is not.

## Why we believe it
The gateway lists models with your key, and its error quotes Anthropic's refusal.

## How to fix
Its owner must renew its Anthropic key.

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

CODE = "gw-upstream-auth"
EXPLAINS = {
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "gw-upstream-down",
    "gw-access-denied",
    "api-error",
    "gw-auth-stripped",
}
_QUOTED = re.compile(
    r"(AnthropicException|AuthenticationError).*(invalid x-api-key|authentication_error|invalid.*key)", re.I | re.S
)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if facts.target.first_party:
        return
    answer = next((a for a in way.api_answers if a.status in (401, 403, 500) and _QUOTED.search(a.error_message)), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        f"The gateway at {way.host} has a key of its own, and Anthropic refuses it",
        "Your key for the gateway is accepted; the gateway's own credential is not.",
        (
            Evidence(f"{way.host} answers", reply(answer)),
            Evidence(
                "Your key at the gateway",
                "accepted (list of models)" if way.models and way.models.status == 200 else "not tested",
            ),
        ),
        (
            remedies.steps(
                "renew-key",
                "Its owner must renew its Anthropic key",
                f"Send: “{way.host} gets 401 invalid x-api-key from Anthropic.”",
            ),
        ),
    )
