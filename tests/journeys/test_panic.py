"""Nothing a frightened person does harms a file or the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.scripts import ENV_BEFORE
from tests.journeys.test_keys import WAYS
from tests.journeys.walk import walking

PAGES = {"help": ["question_mark"], "palette": ["ctrl+p"], "page": ["d"], "report": ["x"], "nothing": []}


@pytest.mark.parametrize("step", WAYS)
async def test_resize_to_almost_nothing_and_back(tmp_path: Path, step: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step])
        before, focus = walk.text, walk.app.screen.focused
        await walk.pilot.resize_terminal(40, 10)
        await walk.pilot.pause(0.3)
        assert "too small" in walk.text
        await walk.pilot.resize_terminal(80, 24)
        await walk.pilot.pause(0.3)
        assert walk.text == before
        assert walk.app.screen.focused is focus


@pytest.mark.parametrize("size", [(60, 20), (56, 16), (100, 30), (200, 60)])
async def test_other_sizes_show_every_step(tmp_path: Path, size: tuple[int, int]) -> None:
    async with walking("base-url", tmp_path, size) as walk:
        for key, words in (("", "Start the check"), ("enter", "BLOCKING"), ("enter", "- 2"), ("y", "It works now.")):
            await walk.press(*([key] if key else []))
            assert words in walk.text
            assert "too small" not in walk.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("step", WAYS)
async def test_escape_and_q_everywhere(tmp_path: Path, step: str, page: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step], *PAGES[page])
        after = walk.session.path.read_text(encoding="utf-8")
        await walk.press("escape", "q", "q")
        assert walk.app._exit or walk.app.screen is walk.app.front
        assert walk.session.path.read_text(encoding="utf-8") == after
        if step != "Proof":
            assert after == ENV_BEFORE


@pytest.mark.parametrize("step", WAYS)
async def test_ctrl_c_twice_everywhere(tmp_path: Path, step: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step], "ctrl+c", "ctrl+c")
        assert walk.app._exit


async def test_quitting_in_the_middle_of_a_check_closes_it(tmp_path: Path) -> None:
    async with walking("hang", tmp_path) as walk:
        await walk.press("enter", "q")
        assert walk.app._exit
    assert walk.session.closed == 1
