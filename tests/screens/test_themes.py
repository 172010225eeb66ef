"""Colours can be read, are remembered, and stay away where they are not wanted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.journeys.walk import walking
from tui import theme

CSS = Path(theme.__file__).with_name("tui.tcss").read_text(encoding="utf-8")
TEXTS = ("foreground", "quiet", "mark", "success", "warning", "error", "footer-key-foreground")
GROUNDS = ("background", "surface", "panel", "cursor")


def luminance(colour: Color) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read(look: Theme, text: str, ground: str) -> None:
    colours = look.to_color_system().generate() | look.variables
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
def test_focus_can_be_seen(look: Theme) -> None:
    colours = look.to_color_system().generate() | look.variables
    assert contrast(colours["border"], colours["background"]) >= 3


def test_no_status_colour_lies_on_a_ground_of_its_own() -> None:
    """In ANSI themes all shades of a hue are one colour."""
    assert not re.search(r"background:\s*\$(error|warning|success)", CSS)
    assert not re.search(r"-muted", CSS)


def test_only_borders_that_every_terminal_can_draw() -> None:
    assert set(re.findall(r"border(?:-\w+)?:\s*(\w+)", CSS)) <= {"solid", "none", "round"}


async def test_the_choice_is_remembered(tmp_path: Path) -> None:
    async with walking("healthy", tmp_path) as walk:
        assert walk.app.theme == theme.DARK.name
        await walk.press("t")
        assert walk.app.theme == theme.LIGHT.name
        assert "Light colours" in walk.text
    async with walking("healthy", tmp_path) as walk:
        assert walk.app.theme == theme.LIGHT.name
        await walk.press("t", "t")
    assert theme.remembered() == theme.DARK.name


async def test_no_color_means_no_hue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with walking("base-url", tmp_path) as walk:
        assert walk.app.theme == theme.TERMINAL.name
        await walk.press("enter")
        filters = walk.app._filters
        strips = [
            strip.apply_filter(f, Color(0, 0, 0))
            for strip in walk.app.screen._compositor.render_strips()
            for f in filters
            if f.enabled
        ]
        assert not [s for strip in strips for s in strip if s.style and s.style.color and not s.style.color.is_default]
        await walk.press("t")
        assert "NO_COLOR is set" in walk.text


async def test_ascii_only_where_the_locale_can_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNSNARL_ASCII", "1")
    async with walking("base-url", tmp_path) as walk:
        await walk.press("enter", "escape", "3", "enter", "y")
        for screen in walk.seen:
            text = re.sub(r"[─│┌┐└┘▁▂▃▄▅▆▇█]", "", screen)
            assert text.isascii(), re.findall(r"[^\x00-\x7f]", text)


def test_a_state_folder_that_cannot_be_written_is_no_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    monkeypatch.setattr(theme, "memory", lambda: tmp_path / "file" / "theme")
    theme.remember(theme.LIGHT.name)
    assert theme.remembered() == theme.DARK.name
