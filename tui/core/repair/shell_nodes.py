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

    ``joined`` is true where ``&&``, ``||``, a pipe or ``&`` ties it to another command; ``link`` is that sign where it
    stands before the command, ``follow`` where it stands behind it. ``blocks`` are the numbers of all blocks around it,
    outermost first.
    """

    words: list[Word]
    context: tuple[str, ...]
    block: int
    joined: bool = False
    head: bool = False
    link: str = ""
    blocks: tuple[int, ...] = ()
    negated: bool = False
    follow: str = ""

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


@dataclass(frozen=True, slots=True)
class Clause:
    """What decides whether a block is run.

    ``kind`` is ``if``, ``then``, ``else``, ``while``, ``until``, ``for``, ``do``, ``case`` or ``joined``; ``before`` is
    the block of the same construct that stands before it (0: none); ``text`` the head of a ``for``, or subject and
    pattern of a ``case``.
    """

    kind: str
    before: int
    text: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """What was read. ``sizes`` counts the commands, compound ones too, in each block; ``clauses`` tells what decides
    over each block that has a condition, ``functions`` the names of the blocks that are bodies of functions (empty:
    run where it stands), ``apart`` the blocks that are run in a pipe or in the background."""

    text: str
    commands: list[Command] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    clauses: dict[int, Clause] = field(default_factory=dict)
    functions: dict[int, str] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)
    balanced: bool = True
