"""A change is cut short at every single system call it makes, or that call fails: nothing is ever left half done.

The calls are found by tracing a change that goes well. :mod:`tests.repair.test_faults` does the same to the calls of
Python's ``os``, on every system.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repair.forker import DONE, REFUSED
from tests.repair.paths import PATHS, Stage, stage
from tests.repair.tracing import Forker, calls_of, forker, injections, numbers

_ERRORS = ("ENOSPC", "EIO", "EPERM")
_READERS = {"newfstatat", "fstat", "statx", "read", "lseek", "getdents64", "readlink", "readlinkat", "access", "ioctl"}
"""Calls that change nothing: one kind of error is as good as another, and one path has all of them."""
_IDLE = {"rmdir"}
"""Removes a folder that was made for a file; where that fails, an empty folder stays, which harms nobody."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a disk would have to be waited for thousands of times."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder) / "p"


def _stage(place: Path, kind: str, action: str) -> Stage:
    try:
        return stage(place, kind, action)
    except OSError as error:
        pytest.skip(f"cannot be set up here: {error.strerror}")


@pytest.fixture(scope="module")
def maker() -> Iterator[Forker]:
    with forker() as running:
        yield running


def _calls(maker: Forker, scene: Stage, log: Path) -> Counter[str]:
    """How often each call comes in the change, when it goes well."""
    scene.reset()
    with maker.traced("-o", str(log), "-e", "trace=getsid," + ",".join(numbers())):
        assert maker.run(scene.state, scene.action, scene.plan) == DONE
    scene.check("no fault")
    return Counter(calls_of(log.read_text()))


@pytest.mark.parametrize(("kind", "action"), PATHS)
def test_cut_short_at_every_call(maker: Forker, place: Path, tmp_path: Path, kind: str, action: str) -> None:
    scene = _stage(place, kind, action)
    calls = _calls(maker, scene, tmp_path / "log")
    assert calls["fsync"] > 1
    ends = Counter[bool]()
    last = {call: count + 1 for call, count in calls.items()}
    with maker.traced("-o", "/dev/null", *injections(last, "signal=KILL")):
        for call, turn in _turns(calls):
            scene.reset()
            status = maker.run(scene.state, action, scene.plan, call, last[call] - turn)
            assert status == -signal.SIGKILL, (call, turn)
            ends[scene.check(("killed", call, turn))] += 1
    assert ends[True] > 0, "no turn left the new files"
    assert ends[False] > 20, "too few turns left the old files"

    last = {call: 2 * count + 4 for call, count in calls.items()}  # room for the calls that take the change back
    for number, error in enumerate(_ERRORS):
        with maker.traced("-o", "/dev/null", *injections(last, f"error={error}")):
            for call, turn in _turns(calls):
                if call in _IDLE or (
                    call in _READERS and ((kind, action) != ("several", "apply") or turn % len(_ERRORS) != number)
                ):
                    continue
                scene.reset()
                status = maker.run(scene.state, action, scene.plan, call, last[call] - turn)
                assert status in (DONE, REFUSED), (error, call, turn)
                done = scene.check((error, call, turn))
                assert done == (status == DONE), (error, call, turn)
                if turn % 4 == 1:
                    scene.check_reversible(done, (error, call, turn))


def _turns(calls: Counter[str]) -> Iterator[tuple[str, int]]:
    for call, count in calls.items():
        yield from ((call, turn) for turn in range(1, count + 1))
