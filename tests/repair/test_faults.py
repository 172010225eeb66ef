"""Every call of the write path fails once, at each of its turns: the files are old or new, and the journal knows.

This is what any system can show. :mod:`tests.repair.test_system_calls` cuts the system's own calls, on Linux.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repair.paths import Stage, stage
from tests.repair.plans import plan_set
from tui.core.repair.journal import Journal
from tui.core.repair.model import Refused

_CALLS = [
    "open", "write", "fsync", "close", "read", "lseek", "fstat", "stat", "lstat", "access", "mkdir", "chmod", "fchmod",
    "fchown", "ftruncate", "posix_fallocate", "replace", "unlink", "listdir", "scandir", "rmdir",
]  # fmt: skip
_ATTRIBUTES = ["listxattr", "getxattr", "setxattr"]
_READERS = {"open", "read", "lseek", "fstat", "stat", "lstat", "access", "listdir", "scandir"}
"""They come often; two kinds of fault at each turn are enough there."""

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


def _faults() -> list[BaseException]:
    kinds: list[BaseException] = [OSError(code, os.strerror(code)) for code in (errno.ENOSPC, errno.EIO, errno.EPERM)]
    return [*kinds, KeyboardInterrupt()]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _quick_fsync)


@pytest.mark.parametrize("action", ["apply", "undo", "redo"])
@pytest.mark.parametrize("call", _CALLS)
def test_old_or_new_after_any_fault(tmp_path: Path, call: str, action: str) -> None:
    if not hasattr(os, call):
        pytest.skip(f"no os.{call} here")
    _fail_everywhere(stage(tmp_path / "p", "several", action), call)


@pytest.mark.parametrize("call", _ATTRIBUTES)
def test_old_or_new_after_any_fault_of_an_attribute(tmp_path: Path, call: str) -> None:
    try:
        scene = stage(tmp_path / "p", "attributed", "apply")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    assert _fail_everywhere(scene, call) > 0


def _fail_everywhere(scene: Stage, call: str) -> int:
    """Let the call fail at each of its turns, in one way after the other, and return how many turns it had."""
    faults, turn = _faults(), 0
    while True:
        turn += 1
        for number in (turn, turn + 2) if call in _READERS else range(len(faults)):
            fault = faults[number % len(faults)]
            came, done = _survives(scene, call, turn, fault)
            if not came:
                return turn - 1
            if number % 4 == 0:
                scene.check_reversible(done, (call, turn, fault))


def _survives(scene: Stage, call: str, turn: int, fault: BaseException) -> tuple[bool, bool]:
    """Run the action with one fault and check what is left; tell whether the fault came, and the new files too."""
    scene.reset()
    journal = Journal(scene.state)
    actions: dict[str, Callable[[], Any]] = {
        "apply": lambda: journal.apply(scene.plan), "undo": journal.undo, "redo": journal.redo
    }  # fmt: skip
    counter, told = [0], True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, call, _fail_at(getattr(os, call), turn, fault, counter))
        try:
            actions[scene.action]()
        except (Refused, KeyboardInterrupt):
            told = False
    because = (call, turn, fault)
    done = scene.check(because, spare_folders=call == "rmdir")
    if isinstance(fault, OSError):
        assert done == told, because
    return counter[0] >= turn, done


@pytest.mark.parametrize("call", ["open", "write", "replace", "fsync"])
def test_no_fault_tells_a_value(tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = "CANARY-3f9b17c2e0d84a65-CANARY"
    plan = plan_set((tmp_path / ".env", "A", canary))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Refused) as refused:
        Journal(tmp_path / "state").apply(plan)
    assert "no space left" in str(refused.value).lower()
    assert canary not in str(refused.value) + repr(refused.value)
    assert refused.value.__cause__ is None
