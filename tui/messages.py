"""What the run tells the screen."""

from __future__ import annotations

from textual.message import Message


class Progress(Message):
    """The run went on. It carries nothing: the screen reads the journey, so a burst of these is one repaint."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Progress)
