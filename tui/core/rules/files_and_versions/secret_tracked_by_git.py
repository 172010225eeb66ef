"""A file with a credential is in git's hands.

## What it means
What git tracks goes wherever the repository goes: to colleagues, to servers, into forks. A file that is not tracked yet
and not ignored goes the same way with the next "git add .".

## Why we believe it
Git's own index and its ignore lists were read. Git was not run.

## How to fix
Take the file out of git, ignore it, and replace the credential: old commits still hold it.

## Fix safety
Commands and steps for you. The file itself stays where it is.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.facts import Exposure, Facts
from tui.core.model import Evidence, Finding, Origin, OriginKind, Remedy, Severity
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement

CODE = "secret-tracked-by-git"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    for exposure in facts.exposures:
        kind = next((f.kind for f in facts.files if f.path == exposure.path), OriginKind.DOTENV)
        origin = Origin(kind, exposure.path, exposure.shown)
        if exposure.tracked:
            title = f"git tracks {exposure.shown}, which holds a credential"
            seen = f"{exposure.inside} is in the index of {exposure.root}"
        else:
            title = f"git would add {exposure.shown}, which holds a credential"
            seen = f"no ignore list of {exposure.root} names {exposure.inside}"
        yield Finding(
            CODE,
            title,
            "Whoever gets the repository gets the credential."
            if exposure.tracked
            else "“git add .” would take it along.",
            (Evidence("What git knows of it", seen, origin),),
            (_remedy(exposure),),
            Severity.NOTE,
        )


def _remedy(exposure: Exposure) -> Remedy:
    ignore = f"Add this line to {exposure.root}/.gitignore: /{exposure.inside}"
    if not exposure.tracked:
        return remedies.steps("ignore-file", "Let git ignore the file", ignore)
    command = f"git -C {_quoted(exposure.root)} rm --cached -- {_quoted(exposure.inside)}"
    lines = (
        ignore,
        "Commit both changes.",
        "Create a new key or token, put it into the file and delete the old one: the old commits still hold it.",
    )
    return replace(
        remedies.run("untrack-file", "Take the file out of git and replace the credential", command), steps=lines
    )


def _quoted(path: str) -> str:
    """A path as one word of a shell; ``~`` stays what the shell makes of it."""
    if all(c.isalnum() or c in "_./~@%+=:-" for c in path):
        return path
    home, rest = ("~/", path[2:]) if path.startswith("~/") else ("", path)
    return home + "'" + rest.replace("'", "'\\''") + "'"
