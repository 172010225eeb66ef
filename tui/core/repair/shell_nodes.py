"""What a start-up file is made of, each piece with its place and its context."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written; offsets count characters."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Command:
    """One simple command. ``context`` names the blocks around it, ``block`` numbers the list that it is in.

    ``joined`` is true where ``&&``, ``||``, a pipe or ``&`` ties it to another command.
    """

    words: list[Word]
    context: tuple[str, ...]
    block: int
    joined: bool = False
    head: bool = False

    @property
    def reliable(self) -> bool:
        """True where the command is run whenever the file is."""
        return set(self.context) <= {"group"} and not (self.joined or self.head)

    @property
    def start(self) -> int:
        """Where the first word starts."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.words[-1].end


@dataclass(slots=True)
class Document:
    """What was read. ``sizes`` counts the commands, compound ones too, in each block."""

    text: str
    commands: list[Command] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    balanced: bool = True
