"""Certificate checks are switched off.

## What it means
NODE_TLS_REJECT_UNAUTHORIZED=0 makes the client accept any certificate. Everything works, and anyone on the way can read
the key.

## Why we believe it
The variable is in force.

## How to fix
Remove it, and trust the right root certificate instead.

## Fix safety
Your choice: if something re-signs the traffic, TLS will fail until its root is trusted.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement

CODE = "cfg-tls-verification-off"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    setting = facts.winner("NODE_TLS_REJECT_UNAUTHORIZED")
    if setting is None or setting.text.strip() != "0" or facts.client.name == "python-sdk":
        return
    yield Finding(
        CODE,
        "Certificate checks are switched off; anyone on the way can read your key",
        "The client accepts any certificate.",
        (where("The setting in force", setting), Evidence("Its effect", "certificates are not checked")),
        (
            remedies.drop(
                facts, setting, "check-again", "Remove it, and trust the right root instead", Applicability.CHOICE
            ),
        ),
        Severity.NOTE,
    )
