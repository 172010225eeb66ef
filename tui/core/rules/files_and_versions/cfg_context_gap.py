"""What is set depends on how the client is started.

## What it means
A terminal, an editor that is started from the desktop, and a CI job inherit different environments. A variable that
was set by hand, or in a start-up file of the shell, is there in one of them and missing in another.

## Why we believe it
The answers to "which value is in force" were worked out for each way to start the client, and they differ.

## How to fix
Put it where every start finds it: the `env` block of the user's Claude Code settings.

## Fix safety
Safe: the value is copied; nothing is removed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Context, Evidence, Finding, Remedy, Setting, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.files_and_versions.absent import CREDENTIALS
from tui.core.rules.rule import Judgement

CODE = "cfg-context-gap"
EXPLAINS = {"cfg-credential-missing", "auth-invalid-key", "cfg-key-overrides-login"}
_NAMES = (*CREDENTIALS, "ANTHROPIC_BASE_URL")
_WORDS = {
    Context.TERMINAL: "this terminal",
    Context.NEW_TERMINAL: "a new terminal",
    Context.EDITOR: "an editor that is started from the desktop",
    Context.CI: "a CI job",
}


def check(facts: Facts) -> Judgement:
    if facts.context is Context.TERMINAL:
        yield from _lost_later(facts)
        return
    if Way(facts).usable and Way(facts).works:
        return
    for name in _NAMES:
        for other in (Context.TERMINAL, Context.NEW_TERMINAL):
            there = _winner(facts, other, name)
            if there is not None and not facts.value(name).strip() and facts.unknown(name) is None:
                yield _finding(there, facts.context, other, Severity.DEGRADING, _remedies(facts, there))
                return


def _lost_later(facts: Facts) -> Judgement:
    """A note: this terminal has what a new one would not have."""
    if not any(shown.startswith("~") for shown in facts.shell.loaded):
        return  # a container or a CI job: nobody keeps settings in start-up files there
    for name in _NAMES:
        here = _winner(facts, Context.TERMINAL, name)
        later = facts.contexts.get(Context.NEW_TERMINAL, {}).get(name)
        gone = later is None or (later.winner is None and later.unknown is None)
        if here is not None and here.origin.path is None and gone:
            yield _finding(here, Context.NEW_TERMINAL, Context.TERMINAL, Severity.NOTE, _remedies(facts, here))
            return


def _winner(facts: Facts, context: Context, name: str) -> Setting | None:
    resolution = facts.contexts.get(context, {}).get(name)
    return resolution.winner if resolution and resolution.winner and resolution.winner.text.strip() else None


def _remedies(facts: Facts, setting: Setting) -> tuple[Remedy, ...]:
    if facts.client.name is not ClientName.CLAUDE_CODE:
        line = f"Set {setting.name} where that start reads it: unsnarl settings {setting.name} shows every place."
        return (remedies.steps("set-there", f"Set {setting.name} for that start too", line),)
    title = f"Copy {setting.name} into the env block of the user settings, which every start reads"
    return (remedies.add(facts, setting.name, setting.value, "copy-to-settings", title, how=Applicability.CHOICE),)


def _finding(there: Setting, lacks: Context, has: Context, hurts: Severity, ways: tuple[Remedy, ...]) -> Finding:
    return Finding(
        CODE,
        f"{there.name} is set in {_WORDS[has]}, but {_WORDS[lacks]} does not have it",
        "Each way to start the client inherits another environment.",
        (where(f"In {_WORDS[has]}", there), Evidence(f"In {_WORDS[lacks]}", f"{there.name} is not set")),
        ways,
        hurts,
    )
