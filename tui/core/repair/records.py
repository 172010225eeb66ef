"""The log of changes: one JSON line for each step, appended and synced, and never a value of a setting.

prepared ─→ done ─→ undoing ─→ undone ─→ redoing ─→ done
    ├─→ rolled-back
    └─→ left, where somebody else changed a file before it could be rolled back: its copies stay
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tui.core.model import Change
from tui.core.repair import disk

_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")


class State(StrEnum):
    """How far a change has come."""

    PREPARED = "prepared"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    REDOING = "redoing"
    ROLLED_BACK = "rolled-back"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a change: where it is, and the SHA-256 (hex) of its bytes before and after; None is no file.

    ``folders`` are those that had to be made for it, innermost first.
    """

    path: str
    shown: str
    real: str
    before: str | None
    after: str | None
    mode: int | None
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One change. ``when`` counts seconds since 1970; ``touched`` orders changes by their latest step."""

    id: str
    state: State
    code: str
    when: float
    summary: str
    files: tuple[FileRecord, ...]
    touched: int = 0

    @property
    def change(self) -> Change:
        """The change as the rest of the tool sees it."""
        first = self.files[0]
        undone = self.state in (State.UNDONE, State.REDOING)
        paths = tuple(file.path for file in self.files)
        return Change(self.id, first.path, first.shown, self.code, self.when, undone, self.summary, paths)


@dataclass(frozen=True, slots=True)
class Log:
    """The file of records. Methods raise OSError where it cannot be read or written."""

    path: Path

    def records(self) -> list[Record]:
        """Return all changes, oldest first; lines that a crash left torn are passed over."""
        found: dict[str, Record] = {}
        step = 0
        for line in self._read().splitlines():
            try:
                entry = json.loads(line)
                step = max(step + 1, int(entry.get("touched", 0)))
                record = _record(entry) if "files" in entry else found[entry["id"]]
                found[record.id] = replace(record, state=State(entry["state"]), touched=step)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
        return list(found.values())

    def prepare(self, record: Record) -> None:
        """Write down a change before anything is done."""
        self._append(asdict(record))

    def mark(self, change_id: str, state: State) -> None:
        """Write down how far a change has come."""
        self._append({"id": change_id, "state": state})

    def keep(self, records: list[Record]) -> None:
        """Forget all other records; the file is replaced in one step."""
        self.tidy()
        try:
            disk.create(self._new, "".join(json.dumps(asdict(record)) + "\n" for record in records).encode("ascii"))
            self._new.replace(self.path)
        except BaseException:
            with suppress(OSError):
                self.tidy()
            raise
        disk.sync_folder(self.path.parent)

    def tidy(self) -> None:
        """Remove what a crash left of a log that was to take the place of this one."""
        self._new.unlink(missing_ok=True)

    def has_litter(self) -> bool:
        """Tell whether there is something to tidy."""
        return self._new.exists()

    @property
    def _new(self) -> Path:
        return self.path.with_name(self.path.name + ".new")

    def _read(self) -> str:
        try:
            return disk.read(self.path).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def _append(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry) + "\n"
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), disk.PRIVATE)
        try:
            size = os.lseek(descriptor, 0, os.SEEK_END)
            if size:
                # A line end first where a crash left the last line torn: that must not spoil this one.
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                line = line if os.read(descriptor, 1) == b"\n" else "\n" + line
            disk.write_all(descriptor, line.encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if not size:
            disk.sync_folder(self.path.parent)


def _record(entry: dict[str, Any]) -> Record:
    """Build a record from a line of the log. Raises ValueError, KeyError or TypeError for anything else."""
    if not _ID.fullmatch(entry["id"]) or not entry["files"]:
        raise ValueError("not a record")
    files = tuple(FileRecord(**{**file, "folders": tuple(file.get("folders", ()))}) for file in entry["files"])
    state, when = State(entry["state"]), float(entry["when"])
    return Record(entry["id"], state, str(entry["code"]), when, str(entry["summary"]), files)
