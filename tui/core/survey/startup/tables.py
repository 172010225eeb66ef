"""Which files a shell reads when it starts, in their order (config-editing.md §4.3, measured for the home files).

bash   login: /etc/profile, then the first of .bash_profile, .bash_login, .profile    interactive: .bashrc
zsh    zshenv, login: zprofile, interactive: zshrc, login: zlogin; all but the first move with ZDOTDIR
fish   conf.d/*.fish of every folder, then config.fish, at every start
sh     login: /etc/profile, .profile; interactive: $ENV
pwsh   all users, then the current user: every host, then this host
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from tui.core.survey.reading import exists
from tui.core.survey.startup.expansion import expand
from tui.core.survey.startup.scope import Scope
from tui.core.world import World

SHELLS = ("bash", "zsh", "fish", "sh", "dash", "ksh", "mksh", "pwsh", "powershell")
_POSIX = ("sh", "dash", "ksh", "mksh")
_SESSION = frozenset([
    "COLORTERM", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "HOME", "LANG", "LC_ALL", "LOGNAME", "SHELL", "SSH_CLIENT",
    "SSH_CONNECTION", "SSH_TTY", "TERM", "TERM_PROGRAM", "TMPDIR", "TMUX", "USER", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME",
    "XDG_CONFIG_HOME", "XDG_CURRENT_DESKTOP", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a shell."""

    shell: str
    login: bool
    interactive: bool

    @property
    def title(self) -> str:
        """For people: ``bash (login, interactive)``."""
        kinds = [name for name, on in (("login", self.login), ("interactive", self.interactive)) if on]
        return f"{self.shell} ({', '.join(kinds) or 'for a script'})"


def shell_of(world: World) -> str:
    """The name of the user's shell: that of ``SHELL``, on Windows PowerShell, else sh."""
    name = PurePath(world.environ.get("SHELL", "")).name.removesuffix(".exe")
    if name in SHELLS:
        return name
    return "pwsh" if world.platform == "win32" else "zsh" if world.platform == "darwin" else "sh"


def new_terminal(world: World) -> tuple[Start, ...]:
    """The starts that lead to a new terminal here.

    macOS, SSH, tmux and WSL open login shells. A Linux desktop reads the login files once, when its user logs in, and
    its terminals then read the interactive ones.
    """
    shell = shell_of(world)
    environ = world.environ
    login = world.platform == "darwin" or any(environ.get(n) for n in ("TMUX", "SSH_CONNECTION", "WSL_DISTRO_NAME"))
    if login or shell in ("fish", "pwsh", "powershell"):
        return (Start(shell, shell not in ("pwsh", "powershell"), True),)
    return Start(shell, True, False), Start(shell, False, True)


def session_of(world: World) -> dict[str, str]:
    """What a session has before any file is read, as far as the inherited environment tells."""
    return {n: text for n, text in world.environ.items() if n in _SESSION and text} | {"HOME": str(world.home)}


def slots(world: World, scope: Scope) -> Iterator[tuple[Path, ...]]:
    """Yield groups of files; of each group the first that exists is read. The scope is looked at between two groups."""
    if scope.shell == "bash":
        yield from _bash(world, scope)
    elif scope.shell == "zsh":
        yield from _zsh(world, scope)
    elif scope.shell == "fish":
        yield from _fish(world, scope)
    elif scope.shell in _POSIX:
        yield from _sh(world, scope)
    else:
        yield from ((path,) for path in powershell_profiles(world))


_OWN = {"bash": ".bashrc", "zsh": ".zshrc", "fish": "config.fish", "sh": ".profile", "dash": ".profile"}
_LOGIN_OF_BASH = (".bash_profile", ".bash_login", ".profile")


def own_file(world: World, starts: Sequence[Start], loaded: Sequence[str], scope: Scope) -> Path | None:
    """The file of the user's to which a variable belongs: one that these starts read (config-editing.md §4.3).

    ``loaded`` are the paths of the files that were read, ``scope`` the variables at the end.
    """
    name = _OWN.get(starts[-1].shell)
    if name is None:
        return None
    paths = [Path(path) for path in loaded if Path(path).is_relative_to(world.home)]
    if name == ".bashrc" and starts[-1].login and not any(path.name == name for path in paths):
        # A login shell comes to .bashrc only where its profile reads it in.
        found = next((path for wanted in _LOGIN_OF_BASH for path in paths if path.name == wanted), None)
        return found or world.home / _LOGIN_OF_BASH[0]
    usual = [
        group[0] for group in slots(world, scope) if group[-1].is_relative_to(world.home) and group[-1].name == name
    ]
    return usual[-1] if usual else world.home / name


