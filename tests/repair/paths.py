"""The ways in which a change writes, each on files of its own, for tests that cut it short."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.repair.plans import plan_set
from tui.core.repair.journal import Journal
from tui.core.repair.model import Plan
from tui.core.repair.vault import Vault

OLD, GROWN, SHRUNK = b"A=1\nB=2\n", b"A=much-longer\nB=2\n", b"A=\nB=2\n"
CREATED = b"A=1\n"
Tree = dict[str, bytes | None]


def _replaced(place: Path) -> Plan:
    return plan_set((place / "a.env", "A", "much-longer"))


def _linked(place: Path) -> Plan:
    os.link(place / "a.env", place / "link-a")
    os.link(place / "b.env", place / "link-b")
    return plan_set((place / "a.env", "A", "much-longer"), (place / "b.env", "A", ""))


def _created(place: Path) -> Plan:
    return plan_set((place / "new" / "folder" / "c.env", "A", "1"))


def _several(place: Path) -> Plan:
    os.link(place / "b.env", place / "link-b")
    return plan_set(
        (place / "a.env", "A", "much-longer"), (place / "b.env", "A", ""), (place / "new" / "c.env", "A", "1")
    )


def _attributed(place: Path) -> Plan:
    os.setxattr(place / "a.env", "user.note", b"x")
    return _replaced(place)


KINDS: dict[str, Callable[[Path], Plan]] = {
    "replaced": _replaced, "linked": _linked, "created": _created, "several": _several, "attributed": _attributed,
}  # fmt: skip
PATHS = [
    ("replaced", "apply"), ("replaced", "undo"), ("linked", "apply"), ("linked", "undo"), ("created", "apply"),
    ("created", "undo"), ("attributed", "apply"), ("several", "apply"), ("several", "undo"), ("created", "redo"),
]  # fmt: skip
"""What is cut at every system call. Redoing runs the code of applying; one path shows that."""


@dataclass(slots=True)
class Stage:
    """A folder that can be put back to how it was before the change. ``old`` and ``new`` are all files and folders."""

    place: Path
    action: str
    plan: Plan
    spare: Path
    old: Tree
    new: Tree

    @property
    def state(self) -> Path:
        """The state folder of the tool."""
        return self.place / "state"

    def reset(self) -> None:
        """Put everything back."""
        shutil.rmtree(self.place)
        copy(self.spare, self.place)

    def check(self, because: object, spare_folders: bool = False) -> bool:
        """Recover as the next start does, assert that all is old or all is new, and tell which: True for new.

        ``spare_folders`` allows for empty folders that could not be removed; they are removed here.
        """
        journal = Journal(self.state)
        journal.recover()
        if spare_folders:
            for folder in (self.place / "new" / "folder", self.place / "new"):
                with suppress(OSError):
                    folder.rmdir()
        now = tree(self.place)
        assert now in (self.old, self.new), because
        made = [change for change in journal.changes() if not change.undone]
        assert bool(made) == ((now == self.new) == (self.action != "undo")), because
        assert set(Vault(self.state / "backups").changes()) <= {change.id for change in journal.changes()}, because
        assert not list(self.state.glob("*.new")), because
        assert journal.recover() == (), because
        return now == self.new

    def check_reversible(self, done: bool, because: object) -> None:
        """Assert that what was left can be moved to the other side."""
        journal = Journal(self.state)
        if self.action == "apply" and not done:
            journal.apply(self.plan)
        elif (self.action == "undo") == done:
            journal.redo()
        else:
            journal.undo()
        assert tree(self.place) == (self.old if done else self.new), because


def stage(place: Path, kind: str, action: str) -> Stage:
    """Make the files of one path and bring them to where the action starts. Raises OSError where one cannot be made."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    (place / "a.env").write_bytes(OLD)
    (place / "b.env").write_bytes(OLD)
    (place / "a.env").chmod(0o640)
    plan = KINDS[kind](place)
    old = tree(place)
    journal = Journal(place / "state", clock=lambda: 1764066000.0)
    spare = place.with_name(place.name + "-spare")
    shutil.rmtree(spare, ignore_errors=True)
    if action == "apply":
        copy(place, spare)
    journal.apply(plan)
    new = tree(place)
    if action == "undo":
        old, new = new, old
    if action == "redo":
        journal.undo()
    if action != "apply":
        copy(place, spare)
    return Stage(place, action, plan, spare, old, new)


def tree(place: Path) -> Tree:
    """Every file with its bytes and every folder (None) below ``place``, without the state of the tool."""
    found: Tree = {}
    for folder, folders, names in os.walk(place):
        if Path(folder) == place and "state" in folders:
            folders.remove("state")
        found.update({f"{os.path.relpath(folder, place)}/{name}": None for name in folders})
        for name in names:
            path = Path(folder, name)
            info = path.stat()
            found[f"{os.path.relpath(path, place)} {info.st_mode:o} {info.st_nlink}"] = path.read_bytes()
    return found


def copy(source: Path, target: Path) -> None:
    """Copy a folder with modes, hard links and extended attributes."""
    copies: dict[int, Path] = {}
    target.mkdir(mode=source.stat().st_mode & 0o777)
    for entry in os.scandir(source):
        path, info = target / entry.name, entry.stat()
        if entry.is_dir():
            copy(Path(entry.path), path)
        elif info.st_ino in copies:
            os.link(copies[info.st_ino], path)
        else:
            copies[info.st_ino] = path
            path.write_bytes(Path(entry.path).read_bytes())
            path.chmod(info.st_mode & 0o777)
            with suppress(OSError, AttributeError):
                for name in os.listxattr(entry.path):
                    os.setxattr(path, name, os.getxattr(entry.path, name))
