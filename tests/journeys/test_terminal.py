"""The terminal is left as it was, whoever ends the wizard; and what it prints in the end holds no secret."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.scripts import CANARY
from tests.journeys.terminal import ROOT, Terminal, open_terminal

START = "import sys; from tests.journeys.scripted import main; sys.exit(main(sys.argv[1:]))"
CRASH = f"""
from tests.journeys.scripted import ScriptedSession
from tests.journeys.scripts import SCRIPTS
from tui.app import Wizard
from tui.core.request import Request
from pathlib import Path

class Crashing(Wizard):
    def action_theme_of_doom(self) -> None:
        planted = "{CANARY}"
        raise RuntimeError(str(len(planted)))

    def on_ready(self) -> None:
        self.set_timer(0.1, self.action_theme_of_doom)

Crashing(lambda r: ScriptedSession(r, SCRIPTS["healthy"], Path(".")), Request(project=".")).run(headless=HEADLESS)
"""
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


def test_a_crash_restores_the_terminal_and_prints_no_locals() -> None:
    with terminal(CRASH.replace("HEADLESS", "False")) as opened:
        output = opened.read()
        opened.process.wait(10)
        assert b"RuntimeError" in output
        assert b"\x1b[?1049l" in output
        assert CANARY[40:].encode() not in output.replace(b"\r\n", b"")


def test_a_crash_without_terminal_prints_no_locals() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH.replace("HEADLESS", "True")], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert b"RuntimeError" in done.stderr
    assert CANARY[40:].encode() not in done.stderr + done.stdout
    assert done.returncode == 0  # Textual's run() returns; the command line turns return_code 1 into the exit code


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
