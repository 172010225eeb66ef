"""Keys, pages and the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.screen import ModalScreen
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from tests.journeys.walk import NARROW, WIDE, walking
from tui.screens.page import HelpPage, MarkdownPage, ReportPage
from tui.widgets.choices import Choices
from tui.widgets.rail import Station

WAYS = {
    "Look": [],
    "Check": ["enter", "escape"],
    "Cause": ["enter"],
    "Fix": ["enter", "enter"],
    "Proof": ["enter", "enter", "y"],
}


async def test_letters_are_text_inside_the_field(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        walk.app.screen.query_one(Input).focus()
        await walk.press(*"quitmxdrctjku", "question_mark", "y", "n")
        assert walk.app.screen.query_one(Input).value == "quitmxdrctjku?yn"
        assert walk.step == "Look"
        await walk.press("enter")
        assert walk.session.runs[0].symptom == "quitmxdrctjku?yn"


@pytest.mark.parametrize("step", WAYS)
async def test_the_footer_has_five_keys_at_most_and_ends_with_help(tmp_path: Path, step: str) -> None:
    async with walking("base-url", tmp_path, NARROW) as walk:
        await walk.press(*WAYS[step])
        assert walk.step == step
        keys = list(walk.app.screen.query_one(Footer).query(FooterKey))
        assert len(keys) <= 6 if step == "Fix" else len(keys) <= 5
        assert keys[-1].key_display == "?"
        assert max(key.region.right for key in keys) <= NARROW[0]


@pytest.mark.parametrize("step", WAYS)
async def test_escape_walks_back_to_the_start(tmp_path: Path, step: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step])
        await walk.press(*["escape"] * 5)
        assert walk.step == "Look"
        assert not walk.app._exit


@pytest.mark.parametrize("step", WAYS)
async def test_help_is_about_the_step(tmp_path: Path, step: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step])
        await walk.press("question_mark")
        assert isinstance(walk.app.screen, HelpPage)
        assert f"Help: {step}" in walk.text
        await walk.press("escape")
        assert walk.step == step
        assert not isinstance(walk.app.screen, ModalScreen)


async def test_the_page_of_the_cause_and_the_report_are_one_key_away(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "d")
        assert isinstance(walk.app.screen, MarkdownPage)
        assert "How to fix" in walk.text
        await walk.press("escape", "x")
        assert isinstance(walk.app.screen, ReportPage)
        assert "unsnarl report" in walk.text
        await walk.press("s")
        assert "The report is in ./unsnarl-report.md" in walk.text
        await walk.press("c")
        assert "If it does not arrive there" in walk.text


async def test_the_rail_goes_back_and_only_as_far_as_one_has_been(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("4")
        assert walk.step == "Look"
        await walk.press("enter", "1")
        assert walk.step == "Look"
        await walk.press("3")
        assert walk.step == "Cause"
        await walk.press("5")
        assert walk.step == "Cause"
        assert "That step comes later." in walk.text


async def test_everything_works_with_the_mouse(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.pilot.click(Choices, offset=(4, 0))
        await walk.settle()
        assert walk.step == "Cause"
        await walk.pilot.click(Choices, offset=(4, 0))
        await walk.settle()
        assert walk.step == "Fix"
        await walk.pilot.click(Choices, offset=(4, 0))
        await walk.settle()
        assert walk.step == "Proof"
        stations = list(walk.app.screen.query(Station))
        await walk.pilot.click(stations[2])
        await walk.settle()
        assert walk.step == "Cause"


async def test_the_palette_lists_what_is_possible_now(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path, WIDE) as walk:
        titles = [command.title for command in walk.app.get_system_commands(walk.app.screen)]
        assert "Undo the last change" not in titles
        assert "Explain this cause" not in titles
        await walk.press("enter")
        titles = [command.title for command in walk.app.get_system_commands(walk.app.screen)]
        assert "Explain this cause" in titles
        assert "Apply this change" not in titles
        await walk.press("ctrl+p")
        assert isinstance(walk.app.screen, CommandPalette)
        await walk.press("escape")
        assert walk.step == "Cause"


async def test_ctrl_c_twice_quits_and_once_says_so(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("ctrl+c")
        assert "Press Ctrl+C again to quit." in walk.text
        await walk.press("ctrl+c")
        assert walk.app._exit


async def test_a_real_message_needs_consent(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        assert "no, free requests only" in walk.text
        await walk.press("m")
        assert "yes, may cost a few tokens" in walk.text
        await walk.press("enter")
        assert walk.session.runs[0].send_message


async def test_the_login_shell_needs_consent(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        assert "no, its files are only read" in walk.text
        await walk.press("l")
        assert "yes, they run for real" in walk.text
        await walk.press("enter")
        assert walk.session.runs[0].exec_shell


async def test_a_dead_key_answers_in_words(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("u")
        assert "There is nothing to undo." in walk.text
        await walk.press("d")
        assert "There is no cause to explain yet." in walk.text
        await walk.press("x")
        assert "There is nothing to report yet." in walk.text
