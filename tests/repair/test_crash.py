"""A child is killed before each system call of a change; whoever comes next puts things right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tui.core.repair.journal import Journal
from tui.core.repair.recovery import _is_torn

_ROOT = Path(__file__).parents[2]
_CHILD = """
import os, signal, sys
from pathlib import Path
from tests.repair.plans import plan_set
from tui.core.repair.journal import Journal

place, action, turn = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
plan = plan_set((place / ".env", "A", "2"), (place / "two.env", "A", "9"))
journal = Journal(place / "state")
if action == "undo":
    journal.apply(plan)
count = 0

def deadly(real):
    def call(*arguments, **options):
        global count
        count += 1
        if count == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call

for name in ("open", "write", "fsync", "replace", "ftruncate"):
    setattr(os, name, deadly(getattr(os, name)))
journal.apply(plan) if action == "apply" else journal.undo()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
@pytest.mark.parametrize("action", ["apply", "undo"])
def test_recovery_after_sigkill(tmp_path: Path, action: str, linked: bool) -> None:
    turn, killed, unfinished = 0, True, 0
    while killed:
        turn += 2
        place = tmp_path / str(turn)
        place.mkdir()
        old = {place / ".env": b"A=1\n", place / "two.env": b"A=11\nB=2\n"}
        new = {place / ".env": b"A=2\n", place / "two.env": b"A=9\nB=2\n"}
        for path, data in old.items():
            path.write_bytes(data)
            if linked:
                os.link(path, place / f"link-{path.name}")
        command = [sys.executable, "-c", _CHILD, str(place), action, str(turn)]
        child = subprocess.run(command, cwd=_ROOT, check=False, capture_output=True)
        killed = child.returncode == -signal.SIGKILL
        assert killed or child.returncode == 0, child.stderr
        journal = Journal(place / "state")
        said = journal.recover()
        unfinished += bool(said)
        now = {path: path.read_bytes() for path in old}
        assert now in (old, new), turn
        assert [change.undone for change in journal.changes()] == (
            [False] if now == new else [] if action == "apply" else [True]
        )
        assert not list(place.glob(".*.tmp"))
        assert journal.recover() == ()
    assert unfinished > 5


@pytest.mark.parametrize("torn", [b"A=2", b"A=2\nB", b"A=2\nB=2\n\0\0\0", b"A=2\nB=3\nC"])
def test_a_file_torn_in_place_is_known_from_one_that_was_edited(torn: bytes) -> None:
    before, after = b"A=1\nB=2\n", b"A=2\nB=3\nC=4\n"
    mixture = torn + before[len(torn) :]
    assert _is_torn(mixture, before, after)
    assert not _is_torn(mixture + b"# mine\n", before, after)
    assert not _is_torn(b"A=mine\n", before, after)
