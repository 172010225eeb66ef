"""Which client reads the settings, and at which version."""

from __future__ import annotations

from pathlib import Path

from tui.core.facts import Installed
from tui.core.known import Knowledge
from tui.core.model import Client, ClientName
from tui.core.request import Request
from tui.core.survey.claude_settings import config_dir
from tui.core.survey.claude_state import state_file
from tui.core.survey.reading import exists
from tui.core.world import World


def choose(request: Request, world: World, known: Knowledge, present: tuple[Installed, ...] = ()) -> Client:
    """The client asked for; else Claude Code where there is any sign of it, else the Python SDK.

    Without a version it is the first one ``present`` on disk; without that the newest that the knowledge knows is
    assumed, and ``found`` is empty.
    """
    any_sign = has_claude_code(request, world) or any(p.name is ClientName.CLAUDE_CODE for p in present)
    name = request.client or (ClientName.CLAUDE_CODE if any_sign else ClientName.PYTHON_SDK)
    if request.version:
        return Client(name, request.version, "--client")
    own = next((p for p in present if p.name is name), None)
    return Client(name, own.version, own.shown) if own else Client(name, known.newest[name])


def has_claude_code(request: Request, world: World) -> bool:
    """True if Claude Code left any sign: its files, its variables, or the program on PATH."""
    project = Path(request.project)
    signs = [config_dir(world), state_file(world), project / ".claude"]
    if any(exists(path) for path in signs):
        return True
    if any(name.startswith(("CLAUDE_CODE_", "CLAUDE_CONFIG")) or name == "CLAUDECODE" for name in world.environ):
        return True
    folders = (f for f in world.environ.get("PATH", "").split(":") if f)
    return any(exists(Path(folder, "claude")) for folder in folders)
