"""direnv: the nearest ``.envrc``. It counts once it was allowed, which direnv notes by a hash of path and content."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, OriginKind, Setting, Standing
from tui.core.survey import dotenv, startup
from tui.core.survey.reading import exists
from tui.core.world import World

_LOADS = re.compile(r"(?m)^[ \t]*dotenv(?:_if_exists)?(?:[ \t]+(\S+))?")


@dataclass(frozen=True, slots=True)
class Envrc:
    """The file, its settings (strongest first), and whether direnv runs it: allowed, and hooked into the shell."""

    files: tuple[FileSeen, ...] = ()
    settings: tuple[Setting, ...] = ()
    allowed: bool = False
    hooked: bool = False


def survey(world: World, known: Knowledge, project: Path, shell_files: Iterable[FileSeen]) -> Envrc:
    """Read the nearest ``.envrc`` of the project or of a folder above it. Nothing is run."""
    path = next((f / ".envrc" for f in (project, *project.parents) if exists(f / ".envrc")), None)
    if path is None:
        return Envrc()
    walk = startup.read_one(world, known, "bash", path)
    files, settings = list(walk.files), list(walk.ledger.settings)
    for seen, found in _dotenv(world, known, path):
        files.append(seen)
        settings += found
    kind = OriginKind.DIRENV
    settings = [replace(s, origin=replace(s.origin, kind=kind)) for s in settings]
    counted = [s for s in settings if s.standing in (Standing.SURE, Standing.DYNAMIC)]
    rest = [s for s in settings if s not in counted]
    return Envrc(
        tuple(replace(f, kind=kind) for f in files),
        (*reversed(counted), *rest),
        _allowed(world, path),
        any(_hooks(f.path) for f in shell_files),
    )


def _dotenv(world: World, known: Knowledge, path: Path) -> list[tuple[FileSeen, list[Setting]]]:
    """The dotenv files that direnv's own function ``dotenv`` reads in."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return []
    names = [found[1] or ".env" for found in _LOADS.finditer(text)]
    return [dotenv.read_file(world, known, path.parent / name) for name in names if exists(path.parent / name)]


def _allowed(world: World, path: Path) -> bool:
    data = world.environ.get("XDG_DATA_HOME") or str(world.home / ".local" / "share")
    try:
        content = path.read_bytes()
    except OSError:
        return False
    name = hashlib.sha256(os.fsencode(os.path.abspath(path)) + b"\n" + content).hexdigest()
    return exists(Path(data, "direnv", "allow", name))


def _hooks(path: str) -> bool:
    try:
        return b"direnv hook" in Path(path).read_bytes()
    except OSError:
        return False
