"""Anthropic rejects the API key.

## What it means
The key is well-formed, but revoked, expired, deleted, or of another account.

## Why we believe it
The API itself answers 401 and gives a request id.

## How to fix
Create a new key in the Console and replace this one.

## Fix safety
Nothing is changed on this machine: only you can create a key.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, identity, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "auth-invalid-key"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    answer = next((a for a in way.api_answers if a.status == 401 and a.shape is Shape.API_ERROR), None)
    if answer is None or not sent or "expired" in answer.error_message.lower():
        return
    setting = sent[0].setting
    place = f" in {setting.origin}" if setting else ""
    yield Finding(
        CODE,
        f"The API rejects the credential in {sent[0].name}",
        "It is well-formed, but revoked, expired, deleted, or of another account.",
        (
            where("The credential in force", setting),
            Evidence("The API answers", reply(answer)),
            Evidence("Request id", identity(answer)),
        ),
        (
            remedies.steps(
                "new-key",
                f"Create a new key and replace the one{place}",
                "Keys: https://platform.claude.com/settings/keys. Subscription: type /login in Claude Code.",
            ),
        ),
    )
