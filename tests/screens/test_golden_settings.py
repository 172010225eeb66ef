"""The settings screen and its pages, in both sizes and all three looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.house import at_home
from tests.journeys.walk import NARROW, WIDE
from tests.screens.conftest import MatchesScreen

SIZES = {"80x24": NARROW, "120x36": WIDE}
PAGES = {"places": ("enter", "down"), "edit": ("e", "end", "x", "enter"), "owner": ("enter", "down", "e")}


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
@pytest.mark.parametrize("size", SIZES)
async def test_settings(tmp_path: Path, matches_screen: MatchesScreen, size: str, theme: str) -> None:
    async with at_home(tmp_path, SIZES[size], theme) as house:
        await house.press("s")
        assert matches_screen(house.app)


@pytest.mark.parametrize("page", PAGES)
async def test_settings_page(tmp_path: Path, matches_screen: MatchesScreen, page: str) -> None:
    async with at_home(tmp_path, NARROW, "dark") as house:
        await house.press("s", *PAGES[page])
        assert matches_screen(house.app)
