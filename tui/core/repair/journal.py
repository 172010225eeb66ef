"""Every change that was made, each of which can be undone, also after a crash and in another run."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tui.core.model import Change
from tui.core.repair import disk, files, recovery, writing
from tui.core.repair.diff import masked_diff
from tui.core.repair.lock import locked
from tui.core.repair.masking import IsSecret, looks_secret
from tui.core.repair.model import FilePlan, Plan, Refused
from tui.core.repair.notation import guess
from tui.core.repair.plan import summary
from tui.core.repair.records import FileRecord, Log, Record, State
from tui.core.repair.recovery import Move, Outcome
from tui.core.repair.vault import Vault, digest

KEPT = 20
"""Changes whose copies are kept; older ones can no longer be undone."""


class Journal:
    """The changes under one state folder. Nothing is created there before the first change."""

    def __init__(
        self, state_dir: Path, is_secret: IsSecret = looks_secret, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = state_dir
        self._is_secret = is_secret
        self._clock = clock
        self._log = Log(state_dir / "journal.jsonl")
        self._vault = Vault(state_dir / "backups")

    def apply(self, plan: Plan) -> Change:
        """Make a change: all of its files or none.

        Raises :class:`Refused` where a file is not what the plan was made from, or cannot be written.
        """
        with self._alone():
            for file in plan.files:
                _check_unchanged(file)
            record = self._prepare(plan)
            self._run(record, Move.APPLY)
            self._prune()
        return record.change

    def undo(self, change_id: str | None = None) -> Change:
        """Take back the named change, or the newest one that is not undone.

        Raises :class:`Refused` where there is none, its copies are gone, or a file was changed since; then the
        message shows the later edits, secrets masked.
        """
        return self._again(change_id, Move.UNDO)

    def redo(self, change_id: str | None = None) -> Change:
        """Make the named change again, or the one undone last. Raises :class:`Refused` as :meth:`undo` does."""
        return self._again(change_id, Move.REDO)

    def changes(self) -> tuple[Change, ...]:
        """Return the changes, oldest first; changes that did not come about are left out."""
        hidden = (State.PREPARED, State.ROLLED_BACK, State.LEFT)
        return tuple(record.change for record in self._records() if record.state not in hidden)

    def recover(self) -> tuple[str, ...]:
        """Finish or take back changes that were cut short, and return one sentence for each."""
        records = self._records()
        if not any(record.state in recovery.UNFINISHED for record in records) and not self._has_litter(records):
            return ()
        with self._alone():
            found = [record for record in self._records() if record.state in recovery.UNFINISHED]
            said = tuple(recovery.settle(record, self._log, self._vault) for record in found)
            self._prune()
        return said

    def delete_backups(self) -> int:
        """Delete all copies, which hold old secrets, and return of how many changes; none can be undone then."""
        if not self._folder.exists():
            return 0
        self.recover()
        with self._alone():
            kept = self._vault.changes()
            for change_id in kept:
                self._vault.drop(change_id)
        return len(kept)

    def _records(self) -> list[Record]:
        try:
            return self._log.records()
        except OSError as error:
            raise _failed("The journal cannot be read", error) from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            made = writing.missing_folders(self._folder)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in made:
                disk.sync_folder(folder.parent)
            if os.name == "posix":
                self._folder.chmod(0o700)
            with locked(self._folder / "lock"):
                yield
        except OSError as error:
            raise _failed("The change was not made", error) from None

    def _prepare(self, plan: Plan) -> Record:
        """Keep copies of all files and write the change down, before any of them is touched."""
        when = self._clock()
        change_id = self._new_id(when)
        try:
            for number, file in enumerate(plan.files):
                self._vault.save(change_id, f"{number}.before", file.before)
                self._vault.save(change_id, f"{number}.after", file.after)
            record = Record(
                change_id, State.PREPARED, plan.code, when, summary(plan), tuple(_file_record(f) for f in plan.files)
            )
            self._log.prepare(record)
        except BaseException:
            self._vault.drop(change_id)
            raise
        return record

    def _new_id(self, when: float) -> str:
        stamp = time.strftime("%Y%m%d-%H%M%S-", time.gmtime(when))
        taken = {record.id for record in self._records()} | set(self._vault.changes())
        same = [int(one.removeprefix(stamp), 16) for one in taken if one.startswith(stamp)]
        number = max(same) + 1 if same else secrets.randbelow(0x8000)
        return f"{stamp}{number:04x}"

    def _run(self, record: Record, move: Move) -> None:
        """Move all files of a change, and on any fault move them back."""
        try:
            if record.state is not move.during:
                self._log.mark(record.id, move.during)
            recovery.move_all(record, move, self._vault)
            self._log.mark(record.id, move.done)
        except BaseException:
            if recovery.move_back(record, move, self._vault) is Outcome.BACK:
                with suppress(OSError):
                    self._log.mark(record.id, move.failed)
                self._prune()
            raise

    def _again(self, change_id: str | None, move: Move) -> Change:
        with self._alone():
            record = self._choose(change_id, move)
            for number, file in enumerate(record.files):
                self._check_mine(record, number, file, move)
            self._run(record, move)
        return replace(record, state=move.done).change

    def _choose(self, change_id: str | None, move: Move) -> Record:
        """Return the named change, or the one that came last into a state from which it can move."""
        records = [record for record in self._records() if change_id in (None, record.id)]
        ready = [record for record in records if record.state is move.starts]
        if ready:
            return max(ready, key=lambda record: record.touched)
        if change_id is not None and not records:
            raise Refused("There is no such change.", "no-such-change")
        done = "undone" if move is Move.UNDO else "made"
        raise Refused(
            "This change is already " + done + "." if change_id else f"Nothing to {move.verb}.", "nothing-to-do"
        )

    def _check_mine(self, record: Record, number: int, file: FileRecord, move: Move) -> None:
        try:
            source, _ = recovery.versions(record, number, move, self._vault)
        except OSError:
            raise Refused("The copies of this change were deleted, so it cannot be undone.", "no-backup") from None
        current = files.read(file.real).data
        if current != source:
            difference = masked_diff(source, current, file.shown, guess(file.path), self._is_secret)
            raise Refused(
                f"{file.shown} was changed since, and that would be lost:\n{difference}",
                "changed-since",
            )

    def _prune(self) -> None:
        """Keep the newest changes only. The change itself is made by now, so a fault here waits for the next time."""
        with suppress(OSError):
            records = self._log.records()
            kept = records[-KEPT:]
            kept = [record for record in records if record in kept or record.state in recovery.UNFINISHED]
            if len(kept) < len(records):
                self._log.keep(kept)
            self._log.tidy()
            for change_id in _litter(self._vault, kept):
                self._vault.drop(change_id)

    def _has_litter(self, records: list[Record]) -> bool:
        """Tell whether a crash left half a log, or copies that nobody needs: they may hold secrets."""
        with suppress(OSError):
            return self._log.has_litter() or bool(_litter(self._vault, records))
        return False


def _litter(vault: Vault, records: list[Record]) -> set[str]:
    """Return the changes whose copies serve no undo: forgotten, never begun, or taken back at once."""
    return set(vault.changes()) - {record.id for record in records if record.state is not State.ROLLED_BACK}


def _check_unchanged(file: FilePlan) -> None:
    now = files.read(file.path)
    if now.real != file.real or now.data != file.before:
        raise Refused(f"{file.shown} has changed since the preview: look at the new difference first.", "changed")


def _file_record(file: FilePlan) -> FileRecord:
    now = files.read(file.path)
    folders = writing.missing_folders(Path(now.real).parent) if now.data is None else []
    hashes = digest(file.before), digest(file.after)
    return FileRecord(file.path, file.shown, file.real, *hashes, now.mode, tuple(str(folder) for folder in folders))


def _failed(what: str, error: OSError) -> Refused:
    return Refused(f"{what}: {(error.strerror or str(error)).rstrip('.')}.", "write-failed")
