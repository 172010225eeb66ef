"""The user's shell is started only when asked, and whatever its files do, it ends in time and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.daemons import find
from tests.session.machine import KNOWN, Machine
from tests.survey.startup.hostile import ANSWERS, ENDS, FISH, POSIX
from tests.survey.startup.oracle import world
from tui.core.survey import startup
from tui.core.survey.startup import really
from tui.core.survey.startup.tables import Start, new_terminal
from tui.core.world import World

DEADLINE = 0.7
"""Seconds. A shell that is busy starting takes 0.1 at most here."""
LENIENT = {("fish", "exits"), ("zsh", "stops at errors")}
"""Shells that go on all the same."""
FILES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
CASES = [(shell, what) for shell in FILES for what in (FISH if shell == "fish" else POSIX)]


def prepare(home: Path, shell: str, what: str) -> World:
    """A home whose interactive start does this, after a good line and before another."""
    text = (FISH if shell == "fish" else POSIX)[what]
    first, last = "ANTHROPIC_BASE_URL=https://gw.test", "ANTHROPIC_MODEL=last"
    path = home / FILES[shell]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"touch ~/ran\nexport {first}\n{text}\nexport {last}\n")
    return world(home, find(shell, shell), {"UNSNARL_TEST_HOME": str(home)})


def left_behind(home: Path) -> list[str]:
    """Processes that were started for a home and still run."""
    found: list[str] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environ = (entry / "environ").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if b"HOME=" + os.fsencode(home) in environ and int(entry.name) != os.getpid() and state != "Z":
            found.append(entry.name)
    return found


@pytest.fixture
def tidy(home: Path) -> Iterator[None]:
    """A daemon that left its session is nobody's child any more; the test that made one ends it."""
    yield
    for number in left_behind(home):
        os.kill(int(number), signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
@pytest.mark.usefixtures("tidy")
@pytest.mark.parametrize(("shell", "what"), CASES)
async def test_hostile_files(shell: str, what: str, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    of = prepare(home, shell, what)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    descriptors = set(Path("/proc/self/fd").iterdir())
    ran = await really.start(of, new_terminal(of), {}, DEADLINE)
    assert loop.time() - begun < DEADLINE + 2
    assert (home / "ran").exists() or (shell, what) == ("fish", "bad syntax")  # fish then runs nothing of the file
    if ran.environ is None:
        assert ran.problem
        assert what not in ANSWERS, ran.problem
    else:
        assert not ran.problem
        assert what not in ENDS or (shell, what) in LENIENT
        if what not in ("bad syntax", *ENDS):
            assert ran.environ["ANTHROPIC_BASE_URL"] == "https://gw.test"
            assert ran.environ["ANTHROPIC_MODEL"] == "last"
    if what == "several lines" and ran.environ is not None:
        assert ran.environ["ANTHROPIC_CUSTOM_HEADERS"] == "a: b\nc: d\nUNSNARL-END=1"
    if what == "not UTF-8" and ran.environ is not None:
        assert ran.environ["NO_PROXY"].encode("utf-8", "surrogateescape") == b"caf\xe9"
    while what != "a daemon" and left_behind(home) and loop.time() - begun < DEADLINE + 3:
        pass  # what was killed may take a moment to go
    assert what == "a daemon" or not left_behind(home), [
        Path(f"/proc/{n}/cmdline").read_bytes() for n in left_behind(home)
    ]
    assert capfd.readouterr() == ("", "")
    assert set(Path("/proc/self/fd").iterdir()) <= descriptors


@pytest.mark.parametrize("shell", FILES)
def test_reading_runs_nothing(shell: str, home: Path) -> None:
    of = prepare(home, shell, "prints")
    found = startup.survey(of, KNOWN, {})
    assert any(s.text == "https://gw.test" for s in found.settings)
    assert not (home / "ran").exists()


def test_the_survey_runs_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"SHELL": "/bin/sh", "TMUX": ""})
    for name in (".profile", ".bashrc", ".zshrc", ".zshenv", "project/.envrc"):
        machine.write(name, "touch $HOME/ran\nexport ANTHROPIC_MODEL=$(touch $HOME/ran)\n")
    machine.survey()
    assert not (machine.home / "ran").exists()


def test_the_command_as_it_is_told(home: Path) -> None:
    of = world(home, "/bin/bash", {})
    assert really.shown(of, new_terminal(of)).startswith("/bin/bash -l -c")


async def test_the_home_of_somebody_else(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(home, 65534, 65534)
    ran = await really.start(world(home, find("bash", "bash"), {}), (Start("bash", True, True),), {})
    assert "belongs to somebody else" in ran.problem
    assert ran.environ is None


@pytest.mark.parametrize(("shell", "problem"), [("/nowhere/sh", "is not there"), ("", "is not there")])
async def test_no_shell(shell: str, problem: str, home: Path) -> None:
    ran = await really.start(world(home, shell, {}), (Start("bash", True, True),), {})
    assert problem in ran.problem


async def test_cancelling_ends_the_shell(home: Path) -> None:
    of = prepare(home, "bash", "sleeps")
    task = asyncio.ensure_future(really.start(of, new_terminal(of), {}, 60))
    while not (home / "ran").exists():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not left_behind(home)
