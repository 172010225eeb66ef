"""What the next start finds, and what it does about it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.repair.plans import plan_set
from tui.core.repair import writing
from tui.core.repair.journal import Journal
from tui.core.repair.model import Refused
from tui.core.repair.records import Log, State

_KILLED = KeyboardInterrupt("as if the power went")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "p" / "one.env", tmp_path / "p" / "two.env"
    paths[0].parent.mkdir()
    for path in paths:
        path.write_bytes(b"A=1\n")
    return paths


def _interrupt(journal: Journal, pair: tuple[Path, Path]) -> None:
    """Write the first of two files and then stop, without any cleaning up."""
    write = writing.write

    def once(real: str, *rest: object) -> None:
        if Path(real) == pair[1]:
            raise _KILLED
        write(real, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "write", once)
        patch.setattr("tui.core.repair.recovery.move_back", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            journal.apply(plan_set((pair[0], "A", "2"), (pair[1], "A", "2")))
    assert (pair[0].read_bytes(), pair[1].read_bytes()) == (b"A=2\n", b"A=1\n")


def _copies(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "backups").iterdir())


def test_half_a_change_is_taken_back_and_its_copies_are_deleted(
    tmp_path: Path, journal: Journal, pair: tuple[Path, Path]
) -> None:
    _interrupt(journal, pair)
    (said,) = journal.recover()
    assert said == "An interrupted change of ~/one.env, ~/two.env was taken back."
    assert pair[0].read_bytes() == b"A=1\n"
    assert (journal.changes(), _copies(tmp_path), journal.recover()) == ((), [], ())


def test_what_cannot_be_taken_back_now_is_tried_again(
    journal: Journal, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _interrupt(journal, pair)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            (said,) = journal.recover()
        assert said.endswith("could not be taken back yet: the next start tries again.")
        assert pair[0].read_bytes() == b"A=2\n"
    (said,) = journal.recover()
    assert said.endswith("was taken back.")
    assert pair[0].read_bytes() == b"A=1\n"


def test_a_file_that_somebody_changed_meanwhile_stays_and_so_do_the_copies(
    tmp_path: Path, journal: Journal, pair: tuple[Path, Path]
) -> None:
    _interrupt(journal, pair)
    pair[0].write_bytes(b"A=2\nMINE=1\n")
    (said,) = journal.recover()
    assert said.endswith("could not be taken back everywhere: look at these files.")
    assert pair[0].read_bytes() == b"A=2\nMINE=1\n"
    assert (journal.changes(), journal.recover()) == ((), ())
    (copies,) = _copies(tmp_path)
    assert (copies / "0.before").read_bytes() == b"A=1\n"
    assert [record.state for record in Log(tmp_path / "state" / "journal.jsonl").records()] == [State.LEFT]
    with pytest.raises(Refused, match="Nothing to undo"):
        journal.undo()


def test_deleting_the_copies_settles_what_is_unfinished_first(
    tmp_path: Path, journal: Journal, pair: tuple[Path, Path]
) -> None:
    _interrupt(journal, pair)
    journal.delete_backups()
    assert pair[0].read_bytes() == b"A=1\n"
    assert _copies(tmp_path) == []
    assert journal.recover() == ()


def test_copies_that_were_lost_do_not_hold_up_the_next_start_for_ever(
    tmp_path: Path, journal: Journal, pair: tuple[Path, Path]
) -> None:
    _interrupt(journal, pair)
    for copy in _copies(tmp_path)[0].iterdir():
        copy.unlink()
    (said,) = journal.recover()
    assert "look at these files" in said
    assert journal.recover() == ()


def test_copies_of_a_change_that_was_never_begun_are_deleted(tmp_path: Path, journal: Journal) -> None:
    orphan = tmp_path / "state" / "backups" / "20251125-102000-0001"
    orphan.mkdir(parents=True)
    (orphan / "0.before").write_bytes(b"A=secret\n")
    (tmp_path / "state" / "journal.jsonl.new").write_bytes(b"{")
    assert journal.recover() == ()
    assert _copies(tmp_path) == []
    assert not (tmp_path / "state" / "journal.jsonl.new").exists()


def test_folders_that_were_made_go_with_their_file(tmp_path: Path, journal: Journal) -> None:
    path = tmp_path / "a" / "b" / ".env"
    journal.apply(plan_set((path, "A", "1")))
    journal.undo()
    assert not (tmp_path / "a").exists()
    journal.redo()
    (tmp_path / "a" / "mine").write_bytes(b"")
    journal.undo()
    assert [one.name for one in (tmp_path / "a").iterdir()] == ["mine"]


def test_a_journal_of_an_older_version_is_understood(tmp_path: Path, journal: Journal, pair: tuple[Path, Path]) -> None:
    journal.apply(plan_set((pair[0], "A", "2")))
    log = tmp_path / "state" / "journal.jsonl"
    log.write_text(log.read_text().replace(', "folders": []', ""))
    assert "folders" not in log.read_text()
    assert journal.undo().undone
    assert pair[0].read_bytes() == b"A=1\n"
