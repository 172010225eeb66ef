"""Every call of the write path fails once, at each of its turns: the files are old or new, and the journal knows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repair.plans import plan_set
from tui.core.repair.journal import Journal
from tui.core.repair.model import Refused

_CALLS = [
    "open", "write", "fsync", "fchmod", "fchown", "replace", "close", "listxattr", "ftruncate", "lseek",
    "posix_fallocate", "mkdir", "stat", "fstat", "unlink", "chmod", "rmdir",
]  # fmt: skip
_CANARY = "CANARY-3f9b17c2e0d84a65-CANARY"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the calls of POSIX")


def _fail_at(real: Callable[..., Any], turn: int, fault: BaseException, counter: list[int]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        counter[0] += 1
        if counter[0] == turn:
            if real.__name__ == "close":
                real(*arguments)
            raise fault
        return real(*arguments, **options)

    return call


def _quick_fsync(descriptor: int) -> None:
    """Stand in for the real one, which waits for a disk that no test pulls out."""


def _faults() -> list[Any]:
    kinds: list[BaseException] = [OSError(code, os.strerror(code)) for code in (errno.ENOSPC, errno.EIO, errno.EPERM)]
    return [*kinds, KeyboardInterrupt()]


@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
@pytest.mark.parametrize("action", ["apply", "undo", "redo"])
@pytest.mark.parametrize("call", _CALLS)
def test_old_or_new_after_any_fault(tmp_path: Path, call: str, action: str, linked: bool) -> None:
    faults, turn, came = _faults(), 0, True
    while came:
        turn += 1
        for number in (turn, turn + 2):  # two kinds at each turn; all four at any two turns in a row
            place = tmp_path / f"{turn}-{number}"
            place.mkdir()
            came = _survives(place, call, action, linked, turn, faults[number % len(faults)])


def _survives(place: Path, call: str, action: str, linked: bool, turn: int, fault: BaseException) -> bool:
    """Run one action with one fault, check what is left, and tell whether the fault came at all."""
    one, two, made = place / ".env", place / "two.env", place / "made.env"
    old = {one: b"A=1\n", two: b"A=1\n" * 50, made: None}
    new = {one: f"A={_CANARY}\n".encode(), two: b"A=1\n" * 49 + b"A=9\n", made: b"A=1\n"}
    for path, data in old.items():
        if data is not None:
            path.write_bytes(data)
            if linked:
                os.link(path, place / f"link-{path.name}")
    journal = Journal(place / "state")
    plan = plan_set((one, "A", _CANARY), (two, "A", "9"), (made, "A", "1"))
    if action != "apply":
        journal.apply(plan)
    if action == "redo":
        journal.undo()
    actions: dict[str, Callable[[], Any]] = {
        "apply": lambda: journal.apply(plan), "undo": journal.undo, "redo": journal.redo
    }  # fmt: skip
    counter, problem = [0], ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _quick_fsync)
        patch.setattr(os, call, _fail_at(getattr(os, call), turn, fault, counter))
        try:
            actions[action]()
        except (Refused, KeyboardInterrupt) as error:
            problem = repr(error) + str(error)
    assert _CANARY not in problem
    journal.recover()
    now = {path: path.read_bytes() if path.exists() else None for path in old}
    assert now in (old, new), (call, turn, fault)
    assert not list(place.glob(".*.tmp"))
    assert not list(place.glob("*.new"))
    listed = [change for change in journal.changes() if not change.undone]
    assert bool(listed) == (now == new), (call, turn, fault)
    if listed:
        journal.undo()
    elif action != "apply":
        journal.redo()
    return counter[0] >= turn
