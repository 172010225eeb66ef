"""Step 2: the rows fill in as the answers arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui import terms, words
from tui.core.ask import Stage
from tui.core.events import Status
from tui.journey import Row
from tui.screens.step import Body, StepScreen
from tui.widgets.choices import Choices, Prompt
from tui.widgets.sheet import BLANK, Sheet, hang, pair, say, stack
from tui.widgets.stages import prompts


class StageList(Choices):
    """The rows; Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Go on", key_display="enter", id="choices.select")
    ]


class CheckScreen(StepScreen):
    """Shows a run while it goes, and afterwards every row of it."""

    NUMBER = 1
    HELP = words.HELP_CHECK
    AUTO_FOCUS = "StageList"
    _rows: Sequence[tuple[Row | Stage | None, Prompt]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "settings", "Settings", id="settings"),
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
        titles = [n for n, (about, _) in enumerate(self._rows) if n and about is None]
        stages.fill([prompt for _, prompt in self._rows], stages.highlighted or 0, titles)
        self.query_one("#row", Sheet).show(self._row)

    def _summary(self, width: int) -> list[Content]:
        run = self.journey.run
        done, failed = run.count(*Status), run.count(Status.FAIL)
        if run.over:
            text = terms.headline(run) if run.failure or run.stopped else words.DONE.format(done=done, failed=failed)
            return hang(say(text, "bold"), width)
        about = next((row.about for row in run.ordered if row.running), "")
        text = words.CHECKING.format(about=about) if about else words.CHECKING_SETTINGS
        return hang(say(text, "bold"), width)

    def _picked(self) -> Row | Stage | None:
        at = self.query_one(StageList).highlighted
        return self._rows[at][0] if at is not None and at < len(self._rows) else None

    def _row(self, width: int) -> list[Content]:
        row = self._picked()
        if row is None:
            return self._settings(width)
        stage = row if isinstance(row, Stage) else row.stage
        lines = [[say(terms.STAGES[stage], "bold")], hang(say(terms.STAGE_ASKS[stage], "$quiet"), width)]
        if isinstance(row, Row):
            answer = row.detail or (terms.STATUSES[row.status] if row.status else words.RUNNING)
            lines += [hang(say(row.about), width), [BLANK], hang(say(answer), width)]
            if row.comparison:
                lines += [[BLANK], hang(say(words.COMPARISON_WHY, "$quiet"), width)]
        return stack(*lines)

    def _settings(self, width: int) -> list[Content]:
        read = self.journey.run.settings
        if read is None:
            return hang(say(words.ROW_HINT, "$quiet"), width)
        lines = [[say(words.SETTINGS, "bold")]]
        for setting in read.settings:
            lines.append(pair(say(setting.name), say(str(setting.origin), "$mark"), width))
            lines.append(hang(say(setting.shown, "$quiet"), width, "  "))
        return stack(*lines)

    def on_choices_picked(self) -> None:
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
        if not isinstance(row, Row):
            return super().copyable()
        return f"{terms.STAGES[row.stage]}, {row.about}: {row.detail}"
