"""Values as commands for the user's own shell: ``unsnarl settings --export``."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.model import Setting
from tui.core.repair.model import Refused
from tui.core.repair.shell_commands import DIALECTS
from tui.core.secret import Secret


def render(winners: Iterable[Setting], shell: str, reveal: bool = False) -> str:
    """One command a line. A secret is only written out where ``reveal`` says so; else a comment names it."""
    dialect = DIALECTS[shell]
    lines = []
    for setting in winners:
        if not setting.name.replace("_", "").isalnum() or not (setting.name.isupper() or "proxy" in setting.name):
            continue  # a key of a settings file, which no environment carries
        if isinstance(setting.value, Secret) and not reveal:
            lines.append(f"# {setting.name} is a secret: say --reveal to have it written out")
            continue
        try:
            lines.append(dialect.line(setting.name, dialect.quote(setting.text, "")))
        except Refused as refusal:
            lines.append(f"# {setting.name}: {refusal}")
    return "".join(f"{line}\n" for line in lines)
