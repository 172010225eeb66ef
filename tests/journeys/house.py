"""A made-up home with settings in several places, and the wizard on the real core in it: no network, no script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerState

from tests.journeys.blocks import CANARY
from tests.journeys.scripted import NOW
from tests.journeys.walk import NARROW
from tui.app import Wizard
from tui.core.request import Request
from tui.core.session import Session
from tui.core.world import World
from tui.screens.settings import SettingsScreen

BASHRC = "# mine\nexport ANTHROPIC_BASE_URL=https://old.test  # the old one\nexport ANTHROPIC_MODEL=claude-sonnet-5\n"
DOTENV = f"# shop\nANTHROPIC_API_KEY={CANARY}\nANTHROPIC_BASE_URL=https://dotenv.test\n"
USER = {"env": {"ANTHROPIC_BASE_URL": "https://gw.corp.test", "ANTHROPIC_API_KEY": CANARY}, "model": "opus"}
ENVIRON = {"ANTHROPIC_BASE_URL": "https://old.test", "ANTHROPIC_AUTH_TOKEN": "[b]not-markup[/b]" + "t" * 30}


@dataclass
class Clock:
    """Seconds that pass only when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class House:
    """One home, and the wizard in it."""

    home: Path
    app: Wizard
    pilot: Pilot[int]
    clock: Clock
    seen: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Path:
        """The user's Claude Code settings."""
        return self.home / ".claude" / "settings.json"

    @property
    def bashrc(self) -> Path:
        """The start-up file."""
        return self.home / ".bashrc"

    @property
    def screen(self) -> SettingsScreen:
        """The settings screen, in front."""
        assert isinstance(self.app.screen, SettingsScreen)
        return self.app.screen

    @property
    def text(self) -> str:
        """The screen as a person reads it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    async def press(self, *keys: str) -> House:
        """Press keys, each after the answer to the one before."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
        return self

    async def settle(self) -> None:
        """Wait until no worker runs and all messages are handled."""
        for _ in range(2000):
            await self.pilot.pause()
            busy = [w for w in self.app.workers if w.state in (WorkerState.PENDING, WorkerState.RUNNING)]
            if self.app._exit or not busy:
                break
            await asyncio.sleep(0.005)  # a thread reads or writes a file; there is nothing else to wait for
        await self.pilot.pause()
        if not self.app._exit:
            self.seen.append(self.text)


def furnish(folder: Path) -> Path:
    """Write the home; return it."""
    home = folder / "made-up"
    (home / ".claude").mkdir(parents=True)
    (home / "shop").mkdir()
    (home / "state").mkdir()
    (home / ".claude" / "settings.json").write_text(json.dumps(USER, indent=2) + "\n", encoding="utf-8")
    (home / ".claude.json").write_text('{"hasCompletedOnboarding": true}', encoding="utf-8")
    (home / ".bashrc").write_text(BASHRC, encoding="utf-8")
    (home / "shop" / ".env").write_text(DOTENV, encoding="utf-8")
    (home / "state" / "fingerprint.key").write_bytes(b"the machine of the tests" + bytes(8))
    return home


@asynccontextmanager
async def at_home(
    folder: Path, size: tuple[int, int] = NARROW, theme: str = "", environ: Mapping[str, str] = ENVIRON
) -> AsyncGenerator[House, None]:
    """Open the wizard in the home, on the first step."""
    home, clock = furnish(folder), Clock()
    inherited = {"HOME": str(home), "SHELL": "/bin/bash", **environ}
    world = World(inherited, home, home / "state", home, "linux", lambda: NOW, lambda: (), dict, lambda machine: {})
    request = Request(project=str(home / "shop"), offline=True)
    app = Wizard(lambda wanted: Session(wanted, world), request, clock)
    if theme:
        app.theme = f"unsnarl-{theme}"
    async with app.run_test(size=size, notifications=True) as pilot:
        house = House(home, app, pilot, clock)
        for _ in range(2000):
            await house.settle()
            if app.outlook:
                break
        yield house
