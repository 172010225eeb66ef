"""What JSON text is made of, each piece with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.repair.text import position


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not strict JSON: one sentence, and the place (line and column from 1)."""

    message: str
    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Member:
    """One key with its value. Offsets count characters; those of a key and a text include their quotes.

    ``address`` is the path of keys; inside a list an item's place counts as a key (``"0"``). ``comma`` is the offset
    of the comma after the member, or None.
    """

    address: tuple[str, ...]
    value: object
    key_start: int
    key_end: int
    value_start: int
    value_end: int
    node: Node
    comma: int | None = None

    @property
    def member_start(self) -> int:
        """Where the key starts."""
        return self.key_start

    @property
    def member_end(self) -> int:
        """Where the value ends; a comma is not part of the member."""
        return self.value_end


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands. Objects have ``members``, lists have ``items``."""

    value: object
    start: int
    end: int
    members: tuple[Member, ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def is_object(self) -> bool:
        """True for ``{…}``."""
        return isinstance(self.value, dict)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. ``root`` is None where the text is no JSON at all; ``members`` then ends before the fault.

    ``extras`` are the spans of comments and trailing commas, which strict JSON forbids.
    """

    text: str
    root: Node | None
    members: tuple[Member, ...]
    problem: Problem | None
    extras: tuple[tuple[int, int], ...] = ()

    @property
    def strict(self) -> bool:
        """True for JSON that every reader accepts."""
        return self.problem is None

    @property
    def value(self) -> object:
        """The data, the last of duplicate keys winning as in every reader; None where the text is no JSON."""
        return self.root.value if self.root else None

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column (from 1) of an offset."""
        return position(self.text, offset)

    def find(self, *address: str) -> Member | None:
        """Return the member in force at an address: of duplicates the last. None where there is none."""
        node, found = self.root, None
        for key in address:
            found = next((m for m in reversed(node.members) if m.address[-1] == key), None) if node else None
            node = found.node if found else None
        return found
