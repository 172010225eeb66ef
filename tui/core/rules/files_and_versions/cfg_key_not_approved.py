"""The API key was declined once, so interactive sessions ignore it.

## What it means
Claude Code asks once whether to use a key from the environment. The answer was no, so interactive sessions pretend that
the key is not there; print mode (-p) still uses it.

## Why we believe it
The end of the key is in the list of declined keys in ~/.claude.json.

## How to fix
Move it from the declined to the approved keys.

## Fix safety
Your choice: you declined it once.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Edit, EditOp, Evidence, Finding, Remedy, Severity
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement

CODE = "cfg-key-not-approved"
EXPLAINS = {"cfg-credential-missing"}


def check(facts: Facts) -> Judgement:
    if facts.client.name != "claude-code":
        return
    key = next((c for c in facts.target.credentials if c.name == "ANTHROPIC_API_KEY"), None)
    if key is None or key.value.reveal().strip()[-20:] not in facts.state.rejected:
        return
    tail = key.value.reveal().strip()[-20:]
    state = facts.state
    rest = tuple(k for k in state.rejected if k != tail)
    edits = (
        Edit(
            state.origin_path,
            state.origin_shown,
            EditOp.SET,
            ("customApiKeyResponses", "approved"),
            (*state.approved, tail),
        ),
        Edit(state.origin_path, state.origin_shown, EditOp.SET, ("customApiKeyResponses", "rejected"), rest),
    )
    alone = len(facts.target.credentials) == 1 and facts.login is None
    yield Finding(
        CODE,
        "Claude Code ignores ANTHROPIC_API_KEY in interactive sessions, because it was declined once",
        "Print mode (-p) uses it all the same, which makes this hard to see.",
        (where("The key", key.setting), Evidence("The end of this key is among the declined ones", state.origin_shown)),
        (
            Remedy(
                "approve-key",
                "Move the key from the declined to the approved ones",
                Applicability.CHOICE,
                edits,
                reopen=("client",),
            ),
        ),
        Severity.BLOCKING if alone else Severity.DEGRADING,
    )
