"""The account has no credit.

## What it means
The key is valid, but the account's prepaid credit is used up. With a subscription, an API key that is set somewhere is
used instead of it.

## Why we believe it
The API says so.

## How to fix
Buy credit, or remove the key to use your subscription.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement

CODE = "billing-credit"
EXPLAINS = {"api-bad-request"}


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    answer = next(
        (a for a in way.api_answers if a.status == 402 or "credit balance is too low" in a.error_message.lower()), None
    )
    if answer is None:
        return
    setting = sent[0].setting if sent else None
    yield Finding(
        CODE,
        "The account behind this key has no credit",
        "The key itself is valid.",
        (where("The credential in force", setting), Evidence("The API answers", reply(answer))),
        (
            remedies.steps(
                "buy-credit",
                "Buy credit, or use your subscription instead",
                "Billing: https://platform.claude.com/settings/billing",
                "With a subscription: remove the key"
                + (f" from {setting.origin}" if setting else "")
                + " and type /login.",
            ),
        ),
    )
