"""Step 3: one cause in plain words, why we believe it, and what to do. Or honestly: none, or we do not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui import terms, words
from tui.core.events import Status
from tui.core.model import Applicability, Evidence, Ranked, Remedy, Role, Severity, Verdict
from tui.journey import Row
from tui.screens.step import StepScreen
from tui.theme import glyphs
from tui.widgets.choices import Choice, Choices
from tui.widgets.sheet import BLANK, GUTTER, Sheet, hang, heading, join, pair, say, stack
from tui.widgets.stages import sign, status

SEVERITY_STYLES = {Severity.BLOCKING: "bold $error", Severity.DEGRADING: "bold $warning", Severity.NOTE: "bold $quiet"}
VERDICT_STYLES = {
    Verdict.HEALTHY: "bold $success",
    Verdict.DEGRADED: "bold $warning",
    Verdict.BROKEN: "bold $error",
    Verdict.UNKNOWN: "bold $warning",
}


class CauseScreen(StepScreen):
    """Shows the answer of the run that is over."""

    NUMBER = 2
    HELP = words.HELP_CAUSE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", id="copy"),
        Binding("d", "details", "Details", id="details"),
        Binding("escape", "back", "Back", id="back"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return None if action == "details" and self.journey.finding is None else True

    def side(self) -> ComposeResult:
        yield Sheet(id="ask")
        yield Choices()

    def show(self) -> None:
        ranked = self.journey.finding
        self.query_one("#page", Sheet).show(self._page)
        title = words.SUGGEST if ranked else words.NEXT
        self.query_one("#ask", Sheet).title(title)
        self.query_one(Choices).offer(self._choices(ranked))

    def _page(self, width: int) -> list[Content]:
        ranked = self.journey.finding
        return self._cause(ranked, width) if ranked else self._answer(width)

    def _cause(self, ranked: Ranked, width: int) -> list[Content]:
        finding, run = ranked.finding, self.journey.run
        style = SEVERITY_STYLES[finding.severity]
        sign = glyphs().fail if finding.severity is Severity.BLOCKING else glyphs().warn
        badge = join(
            say(f"{sign} {terms.SEVERITIES[finding.severity]}", style),
            say(f"   {terms.CONFIDENCES[finding.confidence]}", "$quiet"),
        )
        groups = [
            [] if run.finished else hang(say(words.SO_FAR, "$warning"), width),
            pair(badge, say(finding.code, "$quiet"), width),
            hang(say(finding.title, "bold"), width),
            [BLANK],
            hang(say(finding.explanation), width),
            heading(words.WHY),
            *reasons(finding.evidence, width),
        ]
        for title, others in (
            (words.EXPLAINS, run.explained_by(finding.code) if ranked.role is Role.ROOT else ()),
            (words.NOTES, run.of(Role.NOTE)),
        ):
            if others:
                groups += [
                    heading(title),
                    *(hang(say(o.finding.title), width, say(f"{glyphs().warn} ", "$warning")) for o in others),
                ]
        return stack(*groups)

    def _answer(self, width: int) -> list[Content]:
        run = self.journey.run
        done = run.finished
        style = VERDICT_STYLES[done.verdict] if done else "bold $warning"
        title = terms.VERDICTS[done.verdict] if done else terms.headline(run)
        groups = [hang(say(title, style), width, say(f"{self._sign()} ", style))]
        if done:
            groups += [[BLANK], hang(say(done.summary), width)]
            for title, sign, phrases in (
                (words.TESTED, glyphs().ok, done.tested),
                (words.UNTESTED, glyphs().wait, done.untested),
            ):
                if phrases:
                    groups += [heading(title), *(hang(say(phrase), width, f"{sign} ") for phrase in phrases)]
        else:
            rest = [terms.STAGES[row.stage] for row in run.ordered if row.status is Status.NOT_RUN]
            rest += [terms.STAGES[stage] for stage in run.waiting]
            finished = [row for row in run.ordered if row.status is not Status.NOT_RUN]
            if finished:
                groups += [heading(words.FINISHED_ROWS), *(finished_row(row, width) for row in finished)]
            if rest:
                groups += [heading(words.NOT_RUN_ROWS)]
                groups += [hang(say(name), width, f"{glyphs().wait} ") for name in dict.fromkeys(rest)]
        notes = run.of(Role.NOTE)
        if notes:
            groups += [heading(words.NOTES), *(hang(say(n.finding.title), width, f"{glyphs().warn} ") for n in notes)]
        return stack(*groups)

    def _sign(self) -> str:
        done = self.journey.run.finished
        return glyphs().ok if done and done.verdict is Verdict.HEALTHY else glyphs().warn

    def _choices(self, ranked: Ranked | None) -> list[Choice]:
        wizard, run = self.wizard, self.journey.run
        choices = [remedy_choice(self, ranked, remedy) for remedy in ranked.finding.remedies] if ranked else []
        others = [r for r in (run.root, *run.of(Role.INDEPENDENT)) if r and r is not ranked]
        choices += [Choice(words.ALSO.format(title=o.finding.title), "", self._turn(o)) for o in others]
        if ranked is None or not ranked.finding.remedies:
            if not wizard.request.send_message and not run.stopped:
                choices.append(Choice(words.TRY_MESSAGE, words.MAY_COST, wizard.try_message))
            choices.append(Choice(words.AGAIN, "", wizard.start, "r"))
            choices.append(Choice(words.SHOW_REPORT, words.REPORT_NOTE, wizard.open_report, "x"))
            if ranked is None and run.finished and run.finished.verdict is Verdict.HEALTHY:
                choices.append(Choice(words.QUIT, "", wizard.leave, "q"))
                choices.sort(key=lambda choice: choice.label != words.QUIT)
        return choices

    def _turn(self, other: Ranked) -> Callable[[], None]:
        def turn() -> None:
            self.journey.chosen = other
            self.redraw()

        return turn

    def copyable(self) -> str:
        return self.query_one("#page", Sheet).plain


def reasons(items: tuple[Evidence, ...], width: int) -> Iterator[list[Content]]:
    """The reasons, numbered. What was seen stands beside the claim if that works for all of them, else below each."""
    lead = 3
    claims = [(say(item.claim), say(item.seen if item.seen != item.claim else "", "$quiet")) for item in items]
    beside = all(
        item.origin is None and lead + claim.cell_length + GUTTER + seen.cell_length <= width
        for item, (claim, seen) in zip(items, claims, strict=True)
    )
    for number, (item, (claim, seen)) in enumerate(zip(items, claims, strict=True), 1):
        where = seen if beside else say(str(item.origin) if item.origin else "", "$mark")
        yield pair(claim, where, width, f"{number:<{lead}}")
        if seen and not beside:
            yield hang(seen, width, " " * lead)


def finished_row(row: Row, width: int) -> list[Content]:
    """A row of a run that was stopped."""
    word, style = status(row.status, row.comparison)
    return pair(say(terms.STAGES[row.stage]), say(word, style), min(width, 40), say(f"{sign(row.status)} ", style))


def remedy_choice(step: StepScreen, ranked: Ranked, remedy: Remedy) -> Choice:
    """A remedy as a line to choose. Choosing only shows what it would do."""
    note = {"edit": words.NOTE_EDIT, "command": words.NOTE_COMMAND, "steps": words.NOTE_STEPS}[remedy.kind]
    if remedy.kind == "edit" and remedy.applicability is Applicability.CHOICE:
        note = words.NOTE_CHOICE
    return Choice(remedy.title, note, lambda: step.wizard.open_fix(ranked, remedy))
