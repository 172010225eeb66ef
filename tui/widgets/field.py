"""The field for a new value. What is hidden in it cannot be copied out of it either."""

from __future__ import annotations

from textual.events import Paste
from textual.message import Message
from textual.widgets import Input


class ValueField(Input):
    """One value, hidden where it is secret. Textual's own field masks what is typed and copies it in clear."""

    class Refused(Message):
        """A hidden value was to be copied."""

    def _on_paste(self, event: Paste) -> None:
        # Runs before the handler of Input, which takes the first line only: it must not be an empty one.
        event.text = event.text.strip()

    def action_copy(self) -> None:
        if self.password:
            self.post_message(self.Refused())
        else:
            super().action_copy()

    def action_cut(self) -> None:
        if self.password:
            self.post_message(self.Refused())
        else:
            super().action_cut()
