"""Others can read a file that holds a credential.

## What it means
The file's mode lets other users of this machine read your key.

## Why we believe it
The permission bits of the file.

## How to fix
Make it readable for you alone.

## Fix safety
The command is shown.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, OriginKind, Severity
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret

CODE = "secret-file-readable"
EXPLAINS: set[str] = set()
_OTHERS = 0o007
_PRIVATE = (OriginKind.DOTENV, OriginKind.USER_SETTINGS, OriginKind.LOCAL_SETTINGS, OriginKind.STATE)


def check(facts: Facts) -> Judgement:
    if facts.platform == "win32":
        return
    holding = {s.origin.path for s in facts.settings if isinstance(s.value, Secret) and s.text and "://" not in s.text}
    for file in facts.files:
        if file.path not in holding or file.mode is None or not file.mode & _OTHERS or file.kind not in _PRIVATE:
            continue
        yield Finding(
            CODE,
            f"Other users of this machine can read {file.shown}, which holds a credential",
            "Its permissions are wider than they need to be.",
            (Evidence("Permissions", f"{file.mode:04o}", file.origin),),
            (
                remedies.run(
                    "chmod",
                    "Make it readable for you alone",
                    f"chmod 600 '{file.shown.replace('~', '$HOME', 1)}'".replace("'$HOME", '"$HOME"\''),
                ),
            ),
            Severity.NOTE,
        )
