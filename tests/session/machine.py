"""A made-up machine for tests: home, project, system files and environment, all of them literal."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tui.core import knowledge
from tui.core.events import RunEvent, RunFinished
from tui.core.facts import Facts
from tui.core.known import Knowledge
from tui.core.model import ClientName
from tui.core.request import Detour, Request
from tui.core.session import Session
from tui.core.survey import Survey, facts, survey
from tui.core.world import World

KNOWN: Knowledge = knowledge.load()
NOW = 1_795_600_000.0
"""A moment in November 2026, seconds since 1970, for tests that compare words."""


def nobody() -> tuple[str, ...]:
    """No client runs."""
    return ()


class Machine:
    """One user's machine below ``folder``. Nothing of it comes from the real one."""

    def __init__(
        self, folder: Path, environ: Mapping[str, str] = MappingProxyType({}), now: float | None = None
    ) -> None:
        self.folder = folder
        self.home, self.root = folder / "home", folder / "root"
        self.state = self.home / ".local/state/unsnarl"
        self.project = self.home / "project"
        self.project.mkdir(parents=True, exist_ok=True)
        self.root.mkdir(exist_ok=True)
        self.environ = dict(environ)
        self.now = time.time() if now is None else now

    @property
    def world(self) -> World:
        """The machine as the core sees it."""
        return World(
            environ=dict(self.environ),
            home=self.home,
            state=self.state,
            root=self.root,
            platform="linux",
            now=lambda: self.now,
            processes=nobody,
        )

    def write(self, path: str, content: object) -> Path:
        """Write a file below the home (``/etc/…``: below the root); what is not text or bytes becomes JSON."""
        file = self.root / path[1:] if path.startswith("/") else self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, str | bytes) else json.dumps(content, indent=2)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def onboarded(self) -> None:
        """Claude Code has been started here before, so it makes no first-run check."""
        self.write(".claude.json", {"hasCompletedOnboarding": True})

    def trust(self, *roots: Path) -> None:
        """The operating system trusts these roots and no others."""
        self.write("/etc/ssl/certs/ca-certificates.crt", b"".join(root.read_bytes() for root in roots))

    def request(self, client: str = "claude-code@2.1.330", **options: object) -> Request:
        """A request for the project; ``client`` as on the command line."""
        name, _, version = client.partition("@")
        made: dict[str, object] = {"project": str(self.project), "canaries": False, "timeout": 2.0, **options}
        return Request(client=ClientName(name), version=version, **made)  # type: ignore[arg-type]

    def survey(self, client: str = "claude-code@2.1.330", **options: object) -> Survey:
        """What is configured here."""
        return survey(self.request(client, **options), self.world, KNOWN)

    def facts(self, client: str = "claude-code@2.1.330", **options: object) -> Facts:
        """The facts before any packet is sent."""
        request = self.request(client, **options)
        return facts(survey(request, self.world, KNOWN), request, self.world, KNOWN)

    def session(self, client: str = "claude-code@2.1.330", **options: object) -> Session:
        """A session on this machine."""
        return Session(self.request(client, **options), self.world)


def to(port: int, host: str = "api.anthropic.com", asked: int = 443) -> Detour:
    """Connections to ``host:asked`` go to a port of the lab; ``asked`` 0 means any."""
    return Detour(host, asked, "127.0.0.1", port)


async def run(session: Session) -> RunFinished:
    """Run a session to its end."""
    events: list[RunEvent] = [event async for event in session.run()]
    last = events[-1]
    assert isinstance(last, RunFinished)
    return last
