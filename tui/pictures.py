"""Pictures of the screen hold nothing that a person uncovered for a moment."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen


class DiscreetScreen(Screen[bool]):
    """A screen on which a secret may be uncovered."""

    def conceal(self) -> None:
        """Cover at once whatever is uncovered."""


class Discreet(App[int]):
    """An application whose pictures, which every export of Textual's goes through, are taken of covered screens."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, with every secret covered first."""
        for screen in self.screen_stack:
            if isinstance(screen, DiscreetScreen):
                screen.conceal()
        return super().export_screenshot(title=title, simplify=simplify)
