"""No credential is configured, and nobody is logged in.

## What it means
The client has neither an API key nor a token nor a saved login, so the API would refuse every request.

## Why we believe it
Every place where a credential may stand was looked at.

## How to fix
Log in with /login, or set ANTHROPIC_API_KEY.

## Fix safety
Not done for you: only you have the key.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, FileState, Finding
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement

CODE = "cfg-credential-missing"
EXPLAINS = {"auth-invalid-key"}


def check(facts: Facts) -> Judgement:
    target = facts.target
    if target.credentials or target.login or target.helper or target.provider or target.problem:
        return
    if facts.unknown("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"):
        return  # one is set, and only the running shell knows its value
    read = [f.shown for f in facts.files if f.state is FileState.OK]
    names = "ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN"
    claude = facts.client.name == "claude-code"
    steps = (
        remedies.run("log-in", "Log in", "claude  # then type /login")
        if claude
        else remedies.steps(
            "set-key", "Set ANTHROPIC_API_KEY", "Create a key at https://platform.claude.com/settings/keys."
        )
    )
    more = remedies.steps(
        "set-key-by-hand",
        "Or put an API key or gateway token into your settings",
        "Add ANTHROPIC_API_KEY (Console key) or ANTHROPIC_AUTH_TOKEN (gateway token) to the env block of "
        "~/.claude/settings.json.",
    )
    yield Finding(
        CODE,
        "No credential is configured, and nobody is logged in" if claude else "No credential is configured",
        f"{facts.client.title[:1].upper()}{facts.client.title[1:]} has nothing to prove who you are.",
        (
            Evidence(
                f"{names} are not set in any place that {facts.client.title} reads",
                "environment and " + (", ".join(read) or "no file"),
            ),
            Evidence("No saved login was found", "no .credentials.json")
            if claude
            else Evidence("Places looked at", "environment, dotenv files"),
            *(Evidence("A file that may hold one is not read", f.problem, f.origin) for f in facts.files if f.problem),
        ),
        (steps, more) if claude else (steps,),
    )
