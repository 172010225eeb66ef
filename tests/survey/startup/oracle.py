"""What a real shell makes of a home, beside what the static reader says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.lab.daemons import PATH
from tests.session.machine import KNOWN, nobody
from tests.survey.startup.draw import NAMES
from tui.core.model import Standing
from tui.core.survey import startup
from tui.core.survey.startup import really
from tui.core.survey.startup.ran import Ran
from tui.core.survey.startup.tables import new_terminal
from tui.core.world import World

SAID = (Standing.DYNAMIC, Standing.CONDITIONAL, Standing.FUNCTION)
AT_ONCE = 4
"""Shells that run at the same time."""


def world(home: Path, shell: str, environ: Mapping[str, str], platform: str = "linux") -> World:
    """This machine with another home, whose user has this shell."""
    environ = {"HOME": str(home), "SHELL": shell, "PATH": PATH, "LANG": "C.UTF-8", **environ}
    return World(environ, home, home / ".state", processes=nobody, platform=platform)


def build(home: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a home."""
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return home


def disagreements(found: startup.Startup, real: Mapping[str, str], names: Sequence[str] = NAMES) -> list[str]:
    """Where the reader says something else than what the shell gave, without saying that it does not know."""
    wrong: list[str] = []
    for name in names:
        variable, given = found.variables.get(name), real.get(name)
        said = name in found.doubts or any(s.name == name and s.standing in SAID for s in found.settings)
        if name in found.doubts or (variable is not None and variable.text is None):
            continue
        if variable is not None and given != variable.text:
            wrong.append(f"{name} is said to be {variable.text!r} and is {given!r}")
        elif variable is None and given is not None and not said:
            wrong.append(f"{name} is said to be unset and is {given!r}")
    return wrong


def ask(worlds: Sequence[World], sessions: Mapping[str, str], deadline: float = 20.0) -> list[Ran]:
    """Start the shells of all these worlds, a few at a time, as a new terminal does."""

    async def all_of_them() -> list[Ran]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(of: World) -> Ran:
            async with gate:
                return await really.start(of, new_terminal(of), sessions, deadline)

        return list(await asyncio.gather(*(one(of) for of in worlds)))

    return asyncio.run(all_of_them())


def read(of: World, session: Mapping[str, str]) -> startup.Startup:
    """What the static reader says."""
    return startup.survey(of, KNOWN, session)
