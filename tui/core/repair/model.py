"""What a change would do, before it does it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.model import Remedy


class Refused(Exception):
    """An edit that must not be made. The message is one plain sentence for the user; ``reason`` a short slug."""

    def __init__(self, message: str, reason: str = "refused") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file before and after. ``before`` is None where it does not exist, ``after`` None where it would be removed.

    ``path`` is as configured, ``real`` with all links resolved; ``diff`` is a unified diff with secrets masked.
    """

    path: str
    shown: str
    real: str
    before: bytes | None
    after: bytes | None
    diff: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of one remedy, changed together and undone together."""

    remedy: Remedy
    code: str
    files: tuple[FilePlan, ...]

    @property
    def diff(self) -> str:
        """The masked diffs of all files."""
        return "".join(f.diff for f in self.files)
