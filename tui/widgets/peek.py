"""One secret, shown for ten seconds to the person who asked for it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from tui.core.model import Setting

SECONDS = 10.0


@dataclass(slots=True)
class Peek:
    """Which secret is uncovered, and until when. ``clock`` is monotonic seconds.

    Whoever draws asks :meth:`left` each time, so that a timer that comes late uncovers nothing for longer.
    """

    clock: Callable[[], float]
    setting: Setting | None = None
    until: float = 0.0

    def open(self, setting: Setting) -> None:
        """Uncover one secret, and no other."""
        self.setting, self.until = setting, self.clock() + SECONDS

    def close(self) -> None:
        """Cover it again."""
        self.setting = None

    def left(self, setting: Setting) -> int:
        """For how many more seconds this very setting is shown, rounded up; 0 where it is covered."""
        return max(0, math.ceil(self.until - self.clock())) if setting is self.setting else 0
