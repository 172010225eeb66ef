"""What the settings screen shows: names, the places of one, who gets which; a filter, and one secret for a while."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Footer, Input, OptionList, Static

from tui import words
from tui.core.inventory import Inventory
from tui.core.model import Setting
from tui.core.report.provenance import Provenance
from tui.core.report.provenance_text import context_of, name_of
from tui.core.secret import Secret
from tui.pictures import DiscreetScreen
from tui.screens.step import Body
from tui.widgets.peek import Peek
from tui.widgets.places import Names, Places, matches, name_lines, place_lines, who_lines
from tui.widgets.rail import Flash
from tui.widgets.sheet import Sheet, join, say

if TYPE_CHECKING:
    from tui.app import Wizard


class SettingsView(DiscreetScreen):
    """Reads everything anew when it opens. ``changed`` is True once a value is another than it was then."""

    AUTO_FOCUS = "Names"

    def __init__(self) -> None:
        super().__init__()
        self.inventory: Inventory | None = None
        self.changed = False
        self._items: tuple[Provenance, ...] = ()
        self._item: Provenance | None = None
        self._peek = Peek(lambda: self.wizard.clock())
        self._timer: Timer | None = None

    @property
    def wizard(self) -> Wizard:
        """The application."""
        return cast("Wizard", self.app)

    def compose(self) -> ComposeResult:
        yield Static(say(words.SETTINGS_TITLE), id="title")
        yield Input(placeholder=words.FILTER_HINT, id="filter", compact=True)
        with Container(id="columns"):
            with Vertical(id="main"):
                yield Names(id="names")
            with Vertical(id="side"):
                yield Sheet(id="name")
                yield Places(id="places")
                with Body():
                    yield Sheet(id="who")
        yield Flash()
        yield Footer(show_command_palette=False)
        yield Static(say(words.TOO_SMALL), id="small")

    def on_mount(self) -> None:
        """Read, and say so."""
        self.query_one("#filter").display = False
        self.watch(self.app, "app_focus", self._window_left, init=False)
        self.flash(words.SETTINGS_READING)
        self.read("")

    def flash(self, text: str, bad: bool = False) -> None:
        """Answer a key in one line."""
        self.query_one(Flash).say(text, bad)

    # What is shown.

    @work(group="inventory", exclusive=True, exit_on_error=False)
    async def read(self, then: str, bad: bool = False) -> None:
        """Read every place anew, in a thread, and keep the cursor where it was. ``then`` is what to say about it."""
        session = self.wizard.journey.session
        if session is None:
            return
        try:
            found = await asyncio.to_thread(lambda: asyncio.run(session.inventory()))
        except Exception as error:  # a broken folder or a fault of ours is an answer, and the screen stays
            self.flash(words.BROKE.format(error=type(error).__name__), bad=True)
            return
        if self.inventory and [i.places for i in self.inventory.names] != [i.places for i in found.names]:
            self.changed = True
        self.inventory = found
        about = words.SETTINGS_FOR.format(client=name_of(found.facts.client), context=context_of(found.facts.context))
        self.query_one("#title", Static).update(join(say(words.SETTINGS_TITLE), say(f"   {about}", "not bold $quiet")))
        self._list_names(at=self._place_number())
        self.flash(then, bad)

    def _list_names(self, at: int | None = None) -> None:
        """Show the names that pass the filter; the one that was marked stays so, and its place number ``at``."""
        found, wanted = self.inventory, self.query_one("#filter", Input).value.strip()
        if found is None:
            return
        accused = {e.origin for r in self.wizard.journey.run.ranked for e in r.finding.evidence if e.origin}
        self._items = tuple(item for item in found.ordered(accused) if not wanted or matches(item, wanted))
        names = [item.name for item in self._items]
        marked = names.index(self._item.name) if self._item and self._item.name in names else 0
        self._draw_names(marked)
        self._show(self._items[marked] if self._items else None, at)

    def _show(self, item: Provenance | None, at: int | None = None) -> None:
        """Show the places of a name, the one in force marked, or number ``at``."""
        self.conceal()
        found, self._item = self.inventory, item
        if found is None or item is None:
            text = words.SETTINGS_NO_MATCH if found and found.names else words.SETTINGS_NONE
            self.query_one("#name", Sheet).title(text)
            self.query_one(Places).fill([], 0)
            self.query_one("#who", Sheet).show(lambda _: [])
            return
        self.query_one("#name", Sheet).title(item.name)
        self._draw_places((found.decision(item).place or 0) if at is None else at)
        self.query_one("#who", Sheet).show(partial(who_lines, found, item))
        self.refresh_bindings()

    def _draw_names(self, at: int) -> None:
        names, found = self.query_one(Names), self.inventory
        if found:
            names.fill([partial(name_lines, found, item, names.has_focus) for item in self._items], at)

    def _draw_places(self, at: int) -> None:
        found, item = self.inventory, self._item
        if found and item:
            places = self.query_one(Places)
            lefts = [self._peek.left(setting) for setting in item.places]
            view = partial(place_lines, found, item, places.has_focus)
            places.fill([partial(view, number, left) for number, left in enumerate(lefts)], at)

    def _place_number(self) -> int | None:
        return self.query_one(Places).highlighted

    @property
    def place(self) -> Setting | None:
        """The place that is marked."""
        number = self._place_number()
        places = self._item.places if self._item else ()
        return places[number] if number is not None and number < len(places) else None

    def on_choices_picked(self) -> None:
        """Another name or another place was marked."""
        marked = self.query_one(Names).highlighted
        item = self._items[marked] if marked is not None and marked < len(self._items) else None
        if item is not self._item:
            self._show(item)
        elif self._peek.setting is not None and self._peek.setting is not self.place:
            self.conceal()
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#names")
    def _chosen(self) -> None:
        self.query_one(Places).focus()

    # One secret, for a while.

    def action_reveal(self) -> None:
        """Uncover the secret that is marked, for ten seconds."""
        setting = self.place
        if setting is None:
            self.flash(words.NO_PLACE)
        elif not isinstance(setting.value, Secret):
            self.flash(words.NOT_SECRET)
        else:
            self._peek.open(setting)
            self._tick()

    def _tick(self) -> None:
        """Show how long is left, once a second, and cover the secret in the end."""
        setting = self._peek.setting
        if setting is None or not self._peek.left(setting):
            self.conceal()
            return
        if self._timer:
            self._timer.stop()
        self._draw_places(self._place_number() or 0)
        self._timer = self.set_timer(1.0, self._tick)

    def conceal(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self._peek.setting is not None:
            self._peek.close()
            self._draw_places(self._place_number() or 0)

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        self.conceal()
        self._draw_names(self.query_one(Names).highlighted or 0)
        self._draw_places(self._place_number() or 0)

    def on_screen_suspend(self) -> None:
        """Something else came in front."""
        self.conceal()

    def _window_left(self, in_front: bool) -> None:
        if not in_front:
            self.conceal()

    # The filter.

    def action_filter(self) -> None:
        """Open the filter, or go back to it."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._list_names()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one(Names).focus()

    def close_filter(self) -> bool:
        """Clear the filter; False if there is none."""
        field = self.query_one("#filter", Input)
        if not field.display:
            return False
        field.value, field.display = "", False
        self.query_one(Names).focus()
        return True
