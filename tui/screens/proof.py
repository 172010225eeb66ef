"""Step 5: the same questions again, what was and what is now, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui import terms, words
from tui.core.ask import Stage
from tui.core.model import Verdict
from tui.journey import Row, Run
from tui.screens.step import Body, StepScreen
from tui.theme import glyphs
from tui.widgets.choices import Choice, Choices
from tui.widgets.sheet import BLANK, Sheet, hang, join, say, stack
from tui.widgets.stages import NAME, PATIENCE, cell, sign, status

WAS = 20


class ProofScreen(StepScreen):
    """Compares the run before the fix with the run after it."""

    NUMBER = 4
    HELP = words.HELP_PROOF
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="undo"),
        Binding("x", "export", "Report", id="export"),
        Binding("escape", "back", "Back", id="back"),
    ]

    def main(self) -> ComposeResult:
        with Body():
            yield Sheet(id="page")

    def side(self) -> ComposeResult:
        yield Sheet(id="facts")
        yield Choices()

    def show(self) -> None:
        self.query_one("#page", Sheet).show(self._page)
        self.query_one("#facts", Sheet).show(self._facts)
        self.query_one(Choices).offer(self._choices())

    def _page(self, width: int) -> list[Content]:
        was, now = self.journey.was, self.journey.run
        groups = [self._headline(now, width)]
        if was is not None:
            groups += [[BLANK], contrast(words.WAS, *mark_of(was), was, width)]
            groups += [contrast(words.NOW, *mark_of(now), now, width)]
        return stack(*groups, [BLANK], self._table(was, now))

    def _headline(self, run: Run, width: int) -> list[Content]:
        sign, style = mark_of(run)
        text = terms.answer(run, self.journey.was, self.journey.undone is not None) if run.over else words.PROVING
        return hang(say(text, f"bold {style}"), width, say(f"{sign} ", style))

    def _table(self, was: Run | None, now: Run) -> list[Content]:
        head = (cell(words.QUESTION, NAME + 2), cell(words.WAS, WAS), cell(words.NOW, WAS))
        lines = [join(*(part.stylize("$quiet") for part in head))]
        for stage in Stage:
            before, after = was.worst(stage) if was else None, now.worst(stage)
            if before or after or (stage in now.waiting and not now.over):
                lines.append(
                    join(cell(terms.STAGES[stage], NAME + 2), self._cell(before), self._cell(after, not now.over))
                )
        return lines

    def _cell(self, row: Row | None, coming: bool = False) -> Content:
        if row is None:
            return cell(words.WAITING if coming else glyphs().skip, WAS, "$quiet")
        word, style = status(row.status)
        waited = self.wizard.clock() - row.began
        if row.status is None and waited >= PATIENCE:
            word = words.RUNNING_FOR.format(seconds=int(waited))
        time = words.seconds(row.ms)
        return join(say(f"{sign(row.status)} ", style), cell(word, 8, style), cell(f"{time:>7}", WAS - 10, "$quiet"))

    def _facts(self, width: int) -> list[Content]:
        journey = self.journey
        groups = []
        if journey.undone:
            groups += [hang(say(words.UNDONE.format(file=journey.undone.shown)), width)]
        elif journey.applied:
            groups += [hang(say(words.SAVED.format(file=journey.applied[-1].shown)), width)]
            remedy = journey.remedy
            groups += [hang(say(text), width) for text in words.reopen(remedy.reopen if remedy else ())]
        if journey.report:
            groups += [hang(say(words.REPORT.format(place=journey.report)), width)]
        return stack(*groups)

    def _choices(self) -> list[Choice]:
        wizard, run = self.wizard, self.journey.run
        if not run.over:
            return [Choice(words.STOP, "", wizard.stop, "esc")]
        undo = [Choice(words.UNDO_THIS, "", wizard.undo, "u")] if self.journey.undoable else []
        report = Choice(words.SHOW_REPORT, words.REPORT_NOTE, wizard.open_report, "x")
        if run.root:
            return [Choice(words.GO_NEXT.format(title=run.root.finding.title), "", self._next), *undo, report]
        if run.finished and run.finished.verdict is Verdict.HEALTHY:
            return [Choice(words.QUIT, "", wizard.leave, "q"), report, *undo]
        return [Choice(words.AGAIN, "", wizard.start, "r"), report, *undo]

    def _next(self) -> None:
        self.wizard.go(2)

    def action_back(self) -> None:
        if not self.wizard.stop():
            self.wizard.go(2)


def contrast(label: str, mark: str, style: str, run: Run, width: int) -> list[Content]:
    """One line of the comparison: was or now, and the answer of that run."""
    return hang(say(terms.headline(run)), width, join(cell(label, 5, "$quiet"), say(f"{mark} ", style)))


def mark_of(run: Run) -> tuple[str, str]:
    """The sign and the colour of the answer of a run."""
    if not run.over:
        return glyphs().run, "$mark"
    if run.finished and run.finished.verdict is Verdict.HEALTHY:
        return glyphs().ok, "$success"
    return (glyphs().fail, "$error") if run.root else (glyphs().warn, "$warning")
