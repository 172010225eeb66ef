"""A start-up file sets the variable but does not export it, so no program gets it.

## What it means
`NAME=value` in a start-up file makes a variable of the shell. Programs that the shell starts, the client among them,
only get variables that are exported. `echo $NAME` shows the value all the same, which makes this hard to see.

## Why we believe it
The line stands in a file that the shell reads, nothing exports the name, and the environment lacks it.

## How to fix
Put `export` before the assignment (in fish: `set -gx`).

## Fix safety
Safe: only the word is added. Open a new terminal afterwards.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Edit, EditOp, Evidence, Finding, Remedy, Standing
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.files_and_versions.absent import CONSEQUENCES, lines, severity
from tui.core.rules.rule import Judgement

CODE = "cfg-env-not-exported"
EXPLAINS = CONSEQUENCES


def check(facts: Facts) -> Judgement:
    found = sorted(lines(facts, Standing.NOT_EXPORTED), key=lambda s: -severity(facts, s.name))
    if not found:
        return
    setting = found[0]
    origin = setting.origin
    assert origin.path is not None
    edit = Edit(
        origin.path,
        origin.shown,
        EditOp.EXPORT,
        (setting.name,),
        line=origin.line,
        kind=remedies.kind_of(facts, setting),
    )
    yield Finding(
        CODE,
        f"{setting.name} is set in {origin} but not exported, so {facts.client.title} does not get it",
        "The shell keeps the variable to itself; a program only gets what is exported.",
        (
            where("Set without export", setting),
            Evidence(f"{setting.name} in the environment", "not there"),
            Evidence("Files that this kind of shell start reads", ", ".join(facts.shell.loaded)),
        ),
        (
            Remedy(
                "export",
                f"Export {setting.name} where it is set",
                Applicability.SAFE,
                (edit,),
                reopen=("new-terminal",),
                environment=((setting.name, setting.value),),
            ),
        ),
        severity(facts, setting.name),
    )
