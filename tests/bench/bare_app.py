"""What any Textual program pays: the first step's widgets with nothing behind them."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Input, OptionList, Static

STEPS = ("Look", "Check", "Cause", "Fix", "Proof")


class BareApp(App[None]):
    """Rail, two columns, a field, choices and a footer."""

    CSS = """
    #rail { height: 1; }
    #rail Static { width: auto; margin: 0 1; }
    #columns { layout: horizontal; height: 1fr; }
    #main, #side { width: 1fr; }
    #flash { height: 1; }
    """
    BINDINGS = [("q", "quit", "Quit"), ("question_mark", "help", "Help")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        with Horizontal(id="rail"):
            yield Static("bare")
            for number, step in enumerate(STEPS, 1):
                yield Static(f"{number} {step}")
            yield Static("")
        with Container(id="columns"):
            with Vertical(id="main"), VerticalScroll():
                yield Static("A paragraph of text.")
            with Vertical(id="side"):
                yield Static("A question")
                yield Input(placeholder="an answer")
                yield OptionList("one", "two", "three")
        yield Static("", id="flash")
        yield Footer(show_command_palette=False)
        yield Static("", id="small")


if __name__ == "__main__":
    BareApp().run()
