"""Step 4: what a remedy would do, before it does it. Nothing is written here without a y."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui import terms, words
from tui.core.model import Applicability, Remedy
from tui.core.repair.model import FilePlan
from tui.hunk import count
from tui.screens.step import StepScreen
from tui.theme import glyphs
from tui.widgets.choices import Choice, Choices
from tui.widgets.diff import draw
from tui.widgets.sheet import BLANK, Sheet, hang, join, pair, say, stack

LABEL = 9  # columns of "Backup", "After", "Undo"


class FixScreen(StepScreen):
    """Shows the change, the commands or the steps of the remedy in hand."""

    NUMBER = 3
    HELP = words.HELP_FIX
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "apply", "Apply", id="apply"),
        Binding("n", "keep", "Keep", id="keep"),
        Binding("c", "copy", "Copy", id="copy"),
        Binding("escape", "back", "Back", id="back"),
    ]

    def side(self) -> ComposeResult:
        yield Sheet(id="facts")
        yield Choices()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action in ("apply", "keep"):
            remedy = self.journey.remedy
            return bool(remedy and remedy.edits) and (True if action == "keep" or self.journey.plan else None)
        return True

    def show(self) -> None:
        remedy = self.journey.remedy
        if remedy is None:
            return
        draws = {"edit": self._edit, "command": self._commands, "steps": self._steps}
        self.query_one("#page", Sheet).show(draws[remedy.kind])
        facts = self.query_one("#facts", Sheet)
        facts.show(lambda width: facts_of(remedy, width))
        facts.display = bool(remedy.edits or remedy.reopen)
        if remedy.edits:
            apply = Choice(words.APPLY, "", self.action_apply, "y")
            keep = Choice(words.KEEP, "", self.action_keep, "n")
            self.query_one(Choices).offer([apply, keep] if self.journey.plan else [keep], at=1)
        else:
            done = words.RAN if remedy.commands else words.AGAIN
            self.query_one(Choices).offer(
                [
                    Choice(words.COPY_THIS, words.CLIPBOARD, self.action_copy, "c"),
                    Choice(done, "", self.wizard.start, "r"),
                    Choice(words.BACK, "", self.action_back, "esc"),
                ]
            )

    def _edit(self, width: int) -> list[Content]:
        remedy, plan = self.journey.remedy, self.journey.plan
        title = remedy.title if remedy else ""
        groups = [hang(say(title, "bold"), width)]
        if self.journey.refusal:
            text = say(self.journey.refusal, "$warning")
            return stack(*groups, [BLANK], hang(text, width, f"{glyphs().warn} "), hang(say(words.UNTOUCHED), width))
        if plan is None:
            return stack(*groups, [BLANK], [say(words.PLANNING, "$quiet")])
        for file in plan.files:
            groups += [[BLANK], file_title(file, width), draw(file.diff, width)]
            groups += [hang(say(note, "$quiet"), width) for note in file.notes]
        return stack(*groups)

    def _commands(self, width: int) -> list[Content]:
        remedy = self.journey.remedy
        if remedy is None:
            return []
        groups = [hang(say(remedy.title, "bold"), width), [BLANK], hang(say(words.RUN_YOURSELF), width), [BLANK]]
        groups += [hang(say(command, "bold $mark"), width, "    ") for command in remedy.commands]
        return stack(*groups)

    def _steps(self, width: int) -> list[Content]:
        remedy = self.journey.remedy
        if remedy is None:
            return []
        groups = [hang(say(remedy.title, "bold"), width), [BLANK], hang(say(words.ASK_OWNER), width), [BLANK]]
        many = len(remedy.steps) > 1
        for number, step in enumerate(remedy.steps, 1):
            groups += [hang(say(step), width, f"{number}  " if many else "    ")]
        return stack(*groups)

    def action_apply(self) -> None:
        if self.journey.plan is None:
            self.flash(self.journey.refusal or words.PLANNING, bad=True)
        else:
            self.wizard.apply()

    def action_keep(self) -> None:
        self.action_back()

    def copyable(self) -> str:
        remedy, plan = self.journey.remedy, self.journey.plan
        if remedy is None:
            return ""
        return plan.diff if plan else "\n".join(remedy.commands or remedy.steps)


def facts_of(remedy: Remedy, width: int) -> list[Content]:
    """How safe a change is, what is kept, what must be reopened, and the way back."""
    facts: list[tuple[str, str]] = []
    if remedy.edits:
        facts += [(words.RISK, terms.APPLICABILITIES[remedy.applicability]), (words.BACKUP, words.BACKUP_KEPT)]
    facts += [(words.AFTER, text) for text in words.reopen(remedy.reopen)]
    if remedy.edits:
        facts += [(words.UNDO, words.UNDO_LATER)]
    groups = []
    for number, (label, text) in enumerate(facts):
        again = number and facts[number - 1][0] == label
        lead = "" if again else label
        risky = label == words.RISK and remedy.applicability is Applicability.CHOICE
        rows = hang(say(text, "$warning" if risky else ""), width, " " * LABEL)
        rows[0] = join(say(f"{lead:<{LABEL}}", "$quiet"), rows[0][LABEL:])
        groups.append(rows)
    return stack(*groups)


def file_title(file: FilePlan, width: int) -> list[Content]:
    """The name of a file and what happens to it, in one line."""
    text = words.change(*count(file.diff), new=file.before is None)
    return pair(say(file.shown, "bold $mark"), say(text, "$quiet"), width)
