"""Asking the shell itself whether it could read a start-up file: parsed, never run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from tui.core.repair.notation import Notation

Checker = Callable[[Notation, bytes], bool | None]
"""Tells whether the shell of a notation can read a text; None where that cannot be told."""

SECONDS = 2.0
_PATH = "/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin"
"""Where shells are looked for; not on the user's PATH, which may hold anything."""

_COMMANDS = {
    Notation.BASH: ("bash", "--noprofile", "--norc", "-n"),
    Notation.ENVRC: ("bash", "--noprofile", "--norc", "-n"),
    Notation.ZSH: ("zsh", "-f", "-n"),
    Notation.FISH: ("fish", "--no-config", "-n"),
}


def accepts(notation: Notation, text: bytes) -> bool | None:
    """Let the shell parse a text, from standard input, without its start-up files and in an empty environment.

    Returns None where there is no such shell, or it does not answer within two seconds.
    """
    command = _COMMANDS.get(notation)
    found = shutil.which(command[0], path=_PATH) if command and os.name == "posix" else None
    if command is None or found is None:
        return None
    import subprocess

    try:
        done = subprocess.run(
            [found, *command[1:]],
            input=text,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": _PATH, "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            cwd="/",
            timeout=SECONDS,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode == 0


def is_broken_by(notation: Notation, before: bytes | None, after: bytes | None, check: Checker) -> bool:
    """Tell whether a shell could read the old text and cannot read the new one."""
    return after is not None and check(notation, after) is False and check(notation, before or b"") is True
