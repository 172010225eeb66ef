"""Survey: what is configured, and who wins. Reads files and the environment; sends nothing, runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.facts import CaFile, ClientFile, DotenvSeen, Exposure, Facts, Helper, Installed, Shell, State
from tui.core.known import Knowledge
from tui.core.model import Client, ClientName, Context, FileSeen, Login, OriginKind, Resolution, Setting
from tui.core.request import Request
from tui.core.secret import Secret
from tui.core.survey import ca_files, client_files, clients, dotenv, git, helper, installed, target
from tui.core.survey.layers import environment, layers, reads_profiles, why_unread
from tui.core.survey.places import Places, gather
from tui.core.survey.resolve import resolve
from tui.core.survey.startup.ran import Ran
from tui.core.world import World

_FOLDER = "CLAUDE_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that was read, and who wins. ``contexts`` has the answers for every way to start the client."""

    client: Client
    places: Places
    resolutions: Mapping[str, Resolution]
    contexts: Mapping[Context, Mapping[str, Resolution]]
    files: tuple[FileSeen, ...]
    dotenv: tuple[DotenvSeen, ...]
    exposures: tuple[Exposure, ...]
    settings: tuple[Setting, ...]
    state: State
    login: Login | None
    ca_files: tuple[CaFile, ...]
    client_files: tuple[ClientFile, ...]
    installed: tuple[Installed, ...]
    helper: Helper | None
    shell: Shell


def survey(request: Request, world: World, known: Knowledge, ran: Ran | None = None) -> Survey:
    """Read every place and decide who wins. ``ran`` is what came of really starting the user's shell."""
    project = Path(request.project)
    present = installed.survey(world, project)
    client = clients.choose(request, world, known, present)
    real = ran.environ if ran else None
    places = gather(world, known, project, client.name, real)
    folder = inherited_folder(client, request.context, places)
    if folder != world.environ.get(_FOLDER, ""):
        # Started in that way, the client keeps its settings in another folder than it would in this terminal.
        moved = replace(world, environ={**world.environ, _FOLDER: folder})
        places = replace(gather(moved, known, project, client.name, real), inherited=places.inherited)
    contexts = {c: decide(client, c, places, known, request.dotenv) for c in Context}
    resolutions = contexts[request.context]
    winners = [r.winner for r in resolutions.values() if r.winner]
    claude = client.name is ClientName.CLAUDE_CODE
    fresh = request.context is Context.CI and not places.in_ci
    return Survey(
        client=client,
        places=places,
        resolutions=resolutions,
        contexts=contexts,
        files=places.files,
        dotenv=dotenv.check_all(world, known, project, client.name) if request.dotenv else (),
        exposures=git.survey(world, places.every),
        settings=places.every,
        state=State(origin_path=places.state.origin_path, origin_shown=places.state.origin_shown)
        if fresh
        else places.state,
        login=None if fresh else places.login if claude else places.profile_login if reads_profiles(client) else None,
        ca_files=ca_files.survey(winners),
        client_files=client_files.survey(world, resolutions),
        installed=present,
        helper=helper.look(target.text_of(resolutions, "apiKeyHelper"), world),
        shell=shell(world, places, ran),
    )


def decide(
    client: Client, context: Context, places: Places, known: Knowledge, dotenv: bool = True
) -> Mapping[str, Resolution]:
    """Who wins for one client and one way to start it. A line that may or may not change that is named in the rule."""
    found = resolve(
        client,
        layers(client, context, places, dotenv),
        places.every,
        lambda setting: (
            why_unread(client, context, places, setting)
            if known.reads(client.name, setting.name)
            else f"{client.title} does not read this name"
        ),
        lambda setting: not places.trusted and needs_trust(known, setting),
        lambda name: known.reads(client.name, name),
    )
    if context is not Context.NEW_TERMINAL:
        return found
    doubts = {name: line for name, line in places.startup.doubts.items() if name in found}
    told = {n: f"{found[n].rule}; {line.origin} may change that: {line.standing}" for n, line in doubts.items()}
    return {**found, **{name: replace(found[name], rule=rule) for name, rule in told.items()}}


def inherited_folder(client: Client, context: Context, places: Places) -> str:
    """CLAUDE_CONFIG_DIR as the client inherits it; a settings file comes too late to move itself."""
    found = (s.text for layer in environment(client, context, places) for s in layer.settings if s.name == _FOLDER)
    return next(found, "")


def shell(world: World, places: Places, ran: Ran | None) -> Shell:
    """What is known of the user's shell."""
    started = places.startup
    return Shell(
        name=started.starts[-1].shell,
        starts=tuple(start.title for start in started.starts),
        loaded=tuple(f.shown for f in started.files),
        own=(str(started.own), world.shown(started.own)) if started.own else ("", ""),
        problem=ran.problem if ran else "",
        differs=started.differs,
        tried=ran is not None,
    )


def needs_trust(known: Knowledge, setting: Setting) -> bool:
    """True for project settings that are not on the client's list of harmless ones (claude-code.md §2.2)."""
    variable = known.variables.get(setting.name)
    project = setting.origin.kind in (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)
    return project and variable is not None and not variable.early


def facts(found: Survey, request: Request, world: World, known: Knowledge, printed: Secret | None = None) -> Facts:
    """The facts before any packet is sent."""
    aim = target.build(found.client, found.resolutions, known, found.state, found.login, printed)
    return Facts(
        client=found.client,
        context=request.context,
        target=aim,
        known=known,
        now=world.now(),
        settings=found.settings,
        resolutions=found.resolutions,
        files=found.files,
        dotenv=found.dotenv,
        exposures=found.exposures,
        ca_files=found.ca_files,
        client_files=found.client_files,
        installed=found.installed,
        helper=found.helper,
        shell=found.shell,
        contexts=found.contexts,
        state=found.state,
        login=found.login,
        symptom=request.symptom,
        consent=request.send_message,
        offline=request.offline,
        platform=world.platform,
    )
