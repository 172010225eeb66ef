"""One file alone, whatever its notation, with all its names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, FileState, OriginKind, Setting
from tui.core.repair.notation import Notation, guess
from tui.core.survey import claude_settings, dotenv, startup
from tui.core.survey.sources import session
from tui.core.world import World

_SHELLS = {
    Notation.BASH: "bash",
    Notation.ENVRC: "bash",
    Notation.ZSH: "zsh",
    Notation.FISH: "fish",
    Notation.POWERSHELL: "pwsh",
}


def read(world: World, known: Knowledge, path: Path) -> tuple[list[Setting], str]:
    """Return everything that a file sets, in its order, and what is wrong with it as a sentence (or nothing)."""
    path = path.absolute()
    notation = guess(str(path)) or Notation.DOTENV
    if notation in _SHELLS:
        walk = startup.read_one(world, known, _SHELLS[notation], path, every=True)
        found = list(walk.ledger.settings)
        seen = walk.files[0] if walk.files else _missing(world, path)
        if notation is Notation.ENVRC:
            found = [replace(s, origin=replace(s.origin, kind=OriginKind.DIRENV)) for s in found]
    elif notation is Notation.ENVIRONMENT_D:
        seen, found = session.read_file(world, known, path)
    elif notation.is_json:
        seen, found = claude_settings.read_file(world, known, OriginKind.USER_SETTINGS, path, every=True)
    else:
        seen, found = dotenv.read_file(world, known, path, every=True)
    if seen.state is FileState.MISSING:
        return [], f"{seen.shown} does not exist"
    return found, seen.problem


def _missing(world: World, path: Path) -> FileSeen:
    from tui.core.survey.reading import read as look

    return look(world, OriginKind.SHELL, path)[0]
