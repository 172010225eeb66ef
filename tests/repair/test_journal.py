from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.repair.plans import plan_set, plan_unset, set_in_the_end
from tui.core.repair.journal import KEPT, Journal
from tui.core.repair.model import Refused
from tui.core.secret import Secret

_CANARY = "CANARY-3f9b17c2e0d84a65-CANARY"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state", clock=lambda: 1764066000.0)


@pytest.fixture
def env(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    path.write_bytes(b"A=1\r\n# c\r\n")
    return path


def _everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_is_created_by_looking(tmp_path: Path, journal: Journal) -> None:
    assert journal.changes() == ()
    assert journal.recover() == ()
    assert journal.delete_backups() == 0
    assert not (tmp_path / "state").exists()


def test_apply_undo_redo(env: Path, journal: Journal) -> None:
    change = journal.apply(plan_set((env, "A", "2")))
    assert change.id.startswith("20251125-102000-")
    assert (change.code, change.shown, change.summary, change.undone) == (
        "cfg-test",
        "~/.env",
        "set A in ~/.env",
        False,
    )
    assert env.read_bytes() == b"A=2\r\n# c\r\n"
    assert journal.undo().undone
    assert env.read_bytes() == b"A=1\r\n# c\r\n"
    assert journal.changes()[0].undone
    assert not journal.redo().undone
    assert env.read_bytes() == b"A=2\r\n# c\r\n"


def test_undo_and_redo_go_back_and_forth_in_order(env: Path, journal: Journal) -> None:
    for value in ("2", "3", "4"):
        journal.apply(plan_set((env, "A", value)))
    ids = [change.id for change in journal.changes()]
    assert ids == sorted(ids)
    assert [journal.undo().id for _ in ids] == ids[::-1]
    with pytest.raises(Refused, match="Nothing to undo"):
        journal.undo()
    assert [journal.redo().id for _ in ids] == ids
    with pytest.raises(Refused, match="Nothing to redo"):
        journal.redo()
    assert env.read_bytes().startswith(b"A=4\r\n")


def test_undo_of_a_new_file_removes_it_and_redo_brings_it_back(tmp_path: Path, journal: Journal) -> None:
    path = tmp_path / "new" / ".env"
    journal.apply(plan_set((path, "A", "1")))
    journal.undo()
    assert not path.exists()
    journal.redo()
    assert path.read_bytes() == b"A=1\n"


def test_undo_keeps_the_mode(env: Path, journal: Journal) -> None:
    env.chmod(0o640)
    journal.apply(plan_unset(env, "A"))
    journal.undo()
    assert stat.S_IMODE(env.stat().st_mode) == 0o640


def test_undo_refuses_over_later_edits_and_shows_them_masked(env: Path, journal: Journal) -> None:
    change = journal.apply(plan_set((env, "A", "2")))
    env.write_bytes(f"A=2\r\n# c\r\nMY_TOKEN={_CANARY}\r\n".encode())
    with pytest.raises(Refused) as refused:
        journal.undo(change.id)
    assert refused.value.reason == "changed-since"
    assert "+MY_TOKEN=" in str(refused.value)
    assert _CANARY not in str(refused.value)
    assert env.read_bytes().endswith(b"CANARY\r\n")
    assert not journal.changes()[0].undone


def test_apply_refuses_over_edits_since_the_preview(env: Path, tmp_path: Path, journal: Journal) -> None:
    other = tmp_path / "b.env"
    plan = plan_set((other, "A", "2"), (env, "A", "2"))
    env.write_bytes(b"A=mine\n")
    with pytest.raises(Refused) as refused:
        journal.apply(plan)
    assert refused.value.reason == "changed"
    assert not other.exists()
    assert journal.changes() == ()


def test_apply_refuses_when_a_link_leads_elsewhere_by_now(tmp_path: Path, journal: Journal) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"A=1\n")
    link = tmp_path / ".env"
    link.symlink_to("one")
    plan = plan_set((link, "A", "2"))
    link.unlink()
    link.symlink_to("two")
    with pytest.raises(Refused, match="changed since the preview"):
        journal.apply(plan)


def test_unknown_and_repeated(env: Path, journal: Journal) -> None:
    change = journal.apply(plan_set((env, "A", "2")))
    with pytest.raises(Refused) as refused:
        journal.undo("20000101-000000-0000")
    assert refused.value.reason == "no-such-change"
    journal.undo(change.id)
    with pytest.raises(Refused) as refused:
        journal.undo(change.id)
    assert refused.value.reason == "nothing-to-do"


def test_no_value_in_the_journal_and_copies_for_the_owner_alone(env: Path, tmp_path: Path, journal: Journal) -> None:
    journal.apply(plan_set((env, "MY_TOKEN", Secret(_CANARY)), (tmp_path / "b.env", "PLAIN", _CANARY)))
    journal.undo()
    state = tmp_path / "state"
    assert _CANARY.encode() not in (state / "journal.jsonl").read_bytes()
    assert _CANARY.encode() in _everything(state / "backups")
    assert not any("CANARY" in str(path) for path in tmp_path.rglob("*"))
    if os.name == "posix":
        for path in [state, *state.rglob("*")]:
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_deleted_copies_cannot_be_undone(env: Path, tmp_path: Path, journal: Journal) -> None:
    journal.apply(plan_set((env, "A", _CANARY)))
    assert journal.delete_backups() == 1
    assert _CANARY.encode() not in _everything(tmp_path / "state")
    with pytest.raises(Refused) as refused:
        journal.undo()
    assert refused.value.reason == "no-backup"
    assert len(journal.changes()) == 1


def test_a_forged_copy_is_not_written(env: Path, tmp_path: Path, journal: Journal) -> None:
    change = journal.apply(plan_set((env, "A", "2")))
    (tmp_path / "state" / "backups" / change.id / "0.before").write_bytes(b"A=evil\n")
    with pytest.raises(Refused):
        journal.undo()
    assert env.read_bytes() == b"A=2\r\n# c\r\n"


def test_only_the_newest_changes_are_kept(env: Path, tmp_path: Path, journal: Journal) -> None:
    for number in range(KEPT + 3):
        journal.apply(plan_set((env, "A", f"v{number}")))
    changes = journal.changes()
    assert len(changes) == KEPT
    assert sorted(path.name for path in (tmp_path / "state" / "backups").iterdir()) == [c.id for c in changes]
    for _ in range(KEPT):
        journal.undo()
    assert env.read_bytes().startswith(b"A=v2\r\n")
    assert journal.redo().id == changes[0].id


def test_torn_and_foreign_lines_are_passed_over(env: Path, tmp_path: Path, journal: Journal) -> None:
    journal.apply(plan_set((env, "A", "2")))
    log = tmp_path / "state" / "journal.jsonl"
    with log.open("ab") as stream:
        stream.write(b'[]\n{"id": "../../x", "state": "done", "files": [{}]}\n{"id": "20251125-1')
    journal.undo()
    assert [change.undone for change in journal.changes()] == [True]


def test_two_of_us_at_once_lose_nothing(env: Path, tmp_path: Path) -> None:
    """Each thread plans and applies until it succeeds; the lock and the comparison keep all values."""

    names = [f"N{number}" for number in range(8)]
    threads = [threading.Thread(target=set_in_the_end, args=(Journal(tmp_path / "state"), env, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line[:2] for line in env.read_text().splitlines() if line.startswith("N")) == names
    assert len(Journal(tmp_path / "state").changes()) == len(names)
