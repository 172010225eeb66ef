"""Windows: the environment of user and machine in the registry, and the Windows side as seen from WSL."""

from __future__ import annotations

from dataclasses import replace

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting
from tui.core.survey import claude_settings
from tui.core.survey.environment import setting
from tui.core.world import World

_KINDS = ((OriginKind.WINDOWS_USER, False), (OriginKind.WINDOWS_MACHINE, True))


def registry(world: World, known: Knowledge) -> list[Setting]:
    """The variables that new programs get; those of the user win over those of the machine."""
    if world.platform != "win32":
        return []
    return [
        setting(known, name, value, Origin(kind))
        for kind, machine in _KINDS
        for name, value in world.registry(machine).items()
        if name in known.variables
    ]


def other_side(world: World, known: Knowledge) -> tuple[list[FileSeen], list[Setting]]:
    """Under WSL, Claude Code's settings on the Windows side, which the client inside Linux does not read."""
    if not world.environ.get("WSL_DISTRO_NAME"):
        return [], []
    files: list[FileSeen] = []
    settings: list[Setting] = []
    try:
        found = sorted(world.system("mnt/c/Users").glob("*/.claude/settings.json"))
    except OSError:
        found = []
    for path in found:
        seen, inside = claude_settings.read_file(world, known, OriginKind.WINDOWS_SIDE, path)
        files.append(seen)
        settings += [replace(s, origin=replace(s.origin, kind=OriginKind.WINDOWS_SIDE)) for s in inside]
    return files, settings
