"""What a command does to variables, written into the scope and into the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.model import FileSeen, Origin, Setting, Standing
from tui.core.repair.dialect import Event
from tui.core.repair.shell_nodes import Command, Document
from tui.core.repair.text import position

if TYPE_CHECKING:
    from tui.core.survey.startup.walk import Walk


class Effects:
    """Those of one file."""

    def __init__(self, walk: Walk, seen: FileSeen, document: Document) -> None:
        self.walk, self.seen, self.text = walk, seen, document.text
        self._events: dict[int, list[Event]] = {}
        for event in walk.manner.events(document):
            self._events.setdefault(id(event.command), []).append(event)

    def assign(self, command: Command, standing: Standing) -> None:
        """Take in all that one command does."""
        walk, manner = self.walk, self.walk.manner
        if standing in (Standing.SURE, Standing.CONDITIONAL):
            walk.scope.hidden.update(manner.hides(command))
        for event in self._events.get(id(command), ()):
            manner.take(self, event, standing)
        for offset, name, value, filled in manner.defaults(command):
            self.default(name, value, offset, standing, filled)
        for offset, name, exported in manner.computed(command, walk.names):
            local = name in walk.scope.hidden and standing is Standing.SURE
            self.computed(name, exported, offset, Standing.CONDITIONAL if local else standing)
        if standing is Standing.SURE:
            standing = Standing.ONE_COMMAND
        for offset, name in manner.prefixed(command):
            if name in walk.names:
                walk.ledger.add(self.setting(name, "", offset, standing))

    def event(self, event: Event, standing: Standing) -> None:
        """Set, export or unset one name, as all shells but fish do it."""
        scope, name = self.walk.scope, event.name
        if name in scope.hidden:
            return
        if standing is Standing.CONDITIONAL:
            scope.doubt(name)
        if event.sign in ("-", ""):
            if event.sign == "" or not self.walk.manner.removes(event):
                self.export(event, standing)
            else:
                self.erase(event, standing)
            return
        text = self.walk.manner.value(event, self.text, scope)
        setting = self.line(event, text, standing)
        if standing is Standing.SURE:
            scope.give(name, text, event.exported, setting)
            self.check(setting)

    def line(self, event: Event, text: str | None, standing: Standing) -> Setting | None:
        """Write a line down that gives a name a value; nothing for names that do not matter."""
        if event.name not in self.walk.names:
            return None
        raw = self.text[event.value_start : event.value_end].strip()
        worth = Standing.DYNAMIC if standing is Standing.SURE and text is None else standing
        setting = self.setting(event.name, raw if text is None else text, event.name_start, worth)
        self.walk.ledger.add(setting)
        return setting

    def erase(self, event: Event, standing: Standing, universal: bool = False) -> None:
        """Unset a name."""
        scope, name = self.walk.scope, event.name
        if standing is Standing.SURE:
            before = (scope.universals if universal else scope.variables).get(name)
            if before is not None and before.setting is not None:
                self.walk.ledger.mark(before.setting, Standing.UNSET_LATER)
            self.walk.ledger.settle(name)
            scope.unset(name, universal)
        elif standing is Standing.CONDITIONAL:
            self.doubt(event)

    def export(self, event: Event, standing: Standing) -> None:
        """Export a name, or take that back."""
        scope, name = self.walk.scope, event.name
        if standing is Standing.CONDITIONAL:
            self.doubt(event)
        elif standing is Standing.SURE:
            declared = scope.shell == "zsh" and scope.has(name) is False
            scope.export(name, event.sign == "" and not declared)
            if declared:
                # There a name that is declared is set, and it is exported with its next value.
                self.give(name, "", event.name_start, standing, exported=False)
                scope.marked |= {name} if event.sign == "" else set()

    def doubt(self, event: Event) -> None:
        """A line that may or may not be run is about a name that may be set already."""
        if event.name in self.walk.names:
            before = self.walk.scope.variables.get(event.name)
            text = (before.text if before else None) or ""
            self.walk.ledger.doubt(self.setting(event.name, text, event.name_start, Standing.CONDITIONAL))

    def default(self, name: str, value: str, offset: int, standing: Standing, filled: bool) -> None:
        """``${NAME=value}`` sets a name that is not set, ``${NAME:=value}`` (``filled``) also one that is empty."""
        scope, before = self.walk.scope, self.walk.scope.get(name)
        there = scope.has(name) if not filled else None if before is None else bool(before)
        if there or name in scope.hidden:
            return
        if there is None and standing is Standing.SURE:
            standing = Standing.CONDITIONAL
        self.give(name, self.walk.manner.expand(value, scope, False), offset, standing, exported=False)

    def computed(self, name: str, exported: bool, offset: int, standing: Standing) -> None:
        """A command gives a name a value that only the running shell knows; ``exported`` says that it may export it."""
        self.give(name, None, offset, standing, exported)
        if exported and standing is Standing.SURE:
            self.walk.scope.loose.add(name)

    def give(self, name: str, text: str | None, offset: int, standing: Standing, exported: bool) -> None:
        """Set a name, with a line in the ledger if it matters."""
        setting = None
        if name in self.walk.names:
            worth = Standing.DYNAMIC if standing is Standing.SURE and text is None else standing
            setting = self.setting(name, text or "", offset, worth)
            self.walk.ledger.add(setting)
        if standing is Standing.SURE:
            self.walk.scope.give(name, text, exported, setting)
            self.check(setting)
        elif standing is Standing.CONDITIONAL:
            self.walk.scope.doubt(name)

    def check(self, setting: Setting | None) -> None:
        """Keep a doubt about a name whose value is known, but not whether programs get it."""
        if setting is not None and setting.name in self.walk.scope.loose:
            self.walk.ledger.doubt(setting)

    def setting(self, name: str, text: str, offset: int, standing: Standing) -> Setting:
        """A setting at its place in the file."""
        line, column = position(self.text, offset)
        origin = Origin(self.seen.kind, self.seen.path, self.seen.shown, line, column, (name,))
        return replace(self.walk.make(name, text, origin), standing=standing)
