"""Every step in both sizes and all three looks, and the designed endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.walk import NARROW, WIDE, walking
from tests.screens.conftest import MatchesScreen
from tests.screens.places import ENDINGS, STEPS

SIZES = {"80x24": NARROW, "120x36": WIDE}


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", STEPS)
async def test_step(tmp_path: Path, matches_screen: MatchesScreen, step: str, size: str, theme: str) -> None:
    name, keys = STEPS[step]
    async with walking(name, tmp_path, SIZES[size], theme) as walk:
        await walk.press(*keys)
        assert matches_screen(walk.app)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_ending(tmp_path: Path, matches_screen: MatchesScreen, ending: str) -> None:
    name, keys = ENDINGS[ending]
    async with walking(name, tmp_path, NARROW, "dark") as walk:
        await walk.press(*keys)
        assert matches_screen(walk.app)
