"""Copies of files before and after each change, for undo. They hold secrets, so only their owner may read them."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from tui.core.repair import disk


def digest(data: bytes | None) -> str | None:
    """Return the SHA-256 of bytes as hex digits, or None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Vault:
    """The folder of copies: one folder for each change. Methods raise OSError."""

    folder: Path

    def save(self, change_id: str, name: str, data: bytes | None) -> None:
        """Keep a copy that did not exist before; None leaves nothing to keep."""
        if data is None:
            return
        place = self.folder / change_id
        self.folder.mkdir(mode=0o700, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        disk.create(place / name, data)
        disk.sync_folder(place)
        disk.sync_folder(self.folder)

    def load(self, change_id: str, name: str, expected: str | None) -> bytes | None:
        """Return a copy whose digest is ``expected``, which is None for no file.

        Raises FileNotFoundError where the copy was deleted or is not what it was.
        """
        if expected is None:
            return None
        data = disk.read(self.folder / change_id / name)
        if digest(data) != expected:
            raise FileNotFoundError(f"the copy {name} of {change_id} was changed")
        return data

    def drop(self, change_id: str) -> None:
        """Delete the copies of one change."""
        shutil.rmtree(self.folder / change_id, ignore_errors=True)

    def changes(self) -> list[str]:
        """Return the changes of which copies are kept."""
        return sorted(entry.name for entry in self.folder.iterdir()) if self.folder.is_dir() else []
