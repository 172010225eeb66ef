"""What came of really starting the user's shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ran:
    """What the shell gave to a program, or why nothing can be said. ``seconds`` is how long it took."""

    environ: Mapping[str, str] | None = field(default=None, repr=False)
    problem: str = ""
    seconds: float = 0.0
