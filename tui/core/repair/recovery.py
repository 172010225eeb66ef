"""Moving the files of a change to and fro, and putting right what was cut short in between."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from tui.core.repair import files, writing
from tui.core.repair.model import Refused
from tui.core.repair.records import FileRecord, Log, Record, State
from tui.core.repair.vault import Vault

UNFINISHED = (State.PREPARED, State.UNDOING, State.REDOING)


class Move(Enum):
    """A way through the states: from ``starts`` by ``during`` to ``done``, or to ``failed`` where it was taken back."""

    APPLY = ("make", State.PREPARED, State.PREPARED, State.DONE, State.ROLLED_BACK)
    UNDO = ("undo", State.DONE, State.UNDOING, State.UNDONE, State.DONE)
    REDO = ("redo", State.UNDONE, State.REDOING, State.DONE, State.UNDONE)

    def __init__(self, verb: str, starts: State, during: State, done: State, failed: State) -> None:
        self.verb = verb
        self.starts = starts
        self.during = during
        self.done = done
        self.failed = failed


class Outcome(Enum):
    """How taking back went, from the best to the worst."""

    BACK = "back"
    """All files are as they were."""
    FOREIGN = "foreign"
    """A file is neither: somebody else's by now, so it stays; or its copies are gone."""
    FAULT = "fault"
    """A file could not be read or written this time."""


def versions(record: Record, number: int, move: Move, vault: Vault) -> tuple[bytes | None, bytes | None]:
    """Return a file's bytes before and after the move. Raises FileNotFoundError where a copy is gone."""
    file = record.files[number]
    before = vault.load(record.id, f"{number}.before", file.before)
    after = vault.load(record.id, f"{number}.after", file.after)
    return (after, before) if move is Move.UNDO else (before, after)


def move_all(record: Record, move: Move, vault: Vault) -> None:
    """Write every file of a change. Raises :class:`Refused` and OSError; files before the fault are then moved."""
    for number, file in enumerate(record.files):
        source, target = versions(record, number, move, vault)
        writing.write(file.real, source, target, record.id, _mode(file.mode))
        _drop_folders(file, target)


def move_back(record: Record, move: Move, vault: Vault) -> Outcome:
    """Take back what a move has done, torn files included. Never raises for a fault of one file."""
    outcomes = [_move_back(record, number, move, vault) for number in reversed(range(len(record.files)))]
    return max(outcomes, key=list(Outcome).index)


def _move_back(record: Record, number: int, move: Move, vault: Vault) -> Outcome:
    file = record.files[number]
    try:
        _drop_temporary(file, record)
        source, target = versions(record, number, move, vault)
        current = files.content(file.real)
        if current == target or _is_torn(current, source, target):
            writing.write(file.real, current, source, record.id, _mode(file.mode))
        elif current != source:
            return Outcome.FOREIGN
        _drop_folders(file, source)
    except FileNotFoundError:
        return Outcome.FOREIGN
    except (OSError, Refused):
        return Outcome.FAULT
    return Outcome.BACK


def settle(record: Record, log: Log, vault: Vault) -> str:
    """Finish a change that was cut short where all of its files are written, else take it back; say which.

    Where a fault hinders that (a full disk), the change stays unfinished, and the next start tries again.
    """
    move = next(one for one in Move if one.during is record.state)
    names = ", ".join(file.shown for file in record.files)
    if _is_complete(record, move, vault):
        for number, file in enumerate(record.files):
            _drop_temporary(file, record)
            _drop_folders(file, versions(record, number, move, vault)[1])
        log.mark(record.id, move.done)
        return f"An interrupted change of {names} had been written; it now counts as {move.done}."
    outcome = move_back(record, move, vault)
    if outcome is Outcome.FAULT:
        return f"An interrupted change of {names} could not be taken back yet: the next start tries again."
    left = outcome is Outcome.FOREIGN and move is Move.APPLY
    log.mark(record.id, State.LEFT if left else move.failed)
    if outcome is Outcome.BACK:
        return f"An interrupted change of {names} was taken back."
    return f"An interrupted change of {names} could not be taken back everywhere: look at these files."


def _drop_temporary(file: FileRecord, record: Record) -> None:
    Path(writing.temporary(file.real, record.id)).unlink(missing_ok=True)


def _drop_folders(file: FileRecord, wanted: bytes | None) -> None:
    """Remove the folders that were made for a file, where there is to be no such file."""
    if wanted is None:
        writing.drop_folders(Path(folder) for folder in file.folders)


def _is_complete(record: Record, move: Move, vault: Vault) -> bool:
    try:
        return all(
            files.content(file.real) == versions(record, number, move, vault)[1]
            for number, file in enumerate(record.files)
        )
    except (OSError, Refused):
        return False


def _is_torn(current: bytes | None, source: bytes | None, target: bytes | None) -> bool:
    """Tell whether a file rewritten in place stopped halfway: the start of one version, the rest of the other."""
    if current is None or source is None or target is None:
        return False
    return _is_mixture(current, target, source) or _is_mixture(current, source, target)


def _is_mixture(current: bytes, start: bytes, rest: bytes) -> bool:
    shared = 0
    while shared < min(len(current), len(start)) and current[shared] == start[shared]:
        shared += 1
    padded = rest + bytes(max(len(current) - len(rest), 0))
    return len(current) >= len(rest) and current[shared:] == padded[shared : len(current)]


def _mode(mode: int | None) -> int:
    return 0o600 if mode is None else mode
