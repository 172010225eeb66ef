"""The notations that a file of settings can be written in."""

from __future__ import annotations

import re
from enum import StrEnum

_BASH = {
    ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".bash_aliases", ".profile", ".kshrc", ".mkshrc",
    ".xprofile", ".xsessionrc",
}  # fmt: skip
_ZSH = {".zshrc", ".zshenv", ".zprofile", ".zlogin", ".zlogout"}
_ETC_BASH = {"profile", "bashrc", "bash.bashrc", "bash.bash_logout"}
_EDITORS = {"Code", "Code - Insiders", "Code - OSS", "VSCodium", "Cursor", "Windsurf"}


class Notation(StrEnum):
    """One way to write settings down; each has its own editor."""

    DOTENV = "dotenv"
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    ENVRC = "envrc"
    ENVIRONMENT_D = "environment.d"
    ENVIRONMENT = "environment"
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
    if name in _BASH or name.endswith((".bash", ".sh")):
        return Notation.BASH
    if name in _ZSH or name.endswith(".zsh"):
        return Notation.ZSH
    if "etc" in parts[:-1]:
        found = _system_wide(name, folder)
        if found is not None:
            return found
    if name.endswith(".fish") or name == "fish_variables":
        return Notation.FISH
    if name.lower().endswith(".ps1"):
        return Notation.POWERSHELL
    if name.endswith(".conf") and folder == "environment.d":
        return Notation.ENVIRONMENT_D
    if name.endswith(".jsonc") or _is_loose(parts):
        return Notation.JSONC
    if name.endswith(".json"):
        return Notation.JSON
    if name == ".env" or name.startswith(".env.") or name.endswith(".env"):
        return Notation.DOTENV
    return None


def _system_wide(name: str, folder: str) -> Notation | None:
    """Return the notation of a file below ``/etc``, where names have no dot."""
    if name == "environment" and folder == "etc":
        return Notation.ENVIRONMENT
    if name in _ETC_BASH and folder == "etc":
        return Notation.BASH
    return Notation.ZSH if folder in ("etc", "zsh") and f".{name}" in _ZSH else None


def _is_loose(parts: list[str]) -> bool:
    """Tell whether an editor reads the file, which takes comments and trailing commas."""
    name, folders = parts[-1], parts[:-1]
    if name in ("devcontainer.json", ".devcontainer.json") or name.endswith(".code-workspace"):
        return True
    if folders[-1:] == [".vscode"]:
        return name.endswith(".json")
    return name == "settings.json" and "User" in folders and bool(_EDITORS & set(folders))
