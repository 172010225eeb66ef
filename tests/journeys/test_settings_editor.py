"""The file of a place opens in the person's own editor, at its line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.house import House, at_home
from tests.journeys.terminal import open_terminal
from tui import editors

CODE = """
import sys, tempfile
from pathlib import Path
from tests.journeys.house import furnish
from tests.journeys.scripted import NOW
from tui.app import Wizard
from tui.core.request import Request
from tui.core.session import Session
from tui.core.world import World
home = furnish(Path(sys.argv[1]))
environ = {"HOME": str(home), "SHELL": "/bin/bash"}
world = World(environ, home, home / "state", home, "linux", lambda: NOW, tuple, dict, lambda machine: {})
Wizard(lambda wanted: Session(wanted, world), Request(project=str(home / "shop"), offline=True)).run()
"""


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"VISUAL": "vim", "EDITOR": "nano"}, ["vim", "+7", "/f"]),
        ({"VISUAL": "  ", "EDITOR": "/usr/bin/nano -w"}, ["/usr/bin/nano", "-w", "+7", "/f"]),
        ({"EDITOR": "hx"}, ["hx", "+7", "/f"]),
        ({"EDITOR": "emacsclient -t -a ''"}, ["emacsclient", "-t", "-a", "", "+7", "/f"]),
        ({"VISUAL": "code --wait"}, ["code", "--wait", "-g", "/f:7"]),
        ({"VISUAL": "'/opt/my editors/cursor'"}, ["/opt/my editors/cursor", "-g", "/f:7"]),
        ({"EDITOR": "gedit; rm -rf $HOME"}, ["gedit;", "rm", "-rf", "$HOME", "/f"]),
        ({}, []),
    ],
)
def test_the_words_that_start_an_editor(environ: dict[str, str], words: list[str]) -> None:
    assert editors.command(environ, "/f", 7, "linux") == words


def test_without_a_line_and_on_windows() -> None:
    assert editors.command({"EDITOR": "vi"}, "/f", None, "linux") == ["vi", "/f"]
    assert editors.command({"EDITOR": r"C:\Code\code.cmd --wait"}, "f", 2, "win32") == [
        r"C:\Code\code.cmd",
        "--wait",
        "-g",
        "f:2",
    ]
    with pytest.raises(ValueError, match="quotation"):
        editors.command({"EDITOR": "vi 'x"}, "/f", 1, "linux")


@contextmanager
def suspended(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A terminal that can be handed over; yields what happened."""
    happened: list[str] = []

    @contextmanager
    def suspend() -> Iterator[None]:
        happened.append("suspend")
        yield
        happened.append("resume")

    monkeypatch.setattr(house.app, "suspend", suspend)
    yield happened


async def test_the_settings_are_read_again_after_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "vim -n")
    async with at_home(tmp_path) as house:
        with suspended(house, monkeypatch) as happened:

            def edit(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
                happened.append(" ".join(command))
                house.bashrc.write_text("export ANTHROPIC_BASE_URL=https://typed.test\n", encoding="utf-8")
                return subprocess.CompletedProcess(command, 0)

            monkeypatch.setattr(subprocess, "run", edit)
            await house.press("s", "enter", "end", "o")
            assert happened == ["suspend", f"vim -n +2 {house.bashrc}", "resume"]
            assert "https://typed.test" in house.text
            assert "Back from vim" in house.text


async def test_without_an_editor_the_place_is_said(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "o")
        assert "Neither $VISUAL nor $EDITOR is set." in house.text
        assert "~/.claude/settings.json:3" in house.text


@pytest.mark.parametrize(
    ("editor", "answer"),
    [("no-such-editor-here", "no-such-editor-here could not be started"), ("vi 'x", "has a quote that does not end")],
)
async def test_an_editor_that_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, answer: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    async with at_home(tmp_path) as house:
        with suspended(house, monkeypatch):
            await house.press("s", "o")
            assert answer in house.text


async def test_a_value_without_a_file_and_a_terminal_that_cannot_be_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vi")
    async with at_home(tmp_path) as house:
        await house.press("s", "o")
        assert "This terminal cannot be handed to an editor." in house.text
        await house.press("enter", "down", "o")
        assert "This value stands in no file" in house.text


def test_a_real_terminal_is_handed_over_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "vim"
    script.write_text('#!/bin/sh\necho "EDITING $*"\nprintf "export ANTHROPIC_BASE_URL=https://typed.test\\n" > "$2"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    opened = open_terminal(CODE, str(tmp_path))
    try:
        opened.read(b"--offline was asked for")  # the core is loaded by then
        opened.send(b"s")
        opened.read(b"places differ")
        opened.send(b"\r")
        opened.read(b"Reveal")
        opened.send(b"\x1b[Fo")
        opened.read(b"Back from vim")
        assert b"EDITING +2 " in opened.output
        opened.read(b"typed.test")
        assert b"typed.test" in opened.output
        opened.send(b"qq")
        opened.read()
        assert opened.process.wait(20) == 0
    finally:
        opened.close()
