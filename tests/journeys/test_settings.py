"""The settings are one key away from every step; they say what is in force, and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from tests.journeys.blocks import CANARY
from tests.journeys.house import at_home, furnish
from tests.journeys.test_keys import WAYS
from tests.journeys.walk import NARROW, walking
from tui.screens.page import HelpPage
from tui.screens.settings import SettingsScreen
from tui.widgets.places import Names, Places


@pytest.mark.parametrize("leave", ["escape", "q", "s"])
@pytest.mark.parametrize("step", WAYS)
async def test_one_key_there_and_one_back_from_every_step(tmp_path: Path, step: str, leave: str) -> None:
    async with walking("base-url", tmp_path) as walk:
        await walk.press(*WAYS[step])
        before, focus, runs = walk.text, walk.app.screen.focused, len(walk.session.runs)
        await walk.press("s")
        assert isinstance(walk.app.screen, SettingsScreen)
        assert "ANTHROPIC_API_KEY" in walk.text
        await walk.press(leave)
        assert (walk.step, walk.text, len(walk.session.runs)) == (step, before, runs)
        assert walk.app.screen.focused is focus


async def test_a_check_goes_on_beneath_and_shows_its_answer_afterwards(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        walk.session.pace = 0.01
        await walk.pilot.press("enter")
        await walk.press("s")
        assert isinstance(walk.app.screen, SettingsScreen)
        await walk.press("escape")
        assert walk.step == "Cause"


async def test_the_key_is_in_the_footer_where_there_is_room_and_in_the_help(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        assert "s Settings" in walk.text
        titles = [command.title for command in walk.app.get_system_commands(walk.app.screen)]
        assert "Show the settings" in titles
        await walk.press("question_mark", "space")
        assert "settings: which value is in force, and why" in "".join(walk.seen)


async def test_the_place_in_force_is_marked_and_the_others_say_why_not(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s")
        lines = house.text.splitlines()
        assert lines[2].split() == ["›", "!", "ANTHROPIC_BASE_URL", "https://gw.corp.test", "4", "places", "differ"]
        first = next(number for number, line in enumerate(lines) if "* 1 " in line)
        assert lines[first].split() == ["·", "*", "1", "https://gw.corp.test", "in", "force"]
        assert lines[first + 1].strip() == "~/.claude/settings.json line 3"
        assert lines[first + 3].strip() == "the environment of this terminal"
        assert lines[first + 4].strip(" ▁▂▃▄▅▆▇█") == "~/.claude/settings.json line 3 decides"
        assert "Why: user settings over the inherited environment" in house.text
        await house.press("space", "space")
        assert "terminal 2, new terminal 4, editor 3, CI 3" in house.text


async def test_text_of_others_is_data(tmp_path: Path) -> None:
    async with at_home(tmp_path, environ={"ANTHROPIC_MODEL": "[b]x[/b] [@click=app.quit]y[/] [/"}) as house:
        await house.press("s", "slash", *"C_MODEL", "enter")
        assert "[b]x[/b] [@click=app.quit]y[/] [/" in house.text


async def test_the_filter_finds_names_values_and_files(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "slash")
        for typed, names in (
            ("auth_t", ["ANTHROPIC_AUTH_TOKEN"]),
            ("OPUS", ["model"]),
            ("bashrc", ["ANTHROPIC_BASE_URL", "ANTHROPIC_MODEL"]),
            ("CANARYcanary", []),
        ):
            house.screen.query_one("#filter", Input).value = ""
            await house.press(*("underscore" if key == "_" else key for key in typed))
            assert [item.name for item in house.screen._items] == names
        assert "No name, value or file matches." in house.text
        await house.press("e", "o")
        assert house.screen.query_one("#filter", Input).value == "CANARYcanaryeo", "letters are text in the filter"
        await house.press("escape")
        assert len(house.screen._items) == 5
        assert isinstance(house.screen.focused, Names)
        await house.press("escape")
        assert house.app.screen is house.app.front


async def test_enter_leaves_the_filter_and_escape_clears_it(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "slash", *"bashrc", "enter", "down", "enter")
        assert isinstance(house.screen.focused, Places)
        place = house.screen.place
        assert place is not None
        assert str(place.origin) == "~/.bashrc line 3"
        await house.press("escape", "escape")
        assert len(house.screen._items) == 5
        assert house.screen.place is place


async def test_the_footer_fits_and_ends_with_help(tmp_path: Path) -> None:
    async with at_home(tmp_path, NARROW) as house:
        await house.press("s")
        for key in ("tab", "enter"):
            keys = list(house.app.screen.query(Footer).first().query(FooterKey))
            assert len(keys) <= 5
            assert keys[-1].key_display == "?"
            assert max(one.region.right for one in keys) <= NARROW[0]
            await house.press(key)


async def test_help_is_about_the_settings(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "question_mark")
        assert isinstance(house.app.screen, HelpPage)
        assert "Help: Settings" in house.text
        assert "show the secret for ten seconds" in house.text
        await house.press("escape")
        assert isinstance(house.app.screen, SettingsScreen)


async def test_copy_takes_file_and_line_and_promises_nothing(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "c")
        assert house.app.clipboard == f"{house.settings}:3"
        assert "Sent to the terminal's clipboard: ~/.claude/settings.json:3" in house.text
        await house.press("enter", "down", "c")
        assert house.app.clipboard == f"{house.settings}:3"
        assert "This value stands in no file" in house.text


async def test_everything_works_with_the_mouse(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s")
        await house.pilot.click(Names, offset=(6, 1))
        await house.settle()
        assert "* 1  sk-ant-api03-…x7Qp" in house.text
        await house.pilot.click(Places, offset=(8, 2))
        await house.settle()
        assert "Change ANTHROPIC_API_KEY in ~/shop/.env line 2" in house.text


async def test_reading_again_sees_what_changed_and_the_step_says_so(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("enter", "s", "down", "down")
        house.settings.write_text('{"model": "haiku"}', encoding="utf-8")
        await house.press("r")
        assert "haiku" in house.text
        assert house.screen._item is not None
        assert house.screen._item.name == "model", "the cursor stays with its name"
        await house.press("escape")
        assert "The settings were changed. r checks again." in house.text


async def test_a_home_without_settings(tmp_path: Path) -> None:
    async with at_home(tmp_path, environ={}) as house:
        for path in (house.settings, house.bashrc, house.home / "shop" / ".env"):
            path.unlink()
        await house.press("s")
        assert "No setting was found." in house.text
        for key in ("enter", "e", "o", "v", "c"):
            await house.press(key)
            assert isinstance(house.app.screen, SettingsScreen)
        assert "Choose a setting first." in house.text


async def test_a_reading_that_breaks_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home(tmp_path) as house:
        monkeypatch.setattr("tui.core.session.trace", lambda *_: 1 // 0)
        await house.press("s")
        assert "The check itself failed (ZeroDivisionError)" in house.text
        await house.press("e", "slash", "x", "escape", "escape")
        assert house.app.screen is house.app.front


async def test_resize_to_almost_nothing_and_back(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "down", "enter", "down")
        before, focus = house.text, house.screen.focused
        for size in ((40, 10), (1, 1), (200, 60), (80, 24)):
            await house.pilot.resize_terminal(*size)
            await house.pilot.pause(0.3)  # Textual resizes on a timer of its own
            if size == (40, 10):
                assert "too small" in house.text
        assert house.text == before
        assert house.screen.focused is focus


async def test_ctrl_c_twice_quits(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "ctrl+c")
        assert "Press Ctrl+C again to quit." in house.text
        await house.press("ctrl+c")
        assert house.app._exit


async def test_no_key_is_ever_on_a_screen_unless_asked_for(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press(
            "s", "down", "enter", "down", "question_mark", "escape", "e", "escape", "slash", "x", "escape"
        )
        assert len(house.seen) > 10
        assert not [screen for screen in house.seen if CANARY[13:30] in screen or CANARY[-20:] in screen]


def test_plain_lines_show_the_same(tmp_path: Path) -> None:
    from tests.journeys.test_plain import talk

    _, said, _ = talk("base-url", furnish(tmp_path), "5", "q")
    assert "ANTHROPIC_API_KEY\n* 1  sk-ant-api03-…x7Qp" in said
    assert "Claude Code 2.1.330, terminal: only the dotenv file sets it" in said
    assert CANARY[:30] not in said
