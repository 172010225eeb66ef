"""A list to choose from: arrows or j and k, Enter or a click; a sign beside the highlighted line, not colour alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.theme import glyphs
from tui.widgets.sheet import Lines, pair, say

Prompt = Callable[[int, str], list[Content]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose: what it does, a quiet remark, and what happens. ``key`` is the letter that does the same."""

    label: str
    note: str
    act: Callable[[], object]
    key: str = ""

    def lines(self, width: int, sign: str) -> list[Content]:
        """The line with its remark and its key at the right, the remark below where it is narrow."""
        key = say(f"  {self.key:>3}", "$mark") if self.key else Content("")
        return pair(say(self.label), say(self.note, "$quiet"), width, f"{sign} ", 2, key)


class Choices(OptionList):
    """The list. Pages go to the text above it, which is what is long here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", key_display="enter", id="choices.select"),
        Binding("j", "cursor_down", "Down", show=False, id="choices.down"),
        Binding("k", "cursor_up", "Up", show=False, id="choices.up"),
        Binding("pagedown", "screen.page_down", "Page down", show=False),
        Binding("pageup", "screen.page_up", "Page up", show=False),
    ]

    class Picked(Message):
        """A line was highlighted."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, compact=True)
        self._prompts: list[Prompt] = []
        self._choices: list[Choice] = []
        self._marked = 0
        self._titles: set[int] = set()

    def offer(self, choices: Sequence[Choice], at: int = 0) -> None:
        """Show other choices, one of them highlighted; the same choices again leave the highlight alone."""
        same = [choice.label for choice in choices] == [choice.label for choice in self._choices]
        self._choices = list(choices)
        self.fill([choice.lines for choice in choices], (self.highlighted or 0) if same else at)

    def fill(self, prompts: Sequence[Prompt], at: int, titles: Collection[int] = ()) -> None:
        """Show other lines, one of them highlighted; ``titles`` cannot be chosen. An equal shape stays put."""
        at = max(0, min(at, len(prompts) - 1))
        grown = len(prompts) != self.option_count or set(titles) != self._titles
        self._titles = set(titles)
        self._prompts = list(prompts)
        self._marked = at
        if grown:
            options = (Option(self._visual(n, at), disabled=n in self._titles) for n in range(len(prompts)))
            self.set_options(list(options))
            self.highlighted = at if prompts else None
        else:
            visuals = [self._visual(number, at) for number in range(len(prompts))]
            for number, (visual, option) in enumerate(zip(visuals, self.options, strict=True)):
                if not visual.replaces(option.prompt):
                    self.replace_option_prompt_at_index(number, visual)
                    self.refresh(layout=True)
            self.highlighted = at if prompts else None

    def _visual(self, number: int, marked: int) -> Lines:
        prompt = self._prompts[number]
        sign = glyphs().mark if number == marked else " "
        return Lines(lambda width: prompt(width, sign))

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is None or highlighted >= len(self._prompts):
            return
        for number in {self._marked, highlighted}:
            if number < self.option_count:
                self.replace_option_prompt_at_index(number, self._visual(number, highlighted))
        self._marked = highlighted
        self.post_message(self.Picked(highlighted))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what the line says."""
        if event.option_index < len(self._choices):
            event.stop()
            self._choices[event.option_index].act()
