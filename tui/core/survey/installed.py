"""Clients found on disk, and at which version. Files are read; nothing is run.

Claude Code      the program on PATH, ~/.local/bin (native), then the old local installation in ~/.claude/local
Python SDK       the project's virtual environment, then the active one
TypeScript SDK   node_modules of the project, then of the folders above it
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tui.core.facts import Installed
from tui.core.model import ClientName, OriginKind
from tui.core.survey.claude_settings import config_dir
from tui.core.survey.reading import exists, read
from tui.core.world import World

_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_PACKAGES = {"@anthropic-ai/claude-code": ClientName.CLAUDE_CODE, "@anthropic-ai/sdk": ClientName.TYPESCRIPT_SDK}
_LIBRARIES = ("httpx",)
"""Libraries beside the Python SDK whose version decides whether it works."""
_MOST = 64
"""Folders of one kind that are looked at: far above any real PATH or depth, and a hostile one costs no time."""


def survey(world: World, project: Path) -> tuple[Installed, ...]:
    """Return every client found, for each the one in use first. The same place is named once."""
    found = [*_claude_code(world), *_python(world, project), *_typescript(world, project)]
    return tuple(dict.fromkeys(found))


def _claude_code(world: World) -> Iterator[Installed]:
    separator = ";" if world.platform == "win32" else ":"
    folders = [Path(f) for f in world.environ.get("PATH", "").split(separator) if f]
    names = ("claude.exe", "claude.cmd") if world.platform == "win32" else ("claude",)
    programs = [folder / name for folder in (*folders[:_MOST], world.home / ".local/bin") for name in names]
    for program in programs:
        if exists(program) and (client := _program(world, program)):
            yield client
    if client := _package(world, config_dir(world) / "local/node_modules/@anthropic-ai/claude-code", "local"):
        yield client


def _program(world: World, program: Path) -> Installed | None:
    """The version behind a program: a package above what it links to or beside it, else a folder named after it."""
    try:
        real = program.resolve()
    except (OSError, RuntimeError):
        return None
    package = "node_modules/@anthropic-ai/claude-code"
    for folder in (*list(real.parents)[:3], program.parent / package, program.parent.parent / "lib" / package):
        if client := _package(world, folder, "npm"):
            return client
    for part in (real.name, real.parent.name):
        if _NUMBER.fullmatch(part):
            return Installed(ClientName.CLAUDE_CODE, part, world.shown(program), "native")
    return None


def _package(world: World, folder: Path, how: str) -> Installed | None:
    """The client whose ``package.json`` stands in a folder."""
    _, data = read(world, OriginKind.SYSTEM, folder / "package.json")
    try:
        content = json.loads(data or b"")
        name, version = _PACKAGES[content["name"]], _NUMBER.match(content["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Installed(name, version[0], world.shown(folder / "package.json"), how) if version else None


def _python(world: World, project: Path) -> Iterator[Installed]:
    active = world.environ.get("VIRTUAL_ENV", "")
    for root in (project / ".venv", project / "venv", *((Path(active),) if active else ())):
        for folder in _site_packages(root):
            versions = _distributions(folder)
            if "anthropic" in versions:
                shown = world.shown(folder / f"anthropic-{versions['anthropic'][1]}.dist-info")
                beside = tuple((name, versions[name][0]) for name in _LIBRARIES if name in versions)
                yield Installed(ClientName.PYTHON_SDK, versions["anthropic"][0], shown, "venv", beside)
                break


def _site_packages(root: Path) -> Iterator[Path]:
    yield from islice(_glob(root, "lib/python3*/site-packages"), _MOST)
    yield from islice(_glob(root, "lib64/python3*/site-packages"), _MOST)
    yield root / "Lib" / "site-packages"


def _distributions(folder: Path) -> dict[str, tuple[str, str]]:
    """The packages that matter, with version as numbers and as written; of several left-overs the newest."""
    found: dict[str, tuple[str, str]] = {}
    for name in ("anthropic", *_LIBRARIES):
        for path in islice(_glob(folder, f"{name}-*.dist-info"), _MOST):
            written = path.name.removeprefix(f"{name}-").removesuffix(".dist-info")
            number = _NUMBER.match(written)
            if number and (name not in found or _order(number[0]) > _order(found[name][0])):
                found[name] = (number[0], written)
    return found


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _glob(folder: Path, pattern: str) -> Iterator[Path]:
    try:
        yield from sorted(folder.glob(pattern))
    except OSError:
        return


def _typescript(world: World, project: Path) -> Iterator[Installed]:
    for folder in (project, *project.parents)[:_MOST]:
        if client := _package(world, folder / "node_modules/@anthropic-ai/sdk", "node_modules"):
            yield client
