"""The credential is right but travels in the wrong header.

## What it means
ANTHROPIC_API_KEY is sent as x-api-key, ANTHROPIC_AUTH_TOKEN as Authorization: Bearer. This gateway only looks at the
other one.

## Why we believe it
The same value is refused in one header and accepted in the other.

## How to fix
Move the value to the other variable.

## Fix safety
Safe: the same value, and it was tried.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import ClientName, Credential, Evidence, Finding, Header
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "auth-wrong-header"
EXPLAINS = {"auth-invalid-key", "auth-invalid-gateway-key", "gw-access-denied", "gw-auth-stripped", "auth-forbidden"}
_NAMES = {Header.API_KEY: "ANTHROPIC_API_KEY", Header.BEARER: "ANTHROPIC_AUTH_TOKEN"}


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    if not way.usable or facts.target.first_party or len({c.value for c in sent}) != 1 or len(sent) != 1:
        return
    refused = next((a for a in way.api_answers if a.status in (400, 401, 403)), None)
    if refused is None or way.models is None or way.models.status == 200:
        return
    other = Header.BEARER if sent[0].header is Header.API_KEY else Header.API_KEY
    ask = course.models(facts.target, credentials=(Credential(sent[0].name, sent[0].value, other),))
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    setting = sent[0].setting
    if seen.status != 200 or seen.shape is not Shape.MODELS or setting is None:
        return
    name = _NAMES[other]
    if facts.client.name is ClientName.CLAUDE_CODE and setting.name in _NAMES.values():
        remedy = remedies.move(facts, setting, name, "other-variable", f"Move the value to {name}")
    else:
        remedy = remedies.steps(
            "other-header",
            "Send the key in the other header",
            f"Now it is sent as {sent[0].header}; pass default_headers with {other} in your program.",
        )
    yield Finding(
        CODE,
        f"{way.host} accepts your credential, but only in the other header ({other})",
        f"{setting.name} is sent as {sent[0].header}, which this gateway does not look at.",
        (
            where("The credential in force", setting),
            Evidence(f"Sent as {sent[0].header}", reply(refused)),
            Evidence(f"Sent as {other}", "accepted, HTTP 200"),
        ),
        (remedy,),
    )
