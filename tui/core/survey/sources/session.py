"""What a login session gives to every program that it starts, before any shell reads a file.

Linux   /etc/environment (pam_env), environment.d of systemd, DefaultEnvironment of systemd's user manager
macOS   ``launchctl setenv`` in the user's LaunchAgents
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting
from tui.core.repair import environment_dialect, pam_dialect
from tui.core.repair.text import position
from tui.core.survey.dotenv_readers import environment_d
from tui.core.survey.environment import setting
from tui.core.survey.reading import read
from tui.core.world import World

_FOLDERS = ("usr/lib/environment.d", "usr/local/lib/environment.d", "run/environment.d", "etc/environment.d")
_DEFAULTS = re.compile(r"(?m)^[ \t]*DefaultEnvironment[ \t]*=(.*)$")
_PAIR = re.compile(r"\"([A-Za-z_]\w*)=([^\"]*)\"|'([A-Za-z_]\w*)=([^']*)'|([A-Za-z_]\w*)=(\S*)")


def survey(world: World, known: Knowledge) -> tuple[list[FileSeen], list[Setting], dict[str, str]]:
    """Return the files, the settings in them (strongest first) and all variables that the session then has."""
    files: list[FileSeen] = []
    settings: list[Setting] = []
    values: dict[str, str] = {}
    for kind, path in places(world):
        seen, data = read(world, kind, path)
        if data is None:
            continue
        files.append(seen)
        for name, value, offset in _assignments(kind, data, {**values, "HOME": str(world.home)}):
            values[name] = value
            if name in known.variables:
                settings.insert(0, setting(known, name, value, _origin(seen, kind, data, name, offset)))
    return files, settings, values


def read_file(world: World, known: Knowledge, path: Path) -> tuple[FileSeen, list[Setting]]:
    """Read one file with all its names: ``/etc/environment``, or one of environment.d."""
    kind = OriginKind.SYSTEM_ENVIRONMENT if path.name == "environment" else OriginKind.ENVIRONMENT_D
    seen, data = read(world, kind, path)
    found = []
    for name, value, offset in _assignments(kind, data or b"", {"HOME": str(world.home)}):
        found.append(setting(known, name, value, _origin(seen, kind, data or b"", name, offset)))
    return seen, found


def _origin(seen: FileSeen, kind: OriginKind, data: bytes, name: str, offset: int) -> Origin:
    line, column = position(data.decode("utf-8", "replace"), offset) if offset >= 0 else (None, None)
    return Origin(kind, seen.path, seen.shown, line, column, (name,))


def places(world: World) -> Iterator[tuple[OriginKind, Path]]:
    """Every file of the session, weakest first."""
    if world.platform == "darwin":
        for folder in (world.system("Library/LaunchAgents"), world.home / "Library" / "LaunchAgents"):
            yield from ((OriginKind.SERVICE_MANAGER, path) for path in _listed(folder, "*.plist"))
        return
    if world.platform == "win32":
        return
    for path in (world.system("etc/systemd/user.conf"), world.home / ".config" / "systemd" / "user.conf"):
        yield OriginKind.SERVICE_MANAGER, path
    yield OriginKind.SYSTEM_ENVIRONMENT, world.system("etc/environment")
    named: dict[str, Path] = {}
    for folder in (*(world.system(f) for f in _FOLDERS), world.home / ".config" / "environment.d"):
        named |= {path.name: path for path in _listed(folder, "*.conf")}
    yield from ((OriginKind.ENVIRONMENT_D, path) for _, path in sorted(named.items()))


def _listed(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _assignments(kind: OriginKind, data: bytes, before: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """Yield name, value and offset (-1: unknown) of what a file sets."""
    if kind is OriginKind.SERVICE_MANAGER and not data.lstrip().startswith(b"["):
        yield from _launchctl(data)
        return
    text = data.decode("utf-8", "replace")
    if kind is OriginKind.ENVIRONMENT_D:
        yield from _environment_d(text, before)
    elif kind is OriginKind.SYSTEM_ENVIRONMENT:
        for event in pam_dialect.events(pam_dialect.scan(text)):
            value = text[event.value_start : event.value_end]
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            yield event.name, value[1:-1] if quoted else value, event.name_start
    else:
        for line in _DEFAULTS.finditer(text):
            for pair in _PAIR.finditer(line[1]):
                name, value = next((pair[i], pair[i + 1]) for i in (1, 3, 5) if pair[i])
                yield name, value, line.start(1) + pair.start()


def _environment_d(text: str, before: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    places = {e.name: e.name_start for e in environment_dialect.events(environment_dialect.scan(text))}
    for name, value in environment_d.read(text.encode(), before).values.items():
        if value is not None:
            yield name, value, places.get(name, -1)


def _launchctl(data: bytes) -> Iterator[tuple[str, str, int]]:
    """``launchctl setenv NAME VALUE`` in the arguments of an agent, also behind ``sh -c``."""
    import plistlib  # on macOS only
    import xml.parsers.expat

    try:
        agent = plistlib.loads(data)
    except (ValueError, xml.parsers.expat.ExpatError, RecursionError, TypeError, AttributeError, OverflowError):
        return
    arguments = agent.get("ProgramArguments") if isinstance(agent, dict) else None
    words = [word for word in arguments if isinstance(word, str)] if isinstance(arguments, list) else []
    if len(words) == 3 and words[1] == "-c":
        words = [word for part in re.split(r"[;&\n]+", words[2]) for word in [*part.split(), ";"]]
    for at in range(len(words) - 3):
        if words[at].endswith("launchctl") and words[at + 1] == "setenv":
            yield words[at + 2], words[at + 3].strip("\"'"), -1
