"""The settings, one key away from every step: what can be done with a place. Nothing is written here without a y."""

from __future__ import annotations

import os
import subprocess
import time
from typing import ClassVar

from textual import on, work
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from tui import editors, words
from tui.core.model import Change
from tui.screens.page import HelpPage, Question
from tui.screens.settings_edit import EditPage, OwnerPage
from tui.screens.settings_view import SettingsView
from tui.screens.step import Body
from tui.widgets.places import Names, Places, place_of, shown_place


class SettingsScreen(SettingsView):
    """Shows every setting. It is dismissed with True where anything was changed meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", show=False, id="settings.edit"),
        Binding("v", "reveal", "Reveal", show=False, id="settings.reveal"),
        Binding("o", "open", "Open", show=False, id="settings.open"),
        Binding("slash", "filter", "Filter", show=False, id="settings.filter"),
        Binding("c", "copy", "Copy", show=False, id="settings.copy"),
        Binding("u", "undo", "Undo", show=False, id="settings.undo"),
        Binding("r", "again", "Read again", show=False, id="settings.again"),
        Binding("space", "page_down", "Page down", show=False),
        Binding("b", "page_up", "Page up", show=False),
        Binding("escape", "back", "Back", key_display="esc", id="settings.back"),
        Binding("q,s", "leave", "Back", show=False, id="settings.leave"),
        Binding("ctrl+c", "interrupt", "Quit", show=False, system=True),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="settings.help"),
    ]

    # Another value.

    @on(OptionList.OptionSelected, "#places")
    def action_edit(self) -> None:
        """Ask for another value, show the change, write it on a y; or say who owns the place."""
        found, setting = self.inventory, self.place
        if found is None or setting is None:
            self.flash(words.NO_PLACE)
            return
        line = found.editable(setting)
        if line is None:
            title = words.OWNER_TITLE.format(name=setting.name)
            self.app.push_screen(OwnerPage(title, found.owned_elsewhere(setting, title)))
        elif len(setting.text.splitlines()) > 1:
            self.flash(words.EDIT_LINES, bad=True)
        else:
            title = words.EDIT_TITLE.format(name=setting.name, place=line.origin)
            self.app.push_screen(EditPage(found, setting, title), self._edited)

    def _edited(self, change: Change | None) -> None:
        if change is None:
            self.flash(words.EDIT_KEPT)
        else:
            self.wizard.journey.did_by_hand(change)
            self.read(words.EDIT_SAVED.format(file=change.shown))

    def action_undo(self) -> None:
        """Take back the last change; one from an earlier day only after a question."""
        journey = self.wizard.journey
        change = journey.undoable
        if change is None:
            self.flash(words.NOTHING_TO_UNDO)
        elif journey.busy or self.wizard.running:
            self.flash(words.BUSY_RUNNING)
        elif journey.own(change):
            self._undo(change)
        else:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(change.when))
            question = Question(words.UNDO_ASK.format(file=change.shown, when=when))
            self.app.push_screen(question, lambda yes: self._undo_asked(change, bool(yes)))

    def _undo_asked(self, change: Change, yes: bool) -> None:
        if yes:
            self._undo(change)

    @work(group="write", exit_on_error=False)
    async def _undo(self, change: Change) -> None:
        session = self.wizard.journey.session
        if session is None:
            return
        done = await self.wizard.write(lambda: session.undo(change.id))
        if isinstance(done, str):
            self.flash(done, bad=True)
        else:
            self.wizard.journey.did_by_hand(done, undone=True)
            self.read(words.UNDONE.format(file=done.shown))

    # The file.

    def action_open(self) -> None:
        """Open the file in the person's own editor, at the line, and read everything again afterwards."""
        setting = self.place
        origin = setting.origin if setting else None
        if setting is None or origin is None:
            self.flash(words.NO_PLACE)
        elif origin.path is None:
            self.flash(words.NO_FILE.format(origin=origin))
        elif self.wizard.running:  # the editor has the terminal: what waits for an answer meanwhile would time out
            self.flash(words.BUSY_RUNNING)
        else:
            self.conceal()
            self._edit_file(origin.path, origin.line, shown_place(setting))

    def _edit_file(self, path: str, line: int | None, place: str) -> None:
        try:
            command = editors.command(os.environ, path, line)
        except ValueError:
            self.flash(words.EDITOR_UNREADABLE.format(place=place), bad=True)
            return
        if not command:
            self.flash(words.NO_EDITOR.format(place=place))
            return
        try:
            with self.app.suspend():
                subprocess.run(command, check=False)
        except SuspendNotSupported:
            self.flash(words.EDITOR_NOT_HERE.format(place=place), bad=True)
        except (OSError, ValueError):
            self.flash(words.EDITOR_FAILED.format(editor=command[0], place=place), bad=True)
        else:
            self.read(words.EDITOR_BACK.format(editor=os.path.basename(command[0])))  # noqa: PTH119 - a word, no path

    def action_copy(self) -> None:
        """Copy file and line, and promise nothing."""
        setting = self.place
        if setting is None:
            self.flash(words.NO_PLACE)
        elif not place_of(setting):
            self.flash(words.NO_FILE.format(origin=setting.origin))
        else:
            self.app.copy_to_clipboard(place_of(setting))
            self.flash(words.PLACE_SENT.format(place=shown_place(setting)))

    # Everything else.

    def action_back(self) -> None:
        """One step back: from the places to the names, from the filter to all names, from there to the step."""
        if self.query_one(Places).has_focus:
            self.query_one(Names).focus()
        elif not self.close_filter():
            self.action_leave()

    def action_leave(self) -> None:
        """Back to the step."""
        self.conceal()
        self.dismiss(self.changed)

    def action_page_down(self) -> None:
        """Move the text down."""
        self.query_one(Body).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Move the text up."""
        self.query_one(Body).scroll_page_up(animate=False)

    def action_again(self) -> None:
        """Read everything again."""
        self.read(words.SETTINGS_AGAIN)

    def action_help(self) -> None:
        """Help about this screen."""
        title = words.HELP_TITLE.format(step=words.SETTINGS)
        self.app.push_screen(HelpPage(title, words.HELP_SETTINGS, words.SETTINGS_KEYS))

    def action_interrupt(self) -> None:
        """Ctrl+C twice quits from here too."""
        self.flash(words.QUIT_AGAIN)
        self.wizard.action_interrupt()
