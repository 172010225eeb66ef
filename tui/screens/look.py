"""Step 1: what will be read and contacted, before anything is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from tui import words
from tui.screens.step import Body, StepScreen
from tui.theme import TITLES, glyphs
from tui.widgets.choices import Choice, Choices
from tui.widgets.sheet import BLANK, Sheet, hang, heading, join, say, shorten, stack

FILES = 6
"""Files that are listed; the rest is counted, so that the hosts stay in sight."""


class LookScreen(StepScreen):
    """Says what is going to happen; Enter starts it."""

    NUMBER = 0
    HELP = words.HELP_LOOK
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "settings", "Settings", id="settings"),
        Binding("m", "consent", "Real message", id="consent"),
        Binding("l", "shell", "Login shell", id="shell", show=False),
        Binding("t", "theme", "Colours", id="theme"),
    ]

    def main(self) -> ComposeResult:
        with Body():
            yield Sheet(id="page")

    def side(self) -> ComposeResult:
        yield Sheet(id="ask")
        yield Input(placeholder=words.SYMPTOM_HINT, id="symptom", max_length=2000)
        yield Choices()

    def on_mount(self) -> None:
        self.query_one(Input).value = self.wizard.request.symptom

    def show(self) -> None:
        self.query_one("#page", Sheet).show(self._page)
        self.query_one("#ask", Sheet).title(words.SYMPTOM_ASK)
        consent = words.MESSAGE_YES if self.wizard.request.send_message else words.MESSAGE_NO
        shell = words.SHELL_YES if self.wizard.request.exec_shell else words.SHELL_NO
        self.query_one(Choices).offer(
            [
                Choice(words.START, words.PROMISE_SHORT, self.wizard.start),
                Choice(words.MESSAGE_ASK, consent, self.wizard.toggle_message, "m"),
                Choice(words.SHELL_ASK, shell, self.wizard.toggle_shell, "l"),
                Choice(words.COLOURS, TITLES.get(self.wizard.theme, self.wizard.theme), self.wizard.next_theme, "t"),
            ]
        )

    def _page(self, width: int) -> list[Content]:
        outlook = self.wizard.outlook
        lines = [hang(say(words.WELCOME), width)]
        if outlook is None:
            return stack(*lines, heading(words.WILL_READ), [say(words.LOOKING, "$quiet")])
        there = [shown for shown, exists in outlook.files if exists]
        there.sort(key=lambda shown: not shown.startswith("~"))  # what is the person's own comes first
        absent = [shown for shown, exists in outlook.files if not exists]
        sign = join(say(glyphs().ok, "$success"), say(" "))
        lines += [heading(words.WILL_CONTACT)]
        if self.wizard.request.offline:
            lines += [[say(words.OFFLINE)]]
        lines += [[join(say(f"{glyphs().arrow} ", "$mark"), say(shorten(host, width - 2)))] for host in outlook.hosts]
        lines += [heading(words.WILL_READ)]
        lines += [[join(sign, say(shorten(path, width - 2)))] for path in there[:FILES]]
        if there[FILES:]:
            lines += [hang(say(words.MORE_FILES.format(count=len(there) - FILES), "$quiet"), width)]
        lines += [hang(say(words.ENVIRONMENT), width, sign)]
        lines += [hang(say(note, "$quiet"), width) for note in outlook.notes]
        if absent:  # last, because it is long and matters least
            lines += [[BLANK], hang(say(words.ABSENT.format(files=", ".join(absent)), "$quiet"), width)]
        return stack(*lines)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.wizard.set_symptom(" ".join(event.value.split()))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.wizard.start()

    def on_screen_resume(self) -> None:
        self.query_one(Choices).focus()

    def action_start(self) -> None:
        """Start, by name from the palette."""
        self.wizard.start()

    def action_shell(self) -> None:
        """Allow starting the login shell, or no longer."""
        self.wizard.toggle_shell()

    def action_back(self) -> None:
        if self.query_one(Input).has_focus:
            self.query_one(Choices).focus()
        else:
            self.flash(words.QUIT_HINT)
