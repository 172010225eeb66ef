"""What one reader makes of a dotenv file, as a whole and statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """The variables that a reader would set. None stands for a value that only running the file can tell.

    ``rejected`` says why the whole file is refused, as the end of a sentence. ``skipped`` are the lines (from 1) of
    statements that are left out. ``blind`` is true where the file holds what cannot be followed without running it:
    then nothing is known of any name.
    """

    values: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    rejected: str = ""
    skipped: tuple[int, ...] = ()
    blind: bool = False

    def tells(self, name: str) -> bool:
        """True if it is known what this reader makes of the name: a value, or none."""
        return not self.blind and self.values.get(name, "") is not None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. ``name`` is None where it is not understood and skipped; ``value`` None where it has no ``=``.

    ``line`` to ``last`` are its lines, ``column`` where its name begins (all from 1). Nothing is filled in yet.
    """

    name: str | None
    value: str | None
    line: int
    last: int
    column: int
