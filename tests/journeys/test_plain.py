"""Plain lines have the same power as the screens."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.journeys.blocks import CANARY
from tests.journeys.scripted import ScriptedSession
from tests.journeys.scripts import ENV_BEFORE, SCRIPTS
from tui.core.request import Request
from tui.plain import render, run_plain


def talk(name: str, folder: Path, *lines: str) -> tuple[int, str, ScriptedSession]:
    """Answer the prompts; return the exit code, all that was said, and the session."""
    session = ScriptedSession(Request(project=str(folder)), SCRIPTS[name], folder).prepare()
    said = io.StringIO()
    code = run_plain(session, io.StringIO("".join(f"{line}\n" for line in lines)), said)
    return code, said.getvalue(), session


def test_a_fix_its_proof_and_undo(tmp_path: Path) -> None:
    code, said, session = talk("base-url", tmp_path, "", "", "y", "u", "q")
    assert "line 2 goes:  ANTHROPIC_BASE_URL=https://gw.example.com/v1" in said
    assert "It works now." in said
    assert "The change was taken back." in said
    assert session.path.read_text(encoding="utf-8") == ENV_BEFORE
    assert code == 1
    assert CANARY[:30] not in said


def test_a_fix_that_stays(tmp_path: Path) -> None:
    code, said, session = talk("base-url", tmp_path, "1", "1", "y", "x", "q")
    assert code == 0
    assert session.path.read_text(encoding="utf-8") == SCRIPTS["base-url"].after
    assert said.endswith("Changed: ~/work/shop/.env   (unsnarl undo c1)\nReport:  ./unsnarl-report.md\n")


def test_enter_is_never_a_yes(tmp_path: Path) -> None:
    _, said, session = talk("base-url", tmp_path, *[""] * 20)
    assert "Please type y or n." in said
    assert session.path.read_text(encoding="utf-8") == ENV_BEFORE


def test_the_end_of_input_is_an_end(tmp_path: Path) -> None:
    code, said, _ = talk("base-url", tmp_path)
    assert "The input has ended." in said
    assert code == 0


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - {"hang"}))  # which never answers, on purpose
def test_every_answer_can_be_walked(tmp_path: Path, name: str) -> None:
    code, said, _ = talk(name, tmp_path, "1", "q")
    assert code == {"healthy": 0, "unknown": 3}.get(name, 1)
    assert "\x1b" not in said


def test_words_that_are_no_choice_are_asked_again(tmp_path: Path) -> None:
    _, said, _ = talk("healthy", tmp_path, "9", "nonsense", "m", "s", "Connection error.", "1", "q")
    assert said.count("That is not one of the choices.") == 2
    assert "A real message is allowed from the next check on." in said


def test_the_page_opens_with_the_verdict() -> None:
    lines = render(SCRIPTS["base-url"].broken).splitlines()
    assert lines[0] == "Something stands in the way."
    assert lines[1] == "The base URL ends in /v1, which the client adds itself  [cfg-base-url-path]"
    assert "  1. ANTHROPIC_BASE_URL ends in /v1 (~/work/shop/.env line 2): https://gw.example.com/v1" in lines
    assert "\x1b" not in "".join(lines)


def test_the_page_of_a_healthy_run_says_what_was_not_tested() -> None:
    text = render(SCRIPTS["healthy"].broken)
    assert text.startswith("Nothing stands in the way.\n")
    assert "What was not tested\n  a real message" in text


def test_colour_and_width_only_where_asked() -> None:
    text = render(SCRIPTS["base-url"].broken, colour=True, width=60)
    assert text.startswith("\x1b[1;31mSomething stands in the way.\x1b[0m")
    assert max(len(line) for line in text.splitlines()[1:]) <= 60


def test_a_run_that_did_not_end_is_rendered_too() -> None:
    assert render(SCRIPTS["base-url"].broken[:4]).strip() == "The check is running."
