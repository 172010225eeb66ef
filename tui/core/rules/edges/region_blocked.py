"""Anthropic's edge refuses this location or address.

## What it means
The request was refused before it reached the API, whatever the key: the country is not supported, or the address (VPN,
hosting, company exit) is not accepted. Claude Code shows ERR_BAD_REQUEST or "Request not allowed".

## Why we believe it
The 403 has the edge's own form: type "forbidden", no request id. The API's own refusals have one.

## How to fix
Use a network in a supported country. Check which exit address a VPN or proxy gives you.

## Fix safety
Nothing is changed on this machine. unsnarl does not offer ways around the rule.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import HttpSeen

CODE = "region-blocked"
EXPLAINS = {"auth-forbidden", "cfg-preflight-blocked", "auth-invalid-key"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in way.answers if is_region(a)), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        "Anthropic's edge refuses this location or network address",
        "The request was refused before it reached the API. Your key, model and settings are not the reason.",
        (
            Evidence(f"{way.host} answers", reply(answer)),
            Evidence("It is not the API's own refusal", "no request id"),
            Evidence(
                "It also comes without any key",
                "yes" if way.hello is not None and is_region(way.hello) else "not tested",
            ),
        ),
        (
            remedies.steps(
                "supported-country",
                "Use a network in a supported country",
                f"The list: {facts.known.supported_countries_url}. If you are in one, check the exit address of "
                "your VPN or proxy.",
            ),
        ),
    )


def is_region(seen: HttpSeen) -> bool:
    """True for the edge's own 403."""
    return seen.status == 403 and seen.error_type == "forbidden" and not seen.request_id