def _each(world: World, folder: str, pattern: str) -> Iterator[tuple[Path, ...]]:
    try:
        yield from ((path,) for path in sorted(world.system(folder).glob(pattern)))
    except OSError:
        return


def _profile(world: World) -> Iterator[tuple[Path, ...]]:
    yield (world.system("etc/profile"),)
    if exists(world.system("etc/profile")):
        yield from _each(world, "etc/profile.d", "*.sh")


def _bash(world: World, scope: Scope) -> Iterator[tuple[Path, ...]]:
    if scope.login:
        yield from _profile(world)
        yield tuple(world.home / name for name in _LOGIN_OF_BASH)
    elif scope.interactive:
        yield (world.system("etc/bash.bashrc"), world.system("etc/bashrc"))
        yield (world.home / ".bashrc",)
    else:
        yield from _named(world, scope, "BASH_ENV")


def _zsh(world: World, scope: Scope) -> Iterator[tuple[Path, ...]]:
    names = ["zshenv", *(["zprofile"] if scope.login else []), *(["zshrc"] if scope.interactive else [])]
    for name in names + (["zlogin"] if scope.login else []):
        yield (world.system(f"etc/zsh/{name}"), world.system(f"etc/{name}"))
        folder = scope.get("ZDOTDIR") if scope.has("ZDOTDIR") else ""
        if folder is not None:
            yield ((_absolute(world, folder) if folder else world.home) / f".{name}",)


def fish_folder(world: World, scope: Scope) -> Path:
    """Where fish keeps the files of its user."""
    config = scope.get("XDG_CONFIG_HOME")
    return (_absolute(world, config) if config else world.home / ".config") / "fish"


def _fish(world: World, scope: Scope) -> Iterator[tuple[Path, ...]]:
    own = fish_folder(world, scope)
    found: dict[str, Path] = {}
    folders = (own / "conf.d", world.system("etc/fish/conf.d"), world.system("usr/share/fish/vendor_conf.d"))
    for folder in folders:  # of two files of one name the first one counts
        try:
            for path in folder.glob("*.fish"):
                found.setdefault(path.name, path)
        except OSError:
            continue
    yield from ((path,) for _, path in sorted(found.items()))
    yield (world.system("etc/fish/config.fish"),)
    yield (own / "config.fish",)


def _sh(world: World, scope: Scope) -> Iterator[tuple[Path, ...]]:
    if scope.login:
        yield from _profile(world)
        yield (world.home / ".profile",)
    if scope.interactive:
        yield from _named(world, scope, "ENV")


def _named(world: World, scope: Scope, variable: str) -> Iterator[tuple[Path, ...]]:
    named = scope.get(variable)
    path = expand(f'"{named}"', scope) if named else None
    if path:
        yield (_absolute(world, path),)


def _absolute(world: World, path: str) -> Path:
    """A path that a file names: below the home as it is, else below the root of this machine."""
    return Path(path) if Path(path).is_relative_to(world.home) else world.system(path.lstrip("/"))


def powershell_profiles(world: World) -> tuple[Path, ...]:
    """The profiles of PowerShell in their order; documents may have moved to OneDrive."""
    names = ("profile.ps1", "Microsoft.PowerShell_profile.ps1")
    if world.platform != "win32":
        system, own = world.system("opt/microsoft/powershell/7"), world.home / ".config" / "powershell"
        return tuple(folder / name for folder in (system, own) for name in names)
    documents = [world.home / "Documents"]
    if world.environ.get("OneDrive"):
        documents.insert(0, Path(world.environ["OneDrive"]) / "Documents")
    kinds = ("PowerShell", "WindowsPowerShell")
    return tuple(folder / kind / name for folder in documents for kind in kinds for name in names)


def start_up_files(world: World) -> tuple[tuple[str, Path], ...]:
    """Every start-up file of the home, of any shell, with the shell that reads it."""
    home = world.home
    zsh = Path(world.environ["ZDOTDIR"]) if world.environ.get("ZDOTDIR") else home
    fish = home / ".config" / "fish"
    found = [("bash", home / n) for n in (".bash_profile", ".bash_login", ".profile", ".bashrc", ".bash_aliases")]
    found += [("zsh", zsh / n) for n in (".zshenv", ".zprofile", ".zshrc", ".zlogin")]
    found += [("sh", home / n) for n in (".kshrc", ".mkshrc", ".xprofile", ".xsessionrc")]
    found += [("fish", path) for path in (*_conf_d(fish), fish / "config.fish")]
    found += [("pwsh", path) for path in powershell_profiles(world) if path.is_relative_to(home)]
    return tuple(found)


def _conf_d(folder: Path) -> list[Path]:
    try:
        return sorted(folder.joinpath("conf.d").glob("*.fish"))
    except OSError:
        return []
