"""Is a file with a credential in git's hands? Read from git's own files; git itself is never run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.core.facts import Exposure
from tui.core.model import OriginKind, Setting
from tui.core.secret import Secret
from tui.core.survey import git_ignore, git_index
from tui.core.survey.reading import exists
from tui.core.world import World

_LIMIT = 32 << 20
"""Bytes of an index that is still read: some 300 000 files."""
_CANDIDATES = (
    OriginKind.DOTENV,
    OriginKind.DIRENV,
    OriginKind.SHELL,
    OriginKind.PROJECT_SETTINGS,
    OriginKind.LOCAL_SETTINGS,
    OriginKind.USER_SETTINGS,
)


@dataclass(frozen=True, slots=True)
class Repository:
    """A working tree ``root``, its own git folder, and the folder that it shares with other working trees."""

    root: Path
    folder: Path
    common: Path


def survey(world: World, settings: Iterable[Setting]) -> tuple[Exposure, ...]:
    """The files with a credential that git tracks, or would add. What cannot be told is left out."""
    holding = {
        s.origin.path: s.origin.shown
        for s in settings
        if isinstance(s.value, Secret) and s.text.strip() and s.origin.path and s.origin.kind in _CANDIDATES
    }
    found = (_exposure(world, Path(path), shown) for path, shown in holding.items())
    return tuple(one for one in found if one is not None)


def _exposure(world: World, path: Path, shown: str) -> Exposure | None:
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        return None
    repository = find(real, world.home)
    if repository is None or repository.folder in real.parents:
        return None
    inside = real.relative_to(repository.root).as_posix()
    tracked = tracks(repository, inside)
    if tracked is None or (not tracked and ignored(world, repository, inside)):
        return None
    return Exposure(str(path), shown, world.shown(repository.root), inside, tracked)


def find(path: Path, home: Path) -> Repository | None:
    """The repository that a file stands in; a search that begins below the home ends there."""
    for folder in path.parents:
        git = folder / ".git"
        if exists(git):
            return _open(folder, git)
        if folder == home.resolve():
            return None
    return None


def tracks(repository: Repository, inside: str) -> bool | None:
    """True if the index has the path; None where the index cannot be read."""
    index = repository.folder / "index"
    if not exists(index):
        return False  # nothing was ever added
    data = _bytes(index)
    if data is None:
        return None
    width = 32 if "objectformat = sha256" in _text(repository.common / "config").lower() else 20
    try:
        names, shared = git_index.read(data, width)
        if shared:
            base = _bytes(repository.folder / f"sharedindex.{shared}")
            names |= git_index.read(base, width)[0] if base else set()
    except git_index.Unreadable:
        return None
    return inside.encode("utf-8", "surrogateescape") in names


def ignored(world: World, repository: Repository, inside: str) -> bool:
    """True if git would pass over the path: its .gitignore files, info/exclude and the user's own list."""
    outer = [_text(repository.common / "info" / "exclude"), _text(_own_list(world))]

    def lists(folder: str) -> Iterator[tuple[str, str]]:
        parts = [part for part in folder.split("/") if part]
        for depth in range(len(parts), -1, -1):
            base = "/".join(parts[:depth])
            yield base, _text(repository.root / base / ".gitignore")
        yield from (("", text) for text in outer)

    return git_ignore.ignored(inside, lists)


def _open(root: Path, git: Path) -> Repository | None:
    """``.git`` is a folder, or in a worktree or submodule a file that names one."""
    folder = git
    if git.is_file():
        match = re.match(r"gitdir: (.+)", _text(git))
        if match is None:
            return None
        folder = root / match[1].strip()
    shared = _text(folder / "commondir").strip()
    return Repository(root, folder, folder / shared if shared else folder)


def _own_list(world: World) -> Path:
    """The list of ``core.excludesFile``, or where git looks for it without that setting."""
    base = Path(world.environ.get("XDG_CONFIG_HOME") or world.home / ".config") / "git"
    for config in (world.home / ".gitconfig", base / "config"):
        match = re.search(r"^[ \t]*excludesfile[ \t]*=[ \t]*\"?([^\"\n;#]+)", _text(config), re.I | re.M)
        if match:
            named = match[1].strip()
            return world.home / named[2:] if named.startswith("~/") else Path(named)
    return base / "ignore"


def _bytes(path: Path) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _text(path: Path) -> str:
    return (_bytes(path) or b"").decode("utf-8", "replace")
