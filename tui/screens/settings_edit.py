"""One value of the settings: the new one is asked for, the change is shown, and only a y writes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

from tui import terms, words
from tui.core.inventory import Inventory
from tui.core.model import Change, Remedy, Setting
from tui.core.repair.model import Plan
from tui.core.secret import Secret
from tui.screens.fix import LABEL, facts_of, file_title
from tui.screens.page import Page
from tui.screens.step import Body
from tui.theme import glyphs
from tui.widgets.choices import Choice, Choices
from tui.widgets.diff import draw
from tui.widgets.field import ValueField
from tui.widgets.rail import Flash
from tui.widgets.sheet import BLANK, Sheet, hang, join, say, stack

if TYPE_CHECKING:
    from tui.app import Wizard


class EditPage(ModalScreen[Change | None]):
    """Asks for a value, then shows what it would change. Escape goes from the change back to the value."""

    AUTO_FOCUS = "ValueField"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "apply", "Apply", id="edit.apply"),
        Binding("n", "keep", "Keep", id="edit.keep"),
        Binding("space", "page_down", "Page down", show=False),
        Binding("b", "page_up", "Page up", show=False),
        Binding("escape", "back", "Back", key_display="esc", id="edit.back"),
    ]

    def __init__(self, inventory: Inventory, setting: Setting, title: str) -> None:
        super().__init__()
        self.heading = title
        self._inventory, self._setting = inventory, setting
        self._remedy: Remedy | None = None
        self._plan: Plan | None = None
        self._refusal = ""

    @property
    def wizard(self) -> Wizard:
        """The application."""
        return cast("Wizard", self.app)

    @property
    def secret(self) -> bool:
        """True where neither the old value nor the new one may be seen."""
        return isinstance(self._setting.value, Secret)

    def compose(self) -> ComposeResult:
        yield Static(say(self.heading), id="title")
        yield Sheet(id="hint")
        text = "" if self.secret else self._setting.text
        yield ValueField(text, password=self.secret, select_on_focus=False, id="value")
        with Body():
            yield Sheet(id="change")
        yield Sheet(id="facts")
        yield Choices()
        yield Flash()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Ask."""
        hint = words.EDIT_ASK_SECRET if self.secret else words.EDIT_ASK
        self.query_one("#hint", Sheet).show(lambda width: hang(say(hint), width))
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action in ("apply", "keep"):
            return self._remedy is not None and (action == "keep" or self._plan is not None)
        return True

    def show(self) -> None:
        """Draw the field alone, or the change below it."""
        remedy = self._remedy
        self.query_one("#value", ValueField).disabled = remedy is not None
        self.query_one(Body).display = self.query_one(Choices).display = remedy is not None
        facts = self.query_one("#facts", Sheet)
        facts.display = remedy is not None and self._plan is not None
        self.refresh_bindings()
        if remedy is None:
            return
        self.query_one("#change", Sheet).show(self._change)
        facts.show(lambda width: stack(facts_of(remedy, width), here(remedy, width)))
        keep = [Choice(words.KEEP, "", self.action_keep, "n"), Choice(words.EDIT_ON, "", self.action_back, "esc")]
        apply = [Choice(words.APPLY, "", self.action_apply, "y")] if self._plan else []
        self.query_one(Choices).offer([*apply, *keep], at=len(apply))

    def _change(self, width: int) -> list[Content]:
        if self._refusal:
            text = hang(say(self._refusal, "$warning"), width, f"{glyphs().warn} ")
            return stack(text, hang(say(words.UNTOUCHED), width))
        if self._plan is None:
            return [say(words.PLANNING, "$quiet")]
        groups = []
        for file in self._plan.files:
            groups += [[BLANK], file_title(file, width), draw(file.diff, width)]
            groups += [hang(say(note, "$quiet"), width) for note in file.notes]
        return stack(*groups)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        self.query_one(Flash).say(words.EDIT_TRIMMED if text != event.value else "")
        if not text:
            self.query_one(Flash).say(words.EDIT_EMPTY)
        elif self._remedy is None:
            self._work_out(text)

    @on(ValueField.Refused)
    def _not_copied(self) -> None:
        self.query_one(Flash).say(words.EDIT_NO_COPY)

    @work(group="plan", exclusive=True, exit_on_error=False)
    async def _work_out(self, text: str) -> None:
        session = self.wizard.journey.session
        if session is None:
            return
        self._plan, self._refusal = None, ""
        try:
            remedy = self._remedy = self._inventory.change(self._setting, text, self.heading)
            self.show()
            self.query_one(Choices).focus()
            self._plan = await asyncio.to_thread(session.plan, "edit", remedy)
        except Exception as error:  # a file that cannot be read, or an edit that must not be made
            self._refusal = terms.reason(error)
            self._remedy = self._remedy or self._inventory.owned_elsewhere(self._setting, self.heading)
        self.show()
        self.query_one(Choices).focus()

    def action_apply(self) -> None:
        """Write what is shown."""
        if self._plan is None:
            self.query_one(Flash).say(self._refusal or words.PLANNING, bad=True)
        elif self.wizard.running or self.wizard.journey.busy:
            self.query_one(Flash).say(words.BUSY_RUNNING)
        else:
            self._write(self._plan)

    @work(group="write", exit_on_error=False)
    async def _write(self, plan: Plan) -> None:
        session = self.wizard.journey.session
        if session is None:
            return
        done = await self.wizard.write(lambda: session.apply(plan))
        if isinstance(done, str):
            self._plan, self._refusal = None, done
            self.show()
        else:
            self.dismiss(done)

    def action_keep(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def action_back(self) -> None:
        """From the change to the value, from the value to the settings."""
        if self.wizard.journey.busy:
            self.query_one(Flash).say(words.STILL_SAVING)
        elif self._remedy is None:
            self.dismiss(None)
        else:
            self.workers.cancel_group(self, "plan")
            self._remedy, self._plan, self._refusal = None, None, ""
            self.show()
            self.query_one("#value").focus()

    def action_page_down(self) -> None:
        """Move the change down."""
        self.query_one(Body).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Move the change up."""
        self.query_one(Body).scroll_page_up(animate=False)


def here(remedy: Remedy, width: int) -> list[Content]:
    """The commands that bring this terminal up to date, which has read the file already."""
    lines: list[Content] = []
    for command in remedy.commands:
        rows = hang(say(command, "bold $mark"), width, " " * LABEL)
        lines += [join(say(f"{words.EDIT_HERE:<{LABEL}}", "$quiet"), rows[0][LABEL:]), *rows[1:]]
    return lines


class OwnerPage(Page):
    """A value that no edit of ours can reach: whose it is, and what they can do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", "Copy", id="owner.copy")]

    def __init__(self, title: str, remedy: Remedy) -> None:
        super().__init__(title)
        self.remedy = remedy

    def body(self) -> ComposeResult:
        yield Sheet()

    def on_mount(self) -> None:
        """Draw the text at its width."""
        self.query_one(Sheet).show(self._lines)
        if self.remedy.commands:
            self.query_one(Flash).say(words.OWNER_HINT)

    def _lines(self, width: int) -> list[Content]:
        groups = [hang(say(step), width) for step in self.remedy.steps]
        if self.remedy.commands:
            title = words.OWNER_COMMANDS if len(self.remedy.commands) > 1 else words.OWNER_COMMAND
            groups += [[BLANK], hang(say(title), width), [BLANK]]
        groups += [hang(say(command, "bold $mark"), width, "    ") for command in self.remedy.commands]
        return stack(*groups)

    def action_copy(self) -> None:
        """Copy the commands, or whom to ask; promise nothing."""
        self.app.copy_to_clipboard("\n".join(self.remedy.commands or self.remedy.steps))
        self.query_one(Flash).say(words.COPIED_COMMANDS)
