"""The application: steps, pages, colours, palette, signals and a clean ending. It decides nothing about causes."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segments
from rich.text import Text
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import theme, words
from tui.conductor import CAUSE, CHECK, Conductor
from tui.messages import Progress
from tui.screens.step import StepScreen

if TYPE_CHECKING:
    from tui.core.request import Request
    from tui.sessions import SessionFactory

ENDINGS = (("SIGTERM", 143), ("SIGHUP", 129))
TWICE = 2.0  # seconds in which the second Ctrl+C counts


def _step(name: str) -> StepScreen:
    """The screen of a step, loaded when it is first shown."""
    screen: StepScreen = getattr(import_module(f"tui.screens.{name.lower()}"), f"{name}Screen")()
    return screen


class Wizard(Conductor):
    """Five steps from a symptom to a proof."""

    TITLE = "unsnarl"
    CSS_PATH = Path(__file__).with_name("tui.tcss")
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {name: partial(_step, name) for name in words.STEPS}
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (56, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Quit", show=False, id="quit"),
        Binding("ctrl+c", "interrupt", "Quit", show=False, system=True),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="help"),
    ]

    def __init__(self, factory: SessionFactory, request: Request, clock: Callable[[], float] = time.monotonic) -> None:
        # Textual picks its colour filter while it is built, so whether there is hue must be known by then.
        self.colourless = "NO_COLOR" in os.environ
        super().__init__(factory, request, clock, plain=self.colourless)
        self.reached = 0
        self._interrupted = float("-inf")
        for colours in theme.THEMES:
            self.register_theme(colours)
        if self.colourless or "TEXTUAL_THEME" not in os.environ:
            self.theme = theme.remembered()

    def get_default_screen(self) -> Screen[object]:
        """The first step is the first screen, so that it is the first paint."""
        return self.get_screen(words.STEPS[0])

    def on_mount(self) -> None:
        """Leave the terminal as it was, whoever ends us."""
        loop = asyncio.get_running_loop()
        for name, code in ENDINGS:
            if hasattr(signal, name):  # Windows has neither the signals nor the handlers
                loop.add_signal_handler(getattr(signal, name), self.leave, code)

    def on_ready(self) -> None:
        """Load the core once the first screen is painted."""
        self.call_after_refresh(self.open_session)

    # Moving.

    @property
    def front(self) -> StepScreen | None:
        """The step in front, whatever page lies above it."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, StepScreen)), None)

    @property
    def remark(self) -> str:
        """What the rail says at its right."""
        started = self.journey.run.started if self.reached else None
        offline = (words.OFFLINE_REMARK,) if self.request.offline else ()
        return ", ".join((*offline, *((started.client.title,) if started else ())))

    def go(self, number: int) -> None:
        # The first step is the bottom of the stack for good; the others take turns above it.
        self.reached = max(self.reached, number)
        name = words.STEPS[number]
        if self.front is not self.screen or self.screen is self.get_screen(name):
            self.screen.post_message(Progress())
        elif number == 0:
            self.pop_screen()
        elif len(self.screen_stack) == 1:
            self.push_screen(name)
        else:
            self.switch_screen(name)

    def advance(self) -> None:
        """From Check to Cause, once, when the run is over and nothing lies above the step."""
        front, journey = self.front, self.journey
        if front is self.screen and front.NUMBER == CHECK and journey.run.finished and not journey.shown:
            journey.shown = True
            self.go(CAUSE)

    def flash(self, text: str, bad: bool = False) -> None:
        if self.front:
            self.front.flash(text, bad)

    # Pages.

    def open_page(self, code: str) -> None:
        """The page of a cause."""
        if self.journey.session:
            from tui.screens.page import MarkdownPage  # Markdown costs 30 ms, which the first paint does not owe

            self.push_screen(MarkdownPage(self.journey.session.explain(code)))

    def open_report(self) -> None:
        """The report, before it is saved."""
        if self.journey.session and (self.journey.run.over or self.journey.was):
            from tui.screens.page import ReportPage

            text = self.journey.session.export("markdown")
            self.push_screen(ReportPage(words.REPORT_TITLE, text, self.save), lambda _: self.flash(self._place()))
        else:
            self.flash(words.NO_REPORT)

    def _place(self) -> str:
        return words.REPORT.format(place=self.journey.report) if self.journey.report else ""

    def action_help(self) -> None:
        """Help about the step in front."""
        if self.front is self.screen:
            from tui.screens.page import HelpPage

            title = words.HELP_TITLE.format(step=words.STEPS[self.front.NUMBER])
            self.push_screen(HelpPage(title, self.front.HELP))

    # Colours and palette.

    def next_theme(self) -> None:
        """The next colours, remembered."""
        if self.colourless:
            self.flash(words.NO_COLOUR)
            return
        self.theme = theme.following(self.theme)
        theme.remember(self.theme)
        self.screen.post_message(Progress())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action by its human name, and only what is possible now."""
        for name, (title, help_text) in words.COMMANDS.items():
            action = getattr(screen, f"action_{name}", None) or getattr(self, f"action_{name}", None)
            if action and screen is self.front and self.front.possible(name):
                yield SystemCommand(title, help_text, action)

    # Endings.

    def action_leave(self) -> None:
        """Quit; nothing is lost, because everything is on disk already."""
        self.leave()

    def action_interrupt(self) -> None:
        """Ctrl+C: the second one within two seconds quits."""
        now = self.clock()
        if now - self._interrupted < TWICE:
            self.leave(130 if self.running else None)
        self._interrupted = now
        self.flash(words.QUIT_AGAIN)

    def leave(self, code: int | None = None) -> None:
        """Leave the window, and a line or two in the scrollback."""
        if self.journey.busy and code is None:
            self.flash(words.STILL_SAVING)
            return
        from tui.terms import farewell

        code = self.journey.exit_code if code is None else code
        lines = "\n".join(farewell(self.journey))
        self.exit(code, return_code=code, message=Text(theme.fit(lines)) if lines else None)

    def _fatal_error(self) -> None:
        """Show where it broke, never the values it broke on: Textual would print local variables."""
        from rich.traceback import Traceback  # 25 ms that only a crash owes

        self.bell()
        shown = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(shown, self.console.options)))
        self._close_messages_no_wait()
