"""The terminal is left as it was, whoever ends the wizard; and what it prints in the end holds no secret."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.blocks import CANARY
from tests.journeys.terminal import ROOT, Terminal, open_terminal

START = "import sys; from tests.journeys.scripted import main; sys.exit(main(sys.argv[1:]))"
CRASH = "import sys; from tests.journeys.crashing import main; sys.exit(main(sys.argv[1:]))"
RESTORED = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")


@contextmanager
def terminal(code: str, *arguments: str) -> Iterator[Terminal]:
    opened = open_terminal(code, *arguments)
    try:
        yield opened
    finally:
        opened.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("script", ["base-url", "hang"])
def test_a_signal_restores_the_terminal(number: signal.Signals, code: int, script: str) -> None:
    with terminal(START, script) as opened:
        assert b"Start the check" in opened.read(b"Start the check")
        opened.send(b"\r")
        opened.read(b"Encryption" if script == "hang" else b"What we suggest")
        opened.process.send_signal(number)
        output = opened.read()
        assert opened.process.wait(10) == code
        assert [sequence for sequence in RESTORED if sequence not in output] == []


def test_a_whole_visit_shows_no_key_and_leaves_its_lines() -> None:
    with terminal(START, "base-url") as opened:
        opened.read(b"Start the check")
        opened.send(b"\r")
        opened.read(b"What we suggest")
        opened.send(b"\r")
        opened.read(b"Apply this change")
        opened.send(b"y")
        opened.read(b"Finish")
        opened.send(b"q")
        output = opened.read()
        assert opened.process.wait(10) == 0
        assert CANARY[:30].encode() not in output
        last = output.rpartition(b"\x1b[?1049l")[2]
        assert b"Changed: ~/work/shop/.env" in last


def test_a_crash_restores_the_terminal_and_prints_no_locals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", CANARY)
    with terminal(CRASH) as opened:
        output = opened.read()
        assert opened.process.wait(10) == 1
        assert b"on purpose, with" in output
        assert b"\x1b[?1049l" in output
        assert CANARY[:20].encode() not in output


def test_a_crash_without_terminal_prints_no_locals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", CANARY)
    command = [sys.executable, "-m", "tests.journeys.crashing", "headless"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert b"on purpose, with" in done.stderr
    assert CANARY[:20].encode() not in done.stderr + done.stdout
    assert done.returncode == 1


def test_ctrl_c_twice_ends_it() -> None:
    with terminal(START, "healthy") as opened:
        opened.read(b"Start the check")
        opened.send(b"\x03")
        opened.read(b"again to quit")
        opened.send(b"\x03")
        output = opened.read()
        assert opened.process.wait(10) == 0
        assert b"\x1b[?1049l" in output


def test_without_a_terminal_no_screen_is_possible() -> None:
    code = "from tui.plain import screen_possible; print(screen_possible())"
    for stdin in (subprocess.DEVNULL, subprocess.PIPE):
        done = subprocess.run([sys.executable, "-c", code], stdin=stdin, cwd=ROOT, capture_output=True, check=True)
        assert done.stdout.strip() == b"False"
    with terminal(code) as opened:
        assert b"True" in opened.read(b"True")
    with terminal("import os; os.environ['TERM'] = 'dumb'; " + code) as opened:
        assert b"False" in opened.read(b"False")
