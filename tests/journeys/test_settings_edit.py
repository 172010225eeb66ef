"""A value is edited where it stands, through a diff and a yes; what cannot be edited says whose it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.blocks import CANARY
from tests.journeys.house import BASHRC, DOTENV, House, at_home
from tests.journeys.walk import NARROW, WIDE
from tui.core.model import Client, ClientName, Context
from tui.screens.settings import SettingsScreen
from tui.screens.settings_edit import EditPage, OwnerPage
from tui.widgets.field import ValueField

NEW = "sk-ant-api03-" + "N" * 82 + "4wZk"


async def replace_value(house: House, value: str) -> None:
    """Empty the field and type another value."""
    house.app.screen.query_one(ValueField).value = value
    await house.press("enter")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_yes_changes_one_line_and_undo_brings_it_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_home(tmp_path, size) as house:
        await house.press("s", "enter", "end", "e")
        assert house.app.screen.query_one(ValueField).value == "https://old.test"
        await replace_value(house, "https://new.test")
        assert "- 2  export ANTHROPIC_BASE_URL=https://old.test  # the old one" in house.text
        assert "+ 2  export ANTHROPIC_BASE_URL=https://new.test  # the old one" in house.text
        assert "Backup   a copy is kept" in house.text
        assert house.bashrc.read_text("utf-8") == BASHRC, "nothing is written before a yes"
        await house.press("y")
        assert house.bashrc.read_text("utf-8") == BASHRC.replace("//old.test ", "//new.test ")
        assert "Saved: ~/.bashrc is changed. u takes it back." in house.text
        place = house.screen.place
        assert place is not None
        assert (place.text, str(place.origin)) == ("https://new.test", "~/.bashrc line 2")
        await house.press("u")
        assert house.bashrc.read_text("utf-8") == BASHRC
        assert "Undone: ~/.bashrc is as it was before." in house.text
        await house.press("u")
        assert "There is nothing to undo." in house.text


async def test_a_file_that_new_terminals_read_changes_nothing_in_this_one(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "enter", "end", "e")
        await replace_value(house, "https://new.test")
        await house.press("y")
        found = house.screen.inventory
        assert found is not None
        here = [s.text for s in found.facts.all_of("ANTHROPIC_BASE_URL") if s.origin.path is None]
        assert here == ["https://old.test"]


async def test_a_secret_is_hidden_while_it_is_typed_shown_and_saved(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "down", "enter")
        await house.press("e")
        field = house.app.screen.query_one(ValueField)
        assert (field.value, field.password) == ("", True), "a secret is never filled in"
        await house.press(*("minus" if c == "-" else c for c in NEW))
        assert field.value == NEW
        await house.press("ctrl+shift+a", "ctrl+c")
        assert "A hidden value cannot be copied from here." in house.text
        await house.press("ctrl+x")
        assert (house.app.clipboard, field.value) == ("", NEW)
        await house.press("enter")
        assert '- 4      "ANTHROPIC_API_KEY": "sk-ant-api03-…x7Qp (99 characters' in house.text
        assert '+ 4      "ANTHROPIC_API_KEY": "sk-ant-api03-…4wZk (99 characters' in house.text
        await house.press("y")
        assert json.loads(house.settings.read_text("utf-8"))["env"]["ANTHROPIC_API_KEY"] == NEW
        joined = "".join("".join(screen.split()) for screen in house.seen)
        assert NEW[13:30] not in joined
        assert CANARY[13:30] not in joined


async def test_escape_goes_back_one_thing_at_a_time(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "e", "end", "x", "enter")
        assert "+ 3" in house.text
        await house.press("escape")
        assert house.app.screen.query_one(ValueField).value == "https://gw.corp.testx", "what was typed is kept"
        assert house.app.screen.focused is house.app.screen.query_one(ValueField)
        await house.press("y")
        assert house.app.screen.query_one(ValueField).value == "https://gw.corp.testxy", "y is a letter here"
        await house.press("escape")
        assert "Nothing was changed." in house.text
        await house.press("escape")
        assert not isinstance(house.app.screen, SettingsScreen)
        assert "gw.corp.testx" not in house.settings.read_text("utf-8")


@pytest.mark.parametrize("key", ["n", "enter"])
async def test_no_keeps_the_file_and_enter_is_never_a_yes(tmp_path: Path, key: str) -> None:
    async with at_home(tmp_path) as house:
        before = house.settings.read_bytes()
        await house.press("s", "e", "end", "x", "enter", key)
        assert isinstance(house.app.screen, SettingsScreen)
        assert house.settings.read_bytes() == before
        await house.press(*["enter"] * 9)
        assert house.settings.read_bytes() == before


async def test_an_empty_value_and_the_old_value_change_nothing(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "e", "ctrl+u", "enter")
        assert "Type a value first." in house.text
        await house.press(*"https", "colon", "slash", "slash", *"gw.corp.test", "enter")
        assert "Nothing to change: the files already are as they should be." in house.text
        await house.press("y")
        assert isinstance(house.app.screen, EditPage)
        assert not house.app.journey.changes


async def test_spaces_around_a_pasted_value_are_left_out_and_it_says_so(tmp_path: Path) -> None:
    from textual.events import Paste

    async with at_home(tmp_path) as house:
        await house.press("s", "down", "e")
        house.app.screen.query_one(ValueField).post_message(Paste(f"\n  {NEW}\n"))
        await house.settle()
        assert house.app.screen.query_one(ValueField).value == NEW
        await house.press("space", "enter")
        assert "Spaces or line breaks around the value were left out." in house.text
        await house.press("y")
        assert json.loads(house.settings.read_text("utf-8"))["env"]["ANTHROPIC_API_KEY"] == NEW


async def test_the_environment_has_an_owner_and_a_command(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "enter", "down", "enter")
        assert isinstance(house.app.screen, OwnerPage)
        assert "the environment of this terminal" in house.text
        assert "export ANTHROPIC_BASE_URL=NEW_VALUE" in house.text
        assert "unset ANTHROPIC_BASE_URL" in house.text
        await house.press("c")
        assert house.app.clipboard == "export ANTHROPIC_BASE_URL=NEW_VALUE\nunset ANTHROPIC_BASE_URL"
        assert "If it does not arrive there" in house.text
        await house.press("escape")
        assert isinstance(house.app.screen, SettingsScreen)


async def test_a_value_that_a_start_up_file_gave_is_changed_there(tmp_path: Path) -> None:
    async with at_home(tmp_path, environ={"ANTHROPIC_MODEL": "claude-sonnet-5"}) as house:
        await house.press("s", "slash", *"sonnet-5", "enter", "enter", "home", "e")
        assert "Change ANTHROPIC_MODEL in ~/.bashrc line 3" in house.text
        await replace_value(house, "claude-opus-5")
        assert "Open a new terminal" in house.text
        assert "Here     export ANTHROPIC_MODEL=claude-opus-5" in house.text
        await house.press("y")
        assert "ANTHROPIC_MODEL=claude-opus-5\n" in house.bashrc.read_text("utf-8")


async def test_a_policy_belongs_to_the_administrator(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        managed = house.home / "etc" / "claude-code" / "managed-settings.json"
        managed.parent.mkdir(parents=True)
        managed.write_text('{"env": {"ANTHROPIC_BASE_URL": "https://policy.test"}}', encoding="utf-8")
        await house.press("s", "e")
        assert isinstance(house.app.screen, OwnerPage)
        assert "set by your administrator" in house.text
        assert "export" not in house.text


async def test_a_file_that_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "enter", "end", "e", "end", "x", "enter")
        house.bashrc.write_text("MINE=1\n", encoding="utf-8")
        await house.press("y")
        assert isinstance(house.app.screen, EditPage)
        assert "Nothing was changed." in house.text
        assert house.bashrc.read_text("utf-8") == "MINE=1\n"


async def test_undo_refuses_over_later_edits_and_says_so(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s", "enter", "end", "e", "end", "x", "enter", "y")
        house.bashrc.write_text("MINE=1\n", encoding="utf-8")
        await house.press("u")
        assert house.bashrc.read_text("utf-8") == "MINE=1\n"
        assert "! " in house.text.splitlines()[-2]


async def test_true_or_false_stays_that(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.settings.write_text('{"hasCompletedOnboarding": true}\n', encoding="utf-8")
        await house.press("s", "slash", *"hasC", "enter", "e")
        await replace_value(house, "perhaps")
        assert "hasCompletedOnboarding is true or false, nothing else." in house.text
        await house.press("escape")
        await replace_value(house, "false")
        await house.press("y")
        assert house.settings.read_text("utf-8") == '{"hasCompletedOnboarding": false}\n'


async def test_a_value_of_several_lines_goes_to_the_editor(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        env = {"env": {"ANTHROPIC_CUSTOM_HEADERS": "A: 1\nB: 2"}}
        house.settings.write_text(json.dumps(env), encoding="utf-8")
        await house.press("s", "slash", *"HEADERS", "enter", "e")
        assert "This value has several lines." in house.text


async def test_a_change_is_named_at_the_end_and_the_step_beneath_says_to_check_again(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("enter", "s", "enter", "end", "e", "end", "x", "enter", "y", "escape", "escape")
        assert "The settings were changed. r checks again." in house.text
        await house.press("q")
        assert "Changed: " in str(house.app._exit_renderables[-1])


async def test_another_client_has_another_value_in_force(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.press("s")
        found = house.screen.inventory
        assert found is not None
        item = next(item for item in found.names if item.name == "ANTHROPIC_BASE_URL")
        sdk = next(d.client for d in item.decisions if d.client.name is ClientName.PYTHON_SDK)
        assert isinstance(sdk, Client)
        assert item.of(sdk, Context.TERMINAL).place == 1
        assert DOTENV.splitlines()[2].endswith(item.places[2].text)
