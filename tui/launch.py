"""Starting the wizard. It loads the core only after the first paint, so that a person sees something at once."""

from __future__ import annotations

import sys

from tui.core.request import Request
from tui.plain import run_plain, screen_possible
from tui.sessions import Session


def make_session(request: Request) -> Session:
    """A session of the real core on this machine."""
    from tui.core.session import Session as RealSession
    from tui.core.world import this_world

    return RealSession(request, this_world())


def wizard(request: Request, plain: bool) -> int:
    """Run the wizard on screens, or as prompts where screens are not possible or not wanted; returns the exit code."""
    if not plain and screen_possible():
        from tui.app import Wizard

        app = Wizard(make_session, request)
        app.run()
        return app.return_code or 0
    if plain or sys.stdin.isatty():
        return run_plain(make_session(request), sys.stdin, sys.stdout)
    from tui.commands import check_once

    print("unsnarl: no terminal, so this is “unsnarl check”.", file=sys.stderr)  # noqa: T201 - stderr is narration
    return check_once(request)
