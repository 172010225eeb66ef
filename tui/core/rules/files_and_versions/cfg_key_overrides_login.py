"""An API key outranks your subscription login.

## What it means
You are logged in with a subscription, and a key or token that is set somewhere is used instead. Bills or "credit
balance is too low" follow.

## Why we believe it
A saved login exists, and a credential of higher rank is in force.

## How to fix
Remove the key to use the subscription, or keep it on purpose.

## Fix safety
Your choice.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement

CODE = "cfg-key-overrides-login"
EXPLAINS = {"billing-credit", "auth-org-disabled"}


def check(facts: Facts) -> Judgement:
    sent = facts.target.credentials
    if facts.client.name != "claude-code" or facts.login is None or not sent or sent[0].setting is None:
        return
    setting = sent[0].setting
    trouble = any(a.status in (400, 401, 402, 403) for a in Way(facts).api_answers)
    yield Finding(
        CODE,
        f"{setting.name} is used instead of your subscription login",
        "A key or token that is set somewhere outranks the saved login.",
        (where("In force", setting), Evidence("A saved login exists", "not used", facts.login.origin)),
        (
            remedies.drop(
                facts, setting, "use-login", f"Remove {setting.name} to use the subscription", Applicability.CHOICE
            ),
        ),
        Severity.DEGRADING if trouble else Severity.NOTE,
    )
