"""Three looks of our own, the glyphs, and the memory of which look was chosen.

Status colours are text colours: they never sit on their own muted shade, which ANSI themes would turn invisible, and
every pair that the style sheet uses has a contrast of 4.5 to 1 or more (tests/screens/test_themes.py).
"""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from pathlib import Path

from textual.theme import Theme


def _palette(text: str, quiet: str, line: str, mark: str, cursor: str) -> dict[str, str]:
    """The variables that both colour themes share; names of Textual's own where a widget of its own reads them."""
    return {
        "quiet": quiet,
        "line": line,
        "mark": mark,
        "cursor": cursor,
        "text": text,
        "text-muted": quiet,
        "text-disabled": quiet,
        "border": mark,
        "border-blurred": line,
        "block-cursor-background": cursor,
        "block-cursor-foreground": text,
        "block-cursor-blurred-background": cursor,
        "block-cursor-blurred-foreground": text,
        "block-hover-background": cursor,
        "footer-background": "transparent",
        "footer-item-background": "transparent",
        "footer-key-background": "transparent",
        "footer-description-background": "transparent",
        "footer-key-foreground": mark,
        "footer-description-foreground": quiet,
        "scrollbar": line,
        "scrollbar-hover": quiet,
        "scrollbar-active": mark,
        "scrollbar-background": "transparent",
        "scrollbar-background-hover": "transparent",
        "scrollbar-background-active": "transparent",
        "scrollbar-corner-color": "transparent",
        "input-selection-background": cursor,
        "link-color": mark,
    }


DARK = Theme(
    name="unsnarl-dark",
    primary="#6cb6c9",
    secondary="#9db2bf",
    warning="#e3b25f",
    error="#ff8a80",
    success="#83c992",
    accent="#6cb6c9",
    foreground="#d6dade",
    background="#14171a",
    surface="#14171a",
    panel="#1d2226",
    dark=True,
    variables=_palette(text="#d6dade", quiet="#939ca5", line="#3a4249", mark="#6cc3d5", cursor="#242b31"),
)

LIGHT = Theme(
    name="unsnarl-light",
    primary="#0b6477",
    secondary="#4a5560",
    warning="#7c5300",
    error="#b02318",
    success="#1a6b33",
    accent="#0b6477",
    foreground="#23282d",
    background="#fbfaf8",
    surface="#fbfaf8",
    panel="#f1efeb",
    dark=False,
    variables=_palette(text="#23282d", quiet="#5c656e", line="#c9c5bd", mark="#0b6477", cursor="#e9e6e0"),
)

# The terminal's own colours. Nothing has a background here, because no shade can be assumed to exist.
TERMINAL = Theme(
    name="unsnarl-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_default",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables=_palette("ansi_default", "ansi_default", "ansi_default", "ansi_cyan", "transparent")
    | {
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)

THEMES = (DARK, LIGHT, TERMINAL)
TITLES = {DARK.name: "Dark colours", LIGHT.name: "Light colours", TERMINAL.name: "The terminal's own colours"}


def following(name: str) -> str:
    """The theme after this one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


def memory() -> Path:
    """The file that remembers the theme."""
    from platformdirs import user_state_path

    return user_state_path("unsnarl", appauthor=False) / "theme"


def remembered() -> str:
    """The theme to start with: no hue on NO_COLOR, else the one chosen last, else dark."""
    if "NO_COLOR" in os.environ:
        return TERMINAL.name
    try:
        name = memory().read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return DARK.name
    return name if name in TITLES else DARK.name


def remember(name: str) -> None:
    """Keep the choice; a state folder that cannot be written only costs the memory."""
    try:
        file = memory()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(name + "\n", encoding="ascii")
    except OSError:
        pass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that stand beside words, never instead of them."""

    ok: str = "✓"
    warn: str = "!"
    fail: str = "✗"
    wait: str = "·"
    skip: str = "-"
    run: str = "»"
    mark: str = "›"
    arrow: str = "→"
    more: str = "↓"
    dot: str = "·"


ASCII = Glyphs("+", "!", "x", ".", "-", ">", ">", "->", "v", "-")
_TYPOGRAPHIC = str.maketrans(
    {"…": "...", "–": "-", "—": "-", "·": "-", "→": "->", "“": '"', "”": '"', "’": "'", "✓": "+", "✗": "x", "×": "x"}
)


def ascii_only() -> bool:
    """True where the locale cannot carry more than ASCII, or where a person asked for it."""
    if os.environ.get("UNSNARL_ASCII"):
        return True
    return locale.getpreferredencoding(False).lower().replace("-", "") not in ("utf8", "cp65001", "gb18030")


def glyphs() -> Glyphs:
    """The signs for this terminal."""
    return ASCII if ascii_only() else Glyphs()


def fit(text: str) -> str:
    """Text as this terminal can carry it: typographic signs become ASCII where they must."""
    return text.translate(_TYPOGRAPHIC) if ascii_only() else text
