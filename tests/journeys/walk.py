"""A person at the keyboard: presses keys, waits until the wizard has nothing left to do, reads the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerState

from tests.journeys.scripted import ScriptedSession
from tests.journeys.scripts import SCRIPTS
from tui.app import Wizard
from tui.core.request import Request
from tui.core.secret import use_machine_key

NARROW, WIDE = (80, 24), (120, 36)


@dataclass
class Walk:
    """One visit. ``keys`` counts what was pressed; ``seen`` keeps every screen that was read."""

    app: Wizard
    pilot: Pilot[int]
    session: ScriptedSession
    keys: int = 0
    seen: list[str] = field(default_factory=list)

    async def press(self, *keys: str) -> Walk:
        """Press keys, each after the answer to the one before."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
            await self.settle()
        return self

    async def settle(self) -> None:
        """Wait until no worker runs (one that hangs on purpose aside) and all messages are handled."""
        for _ in range(400):
            hanging = self.session.script.hang and self.app.running
            busy = [w for w in self.app.workers if w.state in (WorkerState.PENDING, WorkerState.RUNNING)]
            if self.app._exit or hanging or not busy:
                break
            await asyncio.sleep(0.005)  # a thread reads or writes a file; there is nothing else to wait for
        await self.pilot.pause()
        if not self.app._exit:
            self.seen.append(self.text)

    @property
    def text(self) -> str:
        """The screen as a person reads it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def step(self) -> str:
        """The name of the step in front."""
        return type(self.app.front).__name__.removesuffix("Screen") if self.app.front else ""


@asynccontextmanager
async def walking(
    name: str, folder: Path, size: tuple[int, int] = NARROW, theme: str = "", clock: float | None = 0.0
) -> AsyncGenerator[Walk, None]:
    """Open the wizard on a script, in a window of this size."""
    use_machine_key(b"the machine of the tests")
    made: list[ScriptedSession] = []

    def factory(request: Request) -> ScriptedSession:
        made.append(ScriptedSession(request, SCRIPTS[name], folder).prepare())
        return made[-1]

    app = Wizard(factory, Request(project=str(folder)), **({} if clock is None else {"clock": lambda: clock}))
    if theme:
        app.theme = f"unsnarl-{theme}"
    async with app.run_test(size=size, notifications=True) as pilot:
        for _ in range(400):
            await pilot.pause()
            if made and app.outlook:
                break
            await asyncio.sleep(0.005)
        walk = Walk(app, pilot, made[0])
        await walk.settle()
        yield walk
