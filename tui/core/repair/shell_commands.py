"""Commands that change a variable in the user's own shell. A secret is never written out: the shell asks for it."""

from __future__ import annotations

from tui.core.repair.dialect import Dialect
from tui.core.repair.fish_dialect import FISH
from tui.core.repair.model import Refused
from tui.core.repair.posix_dialect import BASH
from tui.core.repair.powershell_dialect import POWERSHELL
from tui.core.secret import Secret

DIALECTS: dict[str, Dialect] = {"sh": BASH, "fish": FISH, "powershell": POWERSHELL}
"""By family: what ``settings --export`` offers."""
_SILENT = ("bash", "zsh")
"""Shells whose ``read`` can keep what is typed off the screen; for ksh the same letter writes it into the history."""


def family(shell: str, platform: str) -> str:
    """The family of a shell by the name of its program."""
    if platform == "win32" or shell in ("pwsh", "powershell"):
        return "powershell"
    return "fish" if shell == "fish" else "sh"


def give(shell: str, platform: str, name: str, value: str | Secret) -> str:
    """The command that gives a variable a value; where it must not or cannot be written out, one that asks for it."""
    dialect = DIALECTS[family(shell, platform)]
    if not isinstance(value, Secret):
        try:
            return dialect.line(name, dialect.quote(value, ""))
        except Refused:
            pass  # a control character, which no command line can hold
    match family(shell, platform):
        case "powershell":
            return f"$env:{name} = Read-Host"
        case "fish":
            return f"read -gxs {name}"
    return f"read -{'rs' if shell in _SILENT else 'r'} {name} && export {name}"


def asks(command: str) -> bool:
    """True for a command that waits for the value."""
    return command.startswith("read -") or command.endswith("= Read-Host")


def drop(shell: str, platform: str, name: str) -> str:
    """The command that removes a variable."""
    return {"powershell": "Remove-Item Env:{}", "fish": "set -e {}"}.get(family(shell, platform), "unset {}").format(
        name
    )


def copy(shell: str, platform: str, name: str, other: str) -> str:
    """The command that gives ``other`` the value of ``name`` without showing it."""
    made = {"powershell": "$env:{1} = $env:{0}", "fish": "set -gx {1} ${0}"}.get(family(shell, platform))
    return (made or 'export {1}="${0}"').format(name, other)
