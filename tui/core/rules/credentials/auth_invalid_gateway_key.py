"""The gateway does not know your key.

## What it means
The gateway (not Anthropic) refuses the key or token. Keys of gateways come from their own console.

## Why we believe it
The refusal has the gateway's form: no request id of the API.

## How to fix
Create a token in the gateway's console and use it.

## Fix safety
Nothing is changed on this machine: only you can get the token.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import HttpSeen, Shape

CODE = "auth-invalid-gateway-key"
EXPLAINS: set[str] = set()
_WORDS = re.compile(r"令牌|token|api[ _-]?key|unauthori[sz]ed|authentication|No connected db", re.I)


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    if not way.usable or facts.target.first_party or not sent:
        return
    answer = next((a for a in way.api_answers if refuses(a)), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        f"The gateway at {way.host} does not know your key",
        "It refuses the key itself, before anything reaches Anthropic. Its keys come from its own console.",
        (where("The credential in force", sent[0].setting), Evidence(f"{way.host} answers", reply(answer))),
        (
            remedies.steps(
                "gateway-token",
                "Create a token in the gateway's console and use it",
                f"Put it into {sent[0].name}" + (f" in {sent[0].setting.origin}." if sent[0].setting else "."),
            ),
        ),
    )


def refuses(seen: HttpSeen) -> bool:
    """True for a gateway's refusal of a key."""
    if (
        seen.request_id
        or seen.shape is Shape.HTML
        or (seen.shape is Shape.API_ERROR and seen.error_type == "authentication_error")
    ):
        return False
    text = seen.error_message or seen.body
    if seen.status == 401:
        return True
    return (
        seen.status in (400, 403, 500)
        and bool(re.search(r"No connected db|无效的令牌|invalid (proxy server )?token|invalid api key", text, re.I))
        and bool(_WORDS.search(text))
    )
