"""Everything that sets a value, read once. Who wins is decided in ``layers`` and ``resolve``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.core.facts import State
from tui.core.known import Knowledge
from tui.core.model import ClientName, FileSeen, FileState, Login, Setting
from tui.core.survey import claude_settings, claude_state, dotenv, environment, startup
from tui.core.survey.sources import containers, direnv, editors, profiles, session, tmux, windows
from tui.core.survey.sources.direnv import Envrc
from tui.core.survey.startup import Startup
from tui.core.world import World


@dataclass(frozen=True, slots=True)
class Places:
    """All settings, by the kind of place; within a kind strongest first. ``files`` are all files that exist."""

    inherited: tuple[Setting, ...]
    settings: tuple[Setting, ...]
    dotenv: tuple[Setting, ...]
    startup: Startup
    envrc: Envrc
    tmux: tuple[Setting, ...]
    session: tuple[Setting, ...]
    session_environ: Mapping[str, str] = field(repr=False)
    registry: tuple[Setting, ...]
    editors: tuple[Setting, ...]
    containers: tuple[Setting, ...]
    other_side: tuple[Setting, ...]
    profile: tuple[Setting, ...]
    files: tuple[FileSeen, ...]
    state: State
    login: Login | None
    profile_login: Login | None
    trusted: bool
    in_ci: bool

    @property
    def every(self) -> tuple[Setting, ...]:
        """All settings: those that any client reads here first."""
        return (
            *self.settings,
            *self.inherited,
            *self.dotenv,
            *self.envrc.settings,
            *self.startup.settings,
            *self.tmux,
            *self.session,
            *self.registry,
            *self.editors,
            *self.profile,
            *self.containers,
            *self.other_side,
        )


def gather(
    world: World, known: Knowledge, project: Path, client: ClientName, real: Mapping[str, str] | None = None
) -> Places:
    """Read every place. Nothing is run but a question to the tmux server, inside of tmux.

    ``real`` is what the user's shell really gave, where it was started.
    """
    session_files, session_settings, given = session.survey(world, known)
    stored, stored_all = tmux.survey(world, known)
    before = {**given, **stored_all}
    started = startup.survey(world, known, before)
    if real is not None:
        started = startup.as_it_ran(started, real, known, before)
    envrc = direnv.survey(world, known, project, started.files)
    editor_files, editor_settings = editors.survey(world, known, project)
    container_files, container_settings = containers.survey(world, known, project)
    side_files, side_settings = windows.other_side(world, known)
    profile_files, profile_settings, profile_login = profiles.survey(world, known)
    settings_files, settings = claude_settings.survey(world, known, project)
    state_file, state, state_settings, trusted = claude_state.survey(world, known, project)
    login_file, login = claude_state.saved_login(world)
    dotenv_files, dotenv_settings = dotenv.survey(world, known, project, client)
    files = [
        *settings_files,
        state_file,
        login_file,
        *dotenv_files,
        *started.files,
        *envrc.files,
        *session_files,
        *editor_files,
        *container_files,
        *side_files,
        *profile_files,
    ]
    return Places(
        inherited=tuple(environment.read(world, known)),
        settings=(*settings, *state_settings),
        dotenv=tuple(dotenv_settings),
        startup=started,
        envrc=envrc,
        tmux=tuple(stored),
        session=tuple(session_settings),
        session_environ=before,
        registry=tuple(windows.registry(world, known)),
        editors=tuple(editor_settings),
        containers=tuple(container_settings),
        other_side=tuple(side_settings),
        profile=tuple(profile_settings),
        files=tuple(dict.fromkeys(f for f in files if f.state is not FileState.MISSING)),
        state=state,
        login=login,
        profile_login=profile_login,
        trusted=trusted,
        in_ci=bool(world.environ.get("CI")),
    )
