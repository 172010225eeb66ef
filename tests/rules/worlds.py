"""Made-up machines: settings as literals, written into a fake home and read by the real survey.

Given ── survey ──> Facts        what is configured, with true origins, lines and remedies
Story ── runs ────> Facts        the same, with what the world answered (tests.rules.story)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.lab.canary import Canary
from tui.core.facts import CaFile, Facts
from tui.core.knowledge import load
from tui.core.model import ClientName, Context
from tui.core.request import Request
from tui.core.seen import Certificate
from tui.core.survey import facts as make_facts
from tui.core.survey import survey
from tui.core.survey.startup.ran import Ran
from tui.core.world import World

NOW = 1_795_608_000.0
"""2026-11-25 12:00 UTC."""
PLANTED = Canary()
KEY = {"ANTHROPIC_API_KEY": PLANTED.api_key}
TOKEN = {"ANTHROPIC_AUTH_TOKEN": PLANTED.auth_token}
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Given:
    """What is configured. Settings are objects, or text where the point is that they do not parse.

    ``login`` is when the saved login ends; ``held`` what the certificate file that a setting names holds; ``files``
    are any others, by their path below the home (the project is ``project/``); ``ran`` is what the real shell gave.
    """

    env: Mapping[str, str] = field(default_factory=dict)
    settings: Json | str | None = None
    local: Json | str | None = None
    managed: Json | str | None = None
    dotenv: str | None = None
    state: Json | str | None = field(default_factory=lambda: {"hasCompletedOnboarding": True})
    login: float | None = None
    client: str = "claude-code@2.1.330"
    consent: bool = True
    offline: bool = False
    platform: str = "linux"
    mode: int = 0o600
    held: tuple[Certificate, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    context: Context = Context.TERMINAL
    ran: Ran | None = None

    def but(self, **changes: object) -> Given:
        """The same machine with other settings."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked by the dataclass itself

    @property
    def request(self) -> Request:
        """The options of the run; the project is filled in when it is known."""
        name, _, version = self.client.partition("@")
        return Request(
            "",
            ClientName(name),
            version,
            self.context,
            offline=self.offline,
            send_message=self.consent,
            canaries=not self.offline,
        )


def user(**env: str) -> Json:
    """The user's settings with this env block."""
    return {"env": env}


def write(given: Given, folder: Path) -> None:
    """Write the files of a machine below ``folder``."""
    home = folder / "home"
    project = home / "project"
    project.mkdir(parents=True, exist_ok=True)
    saved = None
    if given.login is not None:
        saved = {"claudeAiOauth": {"accessToken": PLANTED.oauth_token, "expiresAt": int(given.login * 1000)}}
    for path, content in (
        (home / ".claude" / "settings.json", given.settings),
        (project / ".claude" / "settings.local.json", given.local),
        (folder / "root" / "etc" / "claude-code" / "managed-settings.json", given.managed),
        (project / ".env", given.dotenv),
        (home / ".claude.json", given.state),
        (home / ".claude" / ".credentials.json", saved),
    ):
        _write(path, content, given.mode)
    for name, text in given.files.items():
        _write(home / name, text, given.mode)


def read(given: Given, folder: Path) -> Facts:
    """Survey the machine below ``folder``, as its files are now."""
    home = folder / "home"
    request = replace(given.request, project=str(home / "project"))
    machine = World(
        environ=given.env,
        home=home,
        state=home / ".local" / "state",
        root=folder / "root",
        platform=given.platform,
        now=lambda: NOW,
        processes=lambda: (),
    )
    known = load()
    found = make_facts(survey(request, machine, known, given.ran), request, machine, known)
    if given.held:
        files = tuple(CaFile(f.setting, f.path, "ok", given.held) for f in found.ca_files)
        found = replace(found, ca_files=files)
    return found


def _write(path: Path, content: Json | str | None, mode: int) -> None:
    if content is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=2) + "\n", encoding="utf-8")
    path.chmod(mode)
