"""The command that should print the key fails.

## What it means
apiKeyHelper names a command whose output is the key. It is missing, ends with an error, prints nothing, or prints more
than a key. Claude Code then sends an empty credential and hides what the command complained about.

## Why we believe it
The program is not where the setting says, or the command was run (only with --exec-helper) and its exit code and the
shape of its output were looked at. What it prints is never shown.

## How to fix
Run the command by hand and repair it, or remove the setting.

## Fix safety
Removing the setting is your choice: then another credential or a login is needed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Confidence, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement

CODE = "cfg-helper-failed"
EXPLAINS = {"cfg-credential-missing", "auth-invalid-key", "auth-invalid-gateway-key"}


def check(facts: Facts) -> Judgement:
    setting, helper = facts.target.helper, facts.helper
    if setting is None or helper is None or not helper.problem:
        return
    others = [c.name for c in facts.target.credentials if c.name != setting.name]
    without = "So Claude Code has no credential at all." if not others else f"So only {others[0]} is left to send."
    seen = "it was run" if helper.ran else "the path was looked at; it was not run"
    yield Finding(
        CODE,
        f"apiKeyHelper does not give a key: {helper.problem}",
        without,
        (where("The command in force", setting), Evidence("What was seen", f"{helper.problem} ({seen})")),
        (
            remedies.steps(
                "repair-helper",
                "Run the command by hand and repair it",
                f"The command stands in {setting.origin}.",
                "It must print the key and nothing else, and end with exit code 0.",
            ),
            remedies.drop(facts, setting, "drop-helper", "Remove apiKeyHelper", Applicability.CHOICE),
        ),
        Severity.DEGRADING if others else Severity.BLOCKING,
        Confidence.PROVEN if helper.sure else Confidence.LIKELY,
    )
