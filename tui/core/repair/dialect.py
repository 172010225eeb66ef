"""What differs between the shells: how code is read, what sets a variable, and how a value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.core.repair.shell_nodes import Command, Document, Word


@dataclass(frozen=True, slots=True)
class Event:
    """What a command does to a name.

    ``sign`` is ``=`` where it sets it, ``+=`` where it changes it, ``-`` where it unsets it, empty where it only
    exports it, ``(`` where it makes it a list, and ``"`` where it sets it in a way that cannot be edited. ``words`` go
    with the event. The offsets count characters; those of the value are equal where there is none.
    """

    command: Command
    words: tuple[Word, ...]
    name: str
    sign: str
    exported: bool
    name_start: int
    value_start: int
    value_end: int

    @property
    def reliable(self) -> bool:
        """True where the command is run whenever the file is."""
        return self.command.reliable


@dataclass(frozen=True, slots=True)
class Dialect:
    """One shell. ``quote`` takes a value and the sign that the old one opens with; ``line`` a name and a word."""

    scan: Callable[[str], Document]
    events: Callable[[Document], list[Event]]
    quote: Callable[[str, str], str]
    line: Callable[[str, str], str]
    leaves: Callable[[Command], bool]
    no_op: str = ":"
    export: Callable[[Event], tuple[int, str]] | None = None
    """Where to put which text so that an assignment is exported; None where every assignment is."""
