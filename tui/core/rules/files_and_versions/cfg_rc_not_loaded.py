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
_HOMES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish", "sh": ".profile", "dash": ".profile"}


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
    name, identity = _home(facts), "set-where-it-is-read"
    computed = any(sign in setting.text for sign in ("$(", "`", "${"))
    if not name or computed:
        line = f"Set {setting.name} in a file that {facts.shell.name} reads: {', '.join(facts.shell.loaded) or name}."
        return remedies.steps(identity, f"Set {setting.name} where it is read", line)
    folder, shown = facts.home, "~"
    edit = Edit(
        f"{folder}/{name}", f"{shown}/{name}", EditOp.SET, (setting.name,), setting.value, kind=facts.shell.name
    )
    return Remedy(
        identity,
        f"Set {setting.name} in ~/{name}",
        Applicability.SAFE,
        (edit,),
        reopen=("new-terminal",),
        environment=((setting.name, setting.value),),
    )


def _home(facts: Facts) -> str:
    """The file of the user's own to which a variable belongs: one that is read already, else the usual one."""
    usual = _HOMES.get(facts.shell.name, "")
    login = next((n for n in (".bash_profile", ".bash_login", ".profile") if f"~/{n}" in facts.shell.loaded), "")
    only_login = len(facts.shell.starts) == 1 and facts.shell.name == "bash" and "~/.bashrc" not in facts.shell.loaded
    return (login or ".bash_profile") if only_login else usual
