"""A secret is shown for ten seconds to the person who asked, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette

from tests.journeys.blocks import CANARY
from tests.journeys.house import House, at_home
from tui.screens.settings import SettingsScreen

HEAD, TAIL = "sk-ant-api03-CANARYcanary", "0000000x7Qp"


class Timers:
    """Timers that ring when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []
        monkeypatch.setattr(SettingsScreen, "set_timer", self._set)

    def _set(self, delay: float, callback: Callable[[], None]) -> Timers:
        self.waiting = [(delay, callback)]
        return self

    def stop(self) -> None:
        """What the screen does to a timer that it no longer needs."""
        self.waiting = []

    async def ring(self, house: House) -> None:
        """Let the time pass that the timer was set to."""
        [(delay, callback)] = self.waiting
        self.waiting = []
        house.clock.now += delay
        callback()
        await house.settle()


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> Timers:
    return Timers(monkeypatch)


def bare(text: str) -> bool:
    """True if any part of the key is there; it may be wrapped."""
    joined = "".join(text.split())
    return HEAD in joined or TAIL in joined


async def revealed(house: House) -> House:
    """Go to the key and uncover it."""
    await house.press("s", "down")
    assert not bare(house.text)
    await house.press("v")
    assert bare(house.text)
    assert house.screen.size.width > 80 or CANARY in "".join(house.text.split()), "all of it"
    return house


async def test_ten_seconds_are_counted_down_and_then_it_is_hidden(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        for left in range(9, 0, -1):
            await timers.ring(house)
            assert f"hidden again in {left} s" in house.text
            assert bare(house.text)
        await timers.ring(house)
        assert not bare(house.text)
        assert "hidden again" not in house.text
        assert not timers.waiting


async def test_a_late_timer_shows_nothing_for_longer(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        house.clock.now += 60
        await house.press("j", "k")
        assert not bare(house.text)


async def test_another_v_starts_again_from_ten(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        await timers.ring(house)
        await house.press("v")
        assert "hidden again in 10 s" in house.text
        assert len(timers.waiting) == 1


@pytest.mark.parametrize(
    "keys",
    [["down"], ["up"], ["tab"], ["enter"], ["slash"], ["question_mark"], ["ctrl+p"], ["e"], ["escape"], ["q"], ["r"]],
    ids="".join,
)
async def test_whatever_a_person_does_next_hides_it(tmp_path: Path, timers: Timers, keys: list[str]) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        await house.press(*keys)
        assert not bare(house.text)
        assert not timers.waiting
        if isinstance(house.app.screen, CommandPalette) or keys == ["question_mark"]:
            await house.press("escape")
            assert isinstance(house.app.screen, SettingsScreen)
            assert not bare(house.text)


async def test_the_next_place_of_the_same_name_hides_it(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "down", "enter", "v")
        assert bare(house.text)
        await house.press("down")
        assert not bare(house.text)
        await house.press("up")
        assert not bare(house.text)


async def test_a_window_that_loses_the_focus_hides_it(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        house.app.post_message(events.AppBlur())
        await house.settle()
        assert not bare(house.text)


async def test_a_picture_never_shows_it(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path, (120, 36)) as house:
        await revealed(house)
        saved = Path(house.app.save_screenshot("picture.svg", path=str(tmp_path)))
        for svg in (
            house.app.export_screenshot(),
            house.app.export_screenshot(simplify=True),
            saved.read_text("utf-8"),
        ):
            assert "hidden" not in svg
            assert "CANARYcanary" not in svg
            assert TAIL not in svg


async def test_it_cannot_be_selected_and_copied(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        house.screen.text_select_all()
        assert not bare(house.screen.get_selected_text() or "")
        await house.press("c")
        assert house.app.clipboard == f"{house.settings}:4"


async def test_what_is_not_secret_says_so(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "v")
        assert "This value is not secret" in house.text
        assert not timers.waiting


async def test_a_revealed_value_is_data_and_harmless(tmp_path: Path, timers: Timers) -> None:
    hostile = "[b]x[/b] [@click=app.quit]y[/] [/\x1b[31m" + "k" * 20
    async with at_home(tmp_path, environ={"ANTHROPIC_AUTH_TOKEN": hostile}) as house:
        await house.press("s", "slash", *"TOKEN", "enter", "v")
        assert "[b]x[/b] [@click=app.quit]y[/] [/\\x1b[31m" in house.text
        assert "\x1b" not in house.text


async def test_the_logs_and_reprs_do_not_know_it(tmp_path: Path, timers: Timers) -> None:
    async with at_home(tmp_path) as house:
        await revealed(house)
        screen = house.screen
        assert not bare(repr(screen._peek) + repr(screen.inventory) + repr(screen._item) + repr(screen.place))
