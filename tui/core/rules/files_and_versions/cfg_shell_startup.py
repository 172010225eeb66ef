"""The shell does not start the way its files say.

## What it means
The login shell was really started, and it hung, ended early, or gave programs other values than its start-up files
say. New terminals are slow or lack variables then.

## Why we believe it
The shell was started as a new terminal starts it, and its environment was read.

## How to fix
Look at the files that are named; the line that differs is computed, or set by a program that they call.

## Fix safety
Nothing is changed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement

CODE = "cfg-shell-startup"


def check(facts: Facts) -> Judgement:
    shell = facts.shell
    if not shell.tried or not (shell.problem or shell.differs):
        return
    files = Evidence("Files that it reads", ", ".join(shell.loaded) or "none")
    line = "Look at these files: " + (", ".join(shell.loaded) or "none was found") + "."
    if shell.problem:
        yield Finding(
            CODE,
            f"The login shell did not start properly: {shell.problem}",
            "What it would give to programs is taken from its files instead, without running them.",
            (Evidence(f"Starting {shell.name}", shell.problem), files),
            (remedies.steps("look", "Find the line that stops the shell", line),),
            Severity.NOTE,
        )
        return
    yield Finding(
        CODE,
        f"{shell.name} gives programs other values than its start-up files say",
        "What the real shell gave is used from here on.",
        (*(Evidence(name, said, setting.origin if setting else None) for name, setting, said in shell.differs), files),
        (remedies.steps("look", "Find what sets them", line),),
        Severity.NOTE,
    )
