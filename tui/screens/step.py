"""What all five steps share: the rail above, two columns that become one, the flash line, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui import words
from tui.conductor import FIX
from tui.messages import Progress
from tui.widgets.choices import Choices
from tui.widgets.rail import Flash, Rail
from tui.widgets.sheet import Sheet, say

if TYPE_CHECKING:
    from tui.app import Wizard
    from tui.journey import Journey


class Body(VerticalScroll, can_focus=False):
    """The long text of a step. Space and the page keys move it, so that the focus can stay on the choices."""


def hidden(*pairs: tuple[str, str, str]) -> list[BindingType]:
    """Bindings that the footer has no room for; a step shows some of them again under the same key."""
    return [Binding(key, action, title, show=False, id=action.split("(")[0]) for key, action, title in pairs]


class StepScreen(Screen[None]):
    """One step. A step reads the journey and draws it; it keeps nothing of its own."""

    NUMBER: ClassVar[int] = 0
    HELP = ""
    AUTO_FOCUS = "Choices"
    # The order here is the order in every footer.
    BINDINGS: ClassVar[list[BindingType]] = [
        *hidden(
            ("y", "apply", "Apply"),
            ("n", "keep", "Keep"),
            ("m", "consent", "Real message"),
            ("c", "copy", "Copy"),
            ("d", "details", "Details"),
            ("s", "settings", "Settings"),
            ("r", "again", "Check again"),
            ("u", "undo", "Undo"),
            ("x", "export", "Export"),
            ("t", "theme", "Colours"),
            ("escape", "back", "Back"),
            ("space", "page_down", "Page down"),
            ("b", "page_up", "Page up"),
        ),
        *(Binding(str(n + 1), f"step({n})", name, show=False) for n, name in enumerate(words.STEPS)),
    ]

    @property
    def wizard(self) -> Wizard:
        """The application."""
        return cast("Wizard", self.app)

    @property
    def journey(self) -> Journey:
        """Where we are."""
        return self.wizard.journey

    def compose(self) -> ComposeResult:
        yield Rail()
        with Container(id="columns"):
            with Vertical(id="main"):
                yield from self.main()
            with Vertical(id="side"):
                yield from self.side()
        yield Flash()
        yield Footer(show_command_palette=False)
        yield Static(say(words.TOO_SMALL), id="small")

    def main(self) -> ComposeResult:
        """The left column, or the upper part."""
        with Body():
            yield Sheet(id="page")

    def side(self) -> ComposeResult:
        """The right column, or the lower part."""
        yield Choices()

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.redraw()

    def on_screen_resume(self) -> None:
        """Draw what happened while another step was in front."""
        self.flash("")
        self.redraw()

    def on_progress(self, message: Progress) -> None:
        """Draw what the run found."""
        message.stop()
        self.redraw()

    def redraw(self) -> None:
        """Draw the rail, then the step."""
        if self.is_mounted:
            self.query_one(Rail).show(self.NUMBER, self.wizard.reached, self.wizard.remark)
            self.show()
            self.refresh_bindings()

    def show(self) -> None:
        """Draw the step from the journey."""

    def flash(self, text: str, bad: bool = False) -> None:
        """Answer a key in one line."""
        self.query_one(Flash).say(text, bad)

    def on_rail_went(self, message: Rail.Went) -> None:
        """Go to a step that was clicked."""
        self.action_step(message.number)

    def action_step(self, number: int) -> None:
        """Go to a step, if it was reached."""
        if number > self.wizard.reached:
            self.flash(words.NOT_REACHED)
        elif number != self.NUMBER:
            self.wizard.go(number)

    def action_back(self) -> None:
        """Go back one step."""
        if self.NUMBER:
            self.wizard.go(self.NUMBER - 1)

    def action_page_down(self) -> None:
        """Move the text down."""
        for body in self.query(Body):
            body.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Move the text up."""
        for body in self.query(Body):
            body.scroll_page_up(animate=False)

    def possible(self, name: str) -> bool:
        """Whether an action can do anything now; the palette lists no other."""
        journey, wizard = self.journey, self.wizard
        able = {
            "again": not wizard.running and wizard.reached > 0,
            "apply": self.NUMBER == FIX and journey.plan is not None,
            "keep": self.NUMBER == FIX and journey.plan is not None,
            "details": journey.finding is not None,
            "export": journey.run.over or journey.was is not None,
            "undo": journey.undoable is not None,
            "back": self.NUMBER > 0,
        }
        return able.get(name, True)

    def copyable(self) -> str:
        """What ``c`` copies here."""
        return "\n".join(sheet.plain for sheet in self.query(Sheet))

    def action_copy(self) -> None:
        """Copy, and promise nothing."""
        self.wizard.copy_to_clipboard(self.copyable())
        self.flash(words.COPIED)

    def action_details(self) -> None:
        """Open the page of the cause on the table."""
        finding = self.journey.finding
        if finding is None:
            self.flash(words.NO_CAUSE)
        else:
            self.wizard.open_page(finding.finding.code)

    def action_settings(self) -> None:
        """Open the settings above this step, which stays as it is."""
        if self.journey.session is None:
            self.flash(words.LOOKING)
            return
        from tui.screens.settings import SettingsScreen  # its drawing needs the core, which the first paint does not

        self.wizard.push_screen(SettingsScreen(), self._settings_seen)

    def _settings_seen(self, changed: bool | None) -> None:
        journey = self.journey
        if not changed:
            return
        if self.NUMBER == FIX and journey.finding and journey.remedy:
            self.wizard.open_fix(journey.finding, journey.remedy)  # the file may read differently by now
        if self.wizard.reached:
            self.call_after_refresh(self.flash, words.SETTINGS_CHANGED)  # coming back clears the line

    def action_again(self) -> None:
        """Check again."""
        self.wizard.start()

    def action_undo(self) -> None:
        """Take back the last change."""
        self.wizard.undo()

    def action_export(self) -> None:
        """Show the report, to save or copy it."""
        self.wizard.open_report()

    def action_theme(self) -> None:
        """Take the next colours."""
        self.wizard.next_theme()

    def action_apply(self) -> None:
        """Only the step Fix applies anything."""

    def action_keep(self) -> None:
        """Only the step Fix keeps anything."""

    def action_consent(self) -> None:
        """Allow, or no longer allow, a real message."""
        self.wizard.toggle_message()
