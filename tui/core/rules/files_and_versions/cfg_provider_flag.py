"""A switch for a cloud provider diverts requests.

## What it means
CLAUDE_CODE_USE_BEDROCK (or VERTEX, FOUNDRY …) is set, so Claude Code ignores the base URL and the API key and goes to
that cloud, for which no credentials are found.

## Why we believe it
The switch is in force, and nothing of that cloud is configured.

## How to fix
Remove the switch, unless you mean to use that cloud.

## Fix safety
Your choice.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement

CODE = "cfg-provider-flag"
EXPLAINS = {"cfg-credential-missing"}
_SIGNS = {
    "CLAUDE_CODE_USE_BEDROCK": (
        "AWS_ACCESS_KEY_ID",
        "AWS_PROFILE",
        "AWS_BEARER_TOKEN_BEDROCK",
        "ANTHROPIC_BEDROCK_BASE_URL",
        "AWS_REGION",
    ),
    "CLAUDE_CODE_USE_VERTEX": ("ANTHROPIC_VERTEX_PROJECT_ID", "GOOGLE_APPLICATION_CREDENTIALS", "CLOUD_ML_REGION"),
    "CLAUDE_CODE_USE_FOUNDRY": (
        "ANTHROPIC_FOUNDRY_RESOURCE",
        "ANTHROPIC_FOUNDRY_BASE_URL",
        "ANTHROPIC_FOUNDRY_API_KEY",
    ),
}


def check(facts: Facts) -> Judgement:
    name = facts.target.provider
    setting = facts.winner(name) if name else None
    if setting is None or any(facts.value(sign) for sign in _SIGNS.get(name, ())):
        return
    yield Finding(
        CODE,
        f"{name} sends every request to a cloud provider that is not set up",
        "While it is set, base URL and API key are ignored.",
        (where("The switch in force", setting), Evidence("Settings of that cloud", "none found")),
        (remedies.drop(facts, setting, "drop-switch", f"Remove {name}", Applicability.CHOICE),),
        confidence=Confidence.LIKELY,
    )
