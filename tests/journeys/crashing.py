"""A wizard that crashes on purpose, with a key in a local variable of the frame that fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.journeys.scripted import ScriptedSession
from tests.journeys.scripts import SCRIPTS
from tui.app import Wizard
from tui.core.request import Request


class Crashing(Wizard):
    """Crashes a moment after the first paint."""

    def on_ready(self) -> None:
        self.set_timer(0.1, self.crash)

    def crash(self) -> None:
        """Fail."""
        planted = os.environ["PLANTED"]
        raise RuntimeError(f"on purpose, with {len(planted)} characters at hand")


def main(arguments: list[str]) -> int:
    """Run it, in a terminal or without one."""
    app = Crashing(lambda request: ScriptedSession(request, SCRIPTS["healthy"], Path()), Request(project="."))
    app.run(headless="headless" in arguments)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
