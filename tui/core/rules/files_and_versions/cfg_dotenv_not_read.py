"""The only credential stands in a .env file that this client does not read.

## What it means
Claude Code (2.0.64 and newer) reads no .env file. A key or URL that stands only there has no effect.

## Why we believe it
The file has it, no place that the client reads has it.

## How to fix
Put it into the env block of the user's settings.

## Fix safety
Safe: the value is copied to where the client reads it; the .env file stays.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding, OriginKind
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement

CODE = "cfg-dotenv-not-read"
EXPLAINS = {"cfg-credential-missing"}
_NAMES = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL")


def check(facts: Facts) -> Judgement:
    if facts.client.name != "claude-code" or facts.target.credentials or facts.target.login or facts.target.provider:
        return
    for name in _NAMES[:2]:
        hidden = [s for s in facts.all_of(name) if s.origin.kind is OriginKind.DOTENV and s.text.strip()]
        if not hidden or facts.winner(name) is not None:
            continue
        title = f"Copy {name} into the env block of ~/.claude/settings.json"
        yield Finding(
            CODE,
            f"{name} stands only in {hidden[0].origin}, which Claude Code does not read",
            "Claude Code reads no .env file, so it has no credential.",
            (
                Evidence("The value stands in", hidden[0].shown, hidden[0].origin),
                Evidence("Places that Claude Code reads", "settings files and the inherited environment"),
            ),
            (remedies.add(facts, name, hidden[0].value, "copy-to-settings", title),),
            confidence=Confidence.PROVEN,
        )
        return
