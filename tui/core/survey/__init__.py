"""Survey: what is configured, and who wins. Reads files and the environment; sends nothing, runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.core.facts import CaFile, Facts, State
from tui.core.known import Knowledge
from tui.core.model import Client, FileSeen, FileState, Login, OriginKind, Resolution, Setting
from tui.core.request import Request
from tui.core.secret import Secret
from tui.core.survey import ca_files, claude_settings, claude_state, clients, dotenv, environment, target
from tui.core.survey.resolve import resolve
from tui.core.world import World


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that was read."""

    client: Client
    files: tuple[FileSeen, ...]
    settings: tuple[Setting, ...]
    resolutions: Mapping[str, Resolution]
    state: State
    login: Login | None
    ca_files: tuple[CaFile, ...]
    trusted: bool


def survey(request: Request, world: World, known: Knowledge) -> Survey:
    """Read every source of this issue's scope and decide who wins."""
    project = Path(request.project)
    client = clients.choose(request, world, known)
    settings_files, settings = claude_settings.survey(world, known, project)
    state_file, state, state_settings, trusted = claude_state.survey(world, known, project)
    login_file, login = claude_state.saved_login(world)
    dotenv_files, dotenv_settings = dotenv.survey(world, known, project)
    every = [*settings, *state_settings, *environment.read(world, known), *dotenv_settings]
    resolutions = resolve(client, every, request.dotenv, lambda setting: not trusted and needs_trust(known, setting))
    winners = [r.winner for r in resolutions.values() if r.winner]
    files = [*settings_files, state_file, login_file, *dotenv_files]
    return Survey(
        client=client,
        files=tuple(f for f in files if f.state is not FileState.MISSING),
        settings=tuple(every),
        resolutions=resolutions,
        state=state,
        login=login,
        trusted=trusted,
        ca_files=ca_files.survey(winners),
    )


def needs_trust(known: Knowledge, setting: Setting) -> bool:
    """True for project settings that are not on the client's list of harmless ones (claude-code.md §2.2)."""
    variable = known.variables.get(setting.name)
    project = setting.origin.kind in (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)
    return project and variable is not None and not variable.early


def facts(found: Survey, request: Request, world: World, known: Knowledge, helper: Secret | None = None) -> Facts:
    """The facts before any packet is sent."""
    aim = target.build(found.client, found.resolutions, known, found.state, found.login, helper)
    return Facts(
        client=found.client,
        context=request.context,
        target=aim,
        known=known,
        now=world.now(),
        settings=found.settings,
        resolutions=found.resolutions,
        files=found.files,
        ca_files=found.ca_files,
        state=found.state,
        login=found.login,
        symptom=request.symptom,
        consent=request.send_message,
        offline=request.offline,
        platform=world.platform,
    )
