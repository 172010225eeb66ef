"""Step 2: the rows fill in as the answers arrive."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui import words
from tui.core.events import Status
from tui.journey import Row
from tui.screens.step import Body, StepScreen
from tui.widgets.choices import Choices
from tui.widgets.sheet import Sheet, hang, heading, say, stack
from tui.widgets.stages import prompts


class StageList(Choices):
    """The rows; Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Go on", key_display="enter", id="choices.select")]


class CheckScreen(StepScreen):
    """Shows a run while it goes, and afterwards every row of it."""

    NUMBER = 1
    HELP = words.HELP_CHECK
    AUTO_FOCUS = "StageList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", id="copy"),
        Binding("r", "again", "Check again", id="again"),
        Binding("escape", "back", "Stop or back", id="back"),
    ]

    def main(self) -> ComposeResult:
        yield Sheet(id="summary")
        yield StageList(id="stages")

    def side(self) -> ComposeResult:
        with Body():
            yield Sheet(id="row")

    def show(self) -> None:
        run, now = self.journey.run, self.wizard.clock()
        self.query_one("#summary", Sheet).show(self._summary)
        stages = self.query_one(StageList)
        self._rows = prompts(run, now)
        stages.fill([prompt for _, prompt in self._rows], stages.highlighted or 0)
        self.query_one("#row", Sheet).show(self._row)

    def _summary(self, width: int) -> list[Content]:
        run = self.journey.run
        done, failed = run.count(*Status), run.count(Status.FAIL)
        if run.over:
            text = words.headline(run) if run.failure or run.stopped else words.DONE.format(done=done, failed=failed)
            return hang(say(text, "bold"), width)
        about = next((row.about for row in run.ordered if row.running), "")
        text = words.CHECKING.format(about=about) if about else words.CHECKING_SETTINGS
        return hang(say(text, "bold"), width)

    def _picked(self) -> Row | None:
        at = self.query_one(StageList).highlighted
        rows = getattr(self, "_rows", [])
        return rows[at][0] if at is not None and at < len(rows) else None

    def _row(self, width: int) -> list[Content]:
        row = self._picked()
        if row is None:
            return hang(say(words.ROW_HINT, "$quiet"), width)
        lines = [[say(words.STAGES[row.stage], "bold")], hang(say(words.STAGE_ASKS[row.stage], "$quiet"), width)]
        answer = row.detail or (words.STATUSES[row.status] if row.status else words.RUNNING)
        lines += [heading(row.about), hang(say(answer), width)]
        if row.comparison:
            lines += [heading(words.COMPARISON), hang(say(words.COMPARISON_WHY, "$quiet"), width)]
        return stack(*lines)

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """Show the row that is highlighted."""
        self.query_one("#row", Sheet).show(self._row)

    def on_option_list_option_selected(self) -> None:
        """Go on to the cause, when there is an answer."""
        if self.journey.run.over:
            self.wizard.go(2)
        else:
            self.flash(words.STILL_CHECKING)

    def on_screen_resume(self) -> None:
        self.wizard.advance()

    def action_back(self) -> None:
        if not self.wizard.stop():
            super().action_back()

    def copyable(self) -> str:
        row = self._picked()
        return f"{words.STAGES[row.stage]}, {row.about}: {row.detail}" if row else super().copyable()
