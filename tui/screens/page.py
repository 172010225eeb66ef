"""Pages above a step: the page of a cause, the report before it is saved, help, and a question with yes and no."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown, Static

from tui import words
from tui.core.repair.model import Refused
from tui.terms import reason
from tui.widgets.rail import Flash
from tui.widgets.sheet import Sheet, hang, heading, join, say
from tui.widgets.stages import cell


class Page(ModalScreen[None]):
    """A text that fills the screen, closed by Escape."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d,question_mark", "dismiss", "Back", key_display="esc", id="page.back"),
        Binding("j,down", "down", "Down", show=False),
        Binding("k,up", "up", "Up", show=False),
        Binding("space,pagedown", "page_down", "Page down", key_display="space"),
        Binding("b,pageup", "page_up", "Page up", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    def compose(self) -> ComposeResult:
        yield Static(say(self.heading), id="title")
        with VerticalScroll(id="text"):
            yield from self.body()
        yield Flash()
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """The text."""
        yield Static(Content(""))

    def action_down(self) -> None:
        """Move one line down."""
        self.query_one("#text").scroll_down(animate=False)

    def action_up(self) -> None:
        """Move one line up."""
        self.query_one("#text").scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Move a page down."""
        self.query_one("#text").scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Move a page up."""
        self.query_one("#text").scroll_page_up(animate=False)


class MarkdownPage(Page):
    """A page in Markdown; links are shown, never opened."""

    def __init__(self, markdown: str) -> None:
        # The first heading stands above the page, where it stays.
        first, _, rest = markdown.partition("\n")
        super().__init__(first.removeprefix("# "))
        self.markdown = rest.strip()

    def body(self) -> ComposeResult:
        yield Markdown(self.markdown, open_links=False)


class HelpPage(Page):
    """Help about the step in front: prose first, then its keys."""

    def __init__(self, title: str, prose: str, keys: words.Keys = words.KEYS) -> None:
        super().__init__(title)
        self.prose, self.keys = prose, keys

    def body(self) -> ComposeResult:
        yield Sheet()

    def on_mount(self) -> None:
        """Draw the text at its width."""
        self.query_one(Sheet).show(self._lines)

    def _lines(self, width: int) -> list[Content]:
        lines = hang(say(self.prose), width)
        for group, keys in self.keys:
            lines += heading(group)
            for key, meaning in keys:
                rows = hang(say(meaning), width, " " * 14)
                lines += [join(cell(key, 14, "bold $mark"), rows[0][14:]), *rows[1:]]
        return lines


class ReportPage(Page):
    """The report as it would be saved, so that a person can read it before anybody else does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save('markdown')", "Save", id="report.save"),
        Binding("w", "save('json')", "Save as JSON", id="report.json"),
        Binding("c", "copy", "Copy", id="report.copy"),
    ]

    def __init__(self, title: str, text: str, save: Callable[[str], str]) -> None:
        super().__init__(title)
        self.text = text
        self._keep = save

    def body(self) -> ComposeResult:
        yield Static(say(self.text))

    def on_mount(self) -> None:
        """Say first what is inside."""
        self.query_one(Flash).say(words.REPORT_INSIDE)

    def action_save(self, form: str) -> None:
        """Write the file and say where it is."""
        try:
            place = self._keep(form)
        except (Refused, OSError) as error:
            self.query_one(Flash).say(reason(error), bad=True)
        else:
            self.query_one(Flash).say(words.REPORT.format(place=place))

    def action_copy(self) -> None:
        """Copy, and promise nothing."""
        self.app.copy_to_clipboard(self.text)
        self.query_one(Flash).say(words.COPIED_REPORT)


class Question(ModalScreen[bool]):
    """One sentence, yes or no. Only y is yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", id="question.yes"),
        Binding("n,escape,enter,q", "dismiss(False)", "No", key_display="n", id="question.no"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(Content("\n").join(hang(say(self.text), 52)))
            yield Footer(show_command_palette=False)
