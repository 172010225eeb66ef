"""Which places a client reads, strongest first, for each way in which it can be started (pure).

Claude Code   managed > local > project > user settings > ~/.claude.json env > environment
              (measured on 1.0.128, 2.0.77, 2.1.330: claude-code-observed.md §3); dotenv files are not read (>= 2.0.64)
SDKs          environment > .env > .env.local … > profile   (loaders do not override what is already set)

and the environment is, by context:

terminal      what this terminal gives
new-terminal  direnv > start-up files of the shell > tmux server > login session (registry on Windows)
editor        the extension's variables > login session (registry on Windows); no start-up file of a shell
ci            what this job gives; on another machine than a CI runner: nothing but the files of the repository
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.model import Client, ClientName, Context, OriginKind, Setting, Standing
from tui.core.survey.places import Places
from tui.core.survey.sources.editors import is_for_extension

_SETTINGS = (
    ("managed settings", OriginKind.MANAGED_SETTINGS),
    ("local project settings", OriginKind.LOCAL_SETTINGS),
    ("project settings", OriginKind.PROJECT_SETTINGS),
    ("user settings", OriginKind.USER_SETTINGS),
    ("the old env block of ~/.claude.json", OriginKind.STATE),
)
_COMMITTED = (OriginKind.MANAGED_SETTINGS, OriginKind.PROJECT_SETTINGS)
_STATIC = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
"""Where one of these is set, no profile is looked at."""
_COUNTS = (Standing.SURE, Standing.DYNAMIC, Standing.COMPUTED)


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of place, with its settings strongest first."""

    title: str
    settings: tuple[Setting, ...]


def layers(client: Client, context: Context, places: Places, dotenv: bool = True) -> tuple[Layer, ...]:
    """Return everything that a client reads, strongest first."""
    inherited = environment(client, context, places)
    loaded = Layer("the dotenv file", places.dotenv)
    if client.name is not ClientName.CLAUDE_CODE:
        dotenv = dotenv and not (client.name is ClientName.PYTHON_SDK and _disabled(inherited))
        own = (*inherited, *([loaded] if dotenv else []))
        static = any(s.name in _STATIC and s.text.strip() for layer in own for s in layer.settings)
        return (*own, Layer("the SDK profile", places.profile if reads_profiles(client) and not static else ()))
    fresh = context is Context.CI and not places.in_ci  # a runner has a home of its own, and only what is committed
    files = [
        Layer(title, tuple(s for s in places.settings if s.origin.kind is kind))
        for title, kind in _SETTINGS
        if not fresh or kind in _COMMITTED
    ]
    old = client.release < (2, 0, 64)
    return (*files, *inherited, *([loaded] if old else []))


def _disabled(inherited: tuple[Layer, ...]) -> bool:
    """True where PYTHON_DOTENV_DISABLED makes ``load_dotenv`` load nothing (read from python-dotenv 1.2.4)."""
    found = (s.text for layer in inherited for s in layer.settings if s.name == "PYTHON_DOTENV_DISABLED")
    return next(found, "").casefold() in ("1", "true", "t", "yes", "y")


def reads_profiles(client: Client) -> bool:
    """The SDK majors that know profile files."""
    return client.name is not ClientName.CLAUDE_CODE and client.release >= (1,)


def environment(client: Client, context: Context, places: Places) -> tuple[Layer, ...]:
    """The environment that a client inherits, as layers."""
    if context is Context.TERMINAL or (context is Context.CI and places.in_ci):
        title = "the inherited environment"
        return (Layer(title, places.inherited),)
    if context is Context.CI:
        return ()
    session = Layer("the login session", places.session)
    registry = Layer("the Windows environment", places.registry)
    if context is Context.EDITOR:
        mine = tuple(s for s in places.editors if is_for_extension(s))
        reads = client.name is ClientName.CLAUDE_CODE
        return (Layer("the editor's settings for the extension", mine if reads else ()), session, registry)
    startup = places.startup
    kept = startup.variables
    envrc = places.envrc.settings if places.envrc.allowed and places.envrc.hooked else ()
    final = startup.winners
    earlier = tuple(
        s for s in reversed(startup.settings) if s.standing in _COUNTS and s not in final and s.name in kept
    )
    return (
        Layer("direnv", tuple(s for s in envrc if s.standing in _COUNTS)),
        Layer("the start-up files of the shell", (*final, *earlier)),
        Layer("the tmux server", tuple(s for s in places.tmux if s.name in kept)),
        Layer("the login session", tuple(s for s in places.session if s.name in kept)),
        Layer("the Windows environment", places.registry),
    )


def why_unread(client: Client, context: Context, places: Places, setting: Setting) -> str:
    """Why a setting that was found does not count for a client in a context, as a clause."""
    kind = setting.origin.kind
    if setting.standing not in _COUNTS:
        return str(setting.standing)
    match kind:
        case OriginKind.DOTENV:
            return f"{client.title} does not read the dotenv file"
        case OriginKind.SHELL:
            return {
                Context.TERMINAL: "this terminal has read it already: its own environment counts",
                Context.EDITOR: "an editor that is started from the desktop reads no start-up file of a shell",
            }.get(context, "a CI job reads no start-up file of yours")
        case OriginKind.DIRENV if context is Context.NEW_TERMINAL:
            return "direnv has not been allowed to load it" if not places.envrc.allowed else "direnv is not hooked in"
        case OriginKind.CONTAINER:
            return "it counts inside the container only"
        case OriginKind.EDITOR:
            return "it counts for programs that the editor starts"
        case OriginKind.WINDOWS_SIDE:
            return "a client inside WSL does not read the Windows side"
        case OriginKind.PROFILE:
            return f"{client.title} {client.version} reads no profile files"
        case OriginKind.ENVIRONMENT:
            return "it lives in this terminal only"
        case _ if kind.of_session:
            return "this terminal's own environment counts"
    titles = {k: t for t, k in _SETTINGS}
    return f"{client.title} does not read {titles.get(kind, 'it')} here"
