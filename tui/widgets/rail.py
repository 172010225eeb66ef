"""The rail of five steps, always visible, and the flash line that answers a key without covering anything."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from tui.theme import glyphs
from tui.widgets.sheet import say
from tui.words import STEPS


class Station(Static):
    """One step of the rail. A click goes there, if it was reached."""

    def __init__(self, number: int) -> None:
        super().__init__(Content(""), classes="station")
        self.number = number

    def show(self, current: int, reached: int) -> None:
        """Draw the step as passed, present or to come."""
        passed = self.number < reached and self.number != current
        sign = f" {glyphs().ok}" if passed else ""
        self.update(say(f"{self.number + 1} {STEPS[self.number]}{sign}"))
        self.set_class(self.number == current, "-current")
        self.set_class(self.number > reached, "-ahead")

    def on_click(self, event: Click) -> None:
        """Ask to go there."""
        event.stop()
        self.post_message(Rail.Went(self.number))


class Rail(Horizontal):
    """Name, five steps, and one remark at the right."""

    class Went(Message):
        """A step was asked for."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    _shown: tuple[int, int, str] = (-1, -1, "")

    def compose(self) -> ComposeResult:
        yield Static(Content("unsnarl"), id="name")
        for number in range(len(STEPS)):
            yield Station(number)
        yield Static(Content(""), id="remark")

    def show(self, current: int, reached: int, remark: str) -> None:
        """Draw all steps, if anything changed."""
        if (current, reached, remark) == self._shown:
            return
        self._shown = (current, reached, remark)
        for station in self.query(Station):
            station.show(current, reached)
        self.query_one("#remark", Static).update(say(remark, "$quiet"))


class Flash(Static):
    """One line for what a key just did. It stays until the next key has something to say."""

    def __init__(self) -> None:
        super().__init__(Content(""), id="flash")

    def say(self, text: str, bad: bool = False) -> None:
        """Show a sentence; an empty one clears the line."""
        sign = glyphs().warn if bad else glyphs().mark
        self.update(say(f"{sign} {text}", "$warning" if bad else "$mark") if text else Content(""))
