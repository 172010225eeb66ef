"""The organisation is disabled.

## What it means
The account behind the key is switched off. A stale key of an old organisation often hides a working login.

## Why we believe it
The API says so.

## How to fix
Use a credential of another organisation, or contact support.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement

CODE = "auth-org-disabled"
EXPLAINS = {"api-bad-request"}


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    answer = next(
        (
            a
            for a in way.api_answers
            if a.status in (400, 403) and "organization has been disabled" in a.error_message.lower()
        ),
        None,
    )
    if answer is None:
        return
    yield Finding(
        CODE,
        "The organisation behind this credential is disabled",
        "The key belongs to an account that is switched off.",
        (
            where("The credential in force", sent[0].setting if sent else None),
            Evidence("The API answers", reply(answer)),
        ),
        (
            remedies.steps(
                "other-credential",
                "Use a credential of another organisation, or contact support",
                "Support: https://support.claude.com",
            ),
        ),
    )
