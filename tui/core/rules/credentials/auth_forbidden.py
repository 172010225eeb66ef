"""The credential is valid but lacks a permission.

## What it means
The API knows who you are and does not allow this: the organisation forbids this kind of login, or the key's workspace
lacks the permission.

## Why we believe it
The API's own 403, with a request id.

## How to fix
Use another kind of credential, or ask the organisation's administrator.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, identity, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "auth-forbidden"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    answer = next(
        (
            a
            for a in way.api_answers
            if a.status == 403 and a.shape is Shape.API_ERROR and a.error_type == "permission_error"
        ),
        None,
    )
    if answer is None:
        return
    yield Finding(
        CODE,
        "The credential is valid but not allowed to do this",
        "The API knows it; a permission of the organisation or workspace is missing.",
        (
            where("The credential in force", sent[0].setting if sent else None),
            Evidence("The API answers", reply(answer)),
            Evidence("Request id", identity(answer)),
        ),
        (
            remedies.steps(
                "ask-admin",
                "Use another kind of credential, or ask the organisation's administrator",
                f"The API's words: “{answer.error_message}”",
            ),
        ),
    )
