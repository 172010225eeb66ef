"""The relay refuses your token by a rule of its own.

## What it means
The token is known, but its group was removed or may not use this model, or your address is not on the token's list. The
relay checks this before it looks at the model.

## Why we believe it
The 403 has the relay's form (new-api) and says so.

## How to fix
Open the relay's console and give the token another group or address list. Nothing on this machine can change it.

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

CODE = "gw-group-denied"
EXPLAINS = {"auth-forbidden", "auth-invalid-gateway-key", "gw-access-denied", "gw-model-not-configured"}
_RULES = {
    "the token's group was removed": re.compile(r"分组.*已被弃用|group .* deprecated", re.I),
    "the token's group may not be used": re.compile(r"无权访问.*分组|无权.*分组|no access to group", re.I),
    "your address is not on the token's list": re.compile(
        r"IP 不在令牌允许|令牌允许访问的列表|ip .* not .* allow", re.I
    ),
    "the token may not use this model": re.compile(r"无权(访问|使用)模型|no access to model", re.I),
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    for answer in way.api_answers:
        reason = next((name for name, pattern in _RULES.items() if pattern.search(answer.error_message)), "")
        if answer.status != 403 or not reason or answer.request_id:
            continue
        yield Finding(
            CODE,
            f"The relay at {way.host} knows your token and refuses it: {reason}",
            "This is a rule in the relay's console. Key, URL and model may all be right.",
            (Evidence(f"{way.host} answers", reply(answer)),),
            (
                remedies.steps(
                    "relay-console",
                    "Change the token's group or address list in the relay's console",
                    f"The relay's own words: “{answer.error_message}”",
                ),
            ),
        )
        return
