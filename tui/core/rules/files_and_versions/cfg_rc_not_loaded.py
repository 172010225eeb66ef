"""The variable stands where this kind of shell start never comes to it.

## What it means
Each shell reads its own start-up files, and login and interactive starts read different ones. A line in the file of
another shell, behind an early `return`, or under a condition that does not hold here, has no effect.

## Why we believe it
The list of files that the shell of a new terminal reads does not have this file, or the shell leaves it before the
line; and the name is not set.

## How to fix
Set it in a file that is read.

## Fix safety
Safe: one line is added at the end of that file; the line that has no effect stays.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, Edit, EditOp, Evidence, Finding, Remedy, Setting, Standing
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.files_and_versions.absent import CONSEQUENCES, lines, severity
from tui.core.rules.rule import Judgement

CODE = "cfg-rc-not-loaded"
EXPLAINS = CONSEQUENCES


def check(facts: Facts) -> Judgement:
    unread = lines(facts, Standing.NOT_LOADED, Standing.NOT_REACHED, Standing.NOT_MET)
    found = sorted(unread, key=lambda s: -severity(facts, s.name))
    if not found:
        return
    setting = found[0]
    yield Finding(
        CODE,
        f"{setting.name} is set in {setting.origin}, where {facts.shell.name} does not come to it",
        f"A new terminal starts {' and then '.join(facts.shell.starts)}.",
        (
            where(f"Set, but {setting.standing}", setting),
            Evidence(f"{setting.name} in the environment", "not there"),
            Evidence("Files that are read, in this order", ", ".join(facts.shell.loaded) or "none"),
        ),
        (_remedy(facts, setting),),
        severity(facts, setting.name),
    )


def _remedy(facts: Facts, setting: Setting) -> Remedy:
    identity, shell = "set-where-it-is-read", facts.shell
    path, shown = shell.own
    computed = any(sign in setting.text for sign in ("$(", "`", "${"))
    if not path or computed:
        line = f"Set {setting.name} in a file that {shell.name} reads: {', '.join(shell.loaded) or 'its own'}."
        return remedies.steps(identity, f"Set {setting.name} where it is read", line)
    edit = Edit(path, shown, EditOp.SET, (setting.name,), setting.value, kind=remedies.notation(shell.name))
    return Remedy(
        identity,
        f"Set {setting.name} in {shown}",
        Applicability.SAFE,
        (edit,),
        reopen=("new-terminal",),
        environment=((setting.name, setting.value),),
    )
