"""From launch to a proof, for homes with one thing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.blocks import CANARY
from tests.journeys.scripts import ENV_BEFORE, SCRIPTS
from tests.journeys.walk import NARROW, WIDE, walking


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_base_url_with_v1_is_mended_in_three_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with walking("base-url", tmp_path, size) as walk:
        await walk.press("enter", "enter")
        assert walk.session.path.read_text(encoding="utf-8") == ENV_BEFORE, "nothing is written before a yes"
        assert "- 2  ANTHROPIC_BASE_URL=https://gw.example.com/v1" in walk.text
        await walk.press("y")
        assert walk.step == "Proof"
        assert walk.keys == 3
        assert "It works now." in walk.text
        assert "/v1\n" not in walk.session.path.read_text(encoding="utf-8")
        assert len(walk.session.runs) == 2


async def test_undo_brings_the_file_back_and_looks_again(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "enter", "y", "u")
        assert walk.session.path.read_text(encoding="utf-8") == ENV_BEFORE
        assert "The change was taken back." in walk.text
        assert len(walk.session.runs) == 3


async def test_undo_refuses_over_later_edits_and_says_so(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "enter", "y")
        walk.session.path.write_text("MINE=1\n", encoding="utf-8")
        await walk.press("u")
        assert walk.session.path.read_text(encoding="utf-8") == "MINE=1\n"
        assert "left alone" in walk.text


@pytest.mark.parametrize("key", ["n", "escape", "enter"])
async def test_no_keeps_the_file(tmp_path: Path, key: str) -> None:
    """Enter is not a yes: the highlighted line of the step is to keep the file."""
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "enter", key)
        assert walk.step == "Cause"
        assert walk.session.path.read_text(encoding="utf-8") == ENV_BEFORE


async def test_enter_alone_never_writes(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*["enter"] * 12)
        assert walk.session.path.read_text(encoding="utf-8") == ENV_BEFORE


async def test_a_change_of_the_file_after_the_preview_is_refused(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter")
        walk.session.path.write_text("MINE=1\n", encoding="utf-8")
        await walk.press("enter", "y")
        assert walk.step == "Fix"
        assert "changed by somebody else" in walk.text
        assert walk.session.path.read_text(encoding="utf-8") == "MINE=1\n"


@pytest.mark.parametrize("name", ["quotes", "onboarding"])
async def test_other_files_are_mended_the_same_way(tmp_path: Path, name: str) -> None:
    async with walking(name, tmp_path) as walk:
        await walk.press("enter", "enter", "y")
        assert "It works now." in walk.text
        assert walk.session.path.read_text(encoding="utf-8") == SCRIPTS[name].after
        assert walk.keys <= 5


async def test_a_key_is_never_on_a_screen(tmp_path: Path) -> None:
    async with walking("quotes", tmp_path, WIDE) as walk:
        await walk.press(
            "enter", "escape", "down", "3", "d", "escape", "enter", "y", "x", "escape", "u", "question_mark"
        )
        assert len(walk.seen) > 10
        assert not [screen for screen in walk.seen if CANARY[:30] in screen or CANARY[-20:] in screen]


async def test_a_finish_leaves_lines_in_the_scrollback(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "enter", "y", "x", "s", "escape", "enter")
        assert walk.app._exit
        assert walk.app.return_code == 0
        last = str(walk.app._exit_renderables[-1])
        assert "Changed: ~/work/shop/.env" in last
        assert "Report:  ./unsnarl-report.md" in last
