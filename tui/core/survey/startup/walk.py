"""Reading start-up files as the shell would, without running anything.

What cannot be known is said: a value that is computed, a line under a condition that nobody can decide by looking, in
a function that nobody calls, in a subshell, for one command only, behind an early return.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container
from pathlib import Path

from tui.core.model import FileSeen, Origin, Setting, Standing
from tui.core.survey.startup.dialects import Manner, manner
from tui.core.survey.startup.ledger import Ledger
from tui.core.survey.startup.scope import Scope
from tui.core.survey.startup.steps import Steps

DEPTH = 10
"""Files that read each other in, and functions that call each other, at most."""
FILES = 200
"""Files that one start may read; beyond that the rest is unknown."""
LARGE = 8192
"""Characters: a file above it is only read closely if a name that matters, or another file, is named in it."""

_NAMES = re.compile(r"[A-Za-z_][A-Za-z0-9_]{3,}")
_READS_IN = re.compile(r"(?m)(?:^|[;&|\s])(?:\.|source)\s+\S")

Read = Callable[[Path], tuple[FileSeen, str | None]]
Make = Callable[[str, str, Origin], Setting]


class Walk:
    """One start of one shell. ``read`` gives a file's text, ``make`` a setting; ``names`` are those that matter.

    ``ended`` is true where the shell has left for good, ``unsure`` where it may have; ``functions`` are those that have
    been met, each with the file that it stands in and the number of its body.
    """

    def __init__(
        self,
        scope: Scope,
        read: Read,
        place: Callable[[str], Path],
        names: Container[str],
        make: Make,
        ledger: Ledger | None = None,
    ) -> None:
        self.scope = scope
        self.ledger = ledger or Ledger()
        self.files: list[FileSeen] = []
        self.ended = self.unsure = False
        self.functions: dict[str, tuple[Steps, int]] = {}
        self.calls: list[int] = []
        self.read, self.place, self.names, self.make = read, place, names, make
        self.manner: Manner = manner(scope.shell)
        self._open: list[str] = []

    def file(self, path: Path, sure: bool = True) -> bool:
        """Read one file, and what it reads in; False where there is none."""
        real = os.path.realpath(path)
        if self.ended or real in self._open or len(self._open) > DEPTH or len(self.files) >= FILES:
            return False
        seen, text = self.read(path)
        if text is None:
            return False
        self.files.append(seen)
        if len(text) > LARGE and not self._matters(text):
            return True
        self._open.append(real)
        document = self.manner.read(text)
        # The shell stops somewhere in a file that never closes what it opens: where, nobody can tell by looking.
        hidden, self.scope.hidden = self.scope.hidden, set(self.scope.hidden)
        Steps(self, seen, document, sure and document.balanced).run(document.commands)
        self.scope.hidden = hidden
        self._open.pop()
        return True

    def call(self, name: str, sure: bool) -> None:
        """Go through the body of a function that was met before; nothing else has a body here."""
        body = self.functions.get(name)
        if body is not None and body[1] not in self.calls and len(self.calls) < DEPTH:
            self.calls.append(body[1])
            body[0].call(body[1], sure)
            self.calls.pop()

    def _matters(self, text: str) -> bool:
        return any(name in self.names for name in _NAMES.findall(text)) or _READS_IN.search(text) is not None

    def finish(self) -> None:
        """Say of the lines that stand at the end whether programs get their values."""
        for variable in (*self.scope.variables.values(), *self.scope.universals.values()):
            setting = variable.setting
            if setting is not None and not variable.exported and setting.name not in self.scope.loose:
                self.ledger.mark(setting, Standing.NOT_EXPORTED)
