"""The notations that a file of settings can be written in."""

from __future__ import annotations

import re
from enum import StrEnum

_BASH = {".bashrc", ".bash_profile", ".bash_login", ".profile"}
_ZSH = {".zshrc", ".zshenv", ".zprofile", ".zlogin"}


class Notation(StrEnum):
    """One way to write settings down; each has its own editor."""

    DOTENV = "dotenv"
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    ENVRC = "envrc"
    ENVIRONMENT_D = "environment.d"
    JSON = "json"
    JSONC = "jsonc"

    @property
    def is_json(self) -> bool:
        """True where an address is a path of keys, not the name of a variable."""
        return self in (Notation.JSON, Notation.JSONC)


def guess(path: str) -> Notation | None:
    """Return the notation that the name of a file promises, or None where it promises none.

    The file is not opened. Both slashes separate folders, so that a Windows path can be judged anywhere.
    """
    parts = [part for part in re.split(r"[/\\]", path) if part]
    if not parts:
        return None
    name = parts[-1]
    folder = parts[-2] if len(parts) > 1 else ""
    if name == ".envrc":
        return Notation.ENVRC
    if name in _BASH:
        return Notation.BASH
    if name in _ZSH:
        return Notation.ZSH
    if name.endswith(".fish"):
        return Notation.FISH
    if name.lower().endswith(".ps1"):
        return Notation.POWERSHELL
    if name.endswith(".conf") and folder == "environment.d":
        return Notation.ENVIRONMENT_D
    if name.endswith(".jsonc"):
        return Notation.JSONC
    if name.endswith(".json"):
        return Notation.JSON
    if name == ".env" or name.startswith(".env.") or name.endswith(".env"):
        return Notation.DOTENV
    return None
