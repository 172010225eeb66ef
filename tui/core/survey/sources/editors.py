"""Editors: what they give to their terminals and to the Claude Code extension.

VS Code, VSCodium, Cursor, Windsurf   ``claudeCode.environmentVariables`` (a list of name and value),
                                      ``terminal.integrated.env.*`` of the user's and of the project's settings
JetBrains                             the terminal's variables in ``.idea/workspace.xml``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting
from tui.core.repair.json_document import Document, scan
from tui.core.repair.text import position
from tui.core.survey.environment import setting
from tui.core.survey.reading import read
from tui.core.world import World

EXTENSION = "claudeCode.environmentVariables"
_PRODUCTS = ("Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf")
_SERVERS = (".vscode-server", ".vscode-server-insiders", ".cursor-server", ".windsurf-server")
_SYSTEMS = {"linux": "linux", "darwin": "osx", "win32": "windows"}
_TERMINAL = re.compile(r"<component name=\"TerminalProject\w*\".*?</component>", re.S)
_ENV = re.compile(r"<env\s+key=\"([^\"]*)\"\s+value=\"([^\"]*)\"")


def paths(world: World, project: Path) -> Iterator[Path]:
    """Every settings file of an editor, strongest first."""
    yield project / ".vscode" / "settings.json"
    yield from (world.home / server / "data" / "Machine" / "settings.json" for server in _SERVERS)
    if world.platform == "win32":
        base = Path(world.environ.get("APPDATA") or world.home / "AppData" / "Roaming")
    elif world.platform == "darwin":
        base = world.home / "Library" / "Application Support"
    else:
        base = Path(world.environ.get("XDG_CONFIG_HOME") or world.home / ".config")
    yield from (base / product / "User" / "settings.json" for product in _PRODUCTS)
    yield project / ".idea" / "workspace.xml"


def survey(world: World, known: Knowledge, project: Path) -> tuple[list[FileSeen], list[Setting]]:
    """Read the settings of all editors; those for the extension come before those for terminals."""
    files: list[FileSeen] = []
    settings: list[Setting] = []
    for path in paths(world, project):
        seen, data = read(world, OriginKind.EDITOR, path)
        if data is None:
            continue
        files.append(seen)
        text = data.decode("utf-8", "replace")
        found = _jetbrains(text) if path.suffix == ".xml" else _vscode(scan(text), _SYSTEMS.get(world.platform, ""))
        for name, value, offset, address in found:
            if name in known.variables:
                origin = Origin(OriginKind.EDITOR, seen.path, seen.shown, *position(text, offset), address)
                settings.append(setting(known, name, value, origin))
    return files, sorted(settings, key=lambda s: s.origin.address[:1] != (EXTENSION,))


def is_for_extension(setting: Setting) -> bool:
    """True where the Claude Code extension gets a value; else only terminals inside the editor do."""
    return setting.origin.address[:1] == (EXTENSION,)


def _vscode(document: Document, system: str) -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    for member in document.members:
        match member.address:
            case (key, name) if key == f"terminal.integrated.env.{system}" and isinstance(member.value, str):
                yield name, member.value, member.value_start, member.address
            case ("claudeCode.environmentVariables",) if isinstance(member.value, list):
                for item in member.value:
                    given, value = (item.get("name"), item.get("value")) if isinstance(item, dict) else (None, None)
                    if isinstance(given, str) and isinstance(value, str):
                        inside = document.text.find(f'"{given}"', member.value_start)
                        offset = inside if inside >= 0 else member.value_start
                        yield given, value, offset, (EXTENSION, given)


def _jetbrains(text: str) -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    import html  # a big table of names, for the few who have such a file

    for component in _TERMINAL.finditer(text):
        for found in _ENV.finditer(component[0]):
            offset = component.start() + found.start(1)
            yield html.unescape(found[1]), html.unescape(found[2]), offset, ("terminal", html.unescape(found[1]))
