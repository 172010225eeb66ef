"""dotenv files of the project: found like the loaders find them, read like the client's loader reads them.

Python programs load them with python-dotenv, TypeScript programs with node dotenv. Claude Code reads none; for it they
are read as python-dotenv does, to tell what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tui.core.facts import BrokenLine, DotenvSeen, Fault
from tui.core.known import Knowledge
from tui.core.model import ClientName, FileSeen, FileState, Origin, OriginKind, Setting, Standing
from tui.core.secret import Secret
from tui.core.survey.dotenv_readers import Reader, comparison, faults, node_dotenv, python_dotenv
from tui.core.survey.dotenv_readers.reading import Statement
from tui.core.survey.environment import setting
from tui.core.survey.reading import exists, read
from tui.core.world import World

NAMES = (".env", ".env.local", ".env.development", ".env.development.local", ".env.production", ".env.production.local")
"""The usual names, in the order in which the first one wins for a loader that reads only ``.env``."""

_LARGEST, _REFERENCES = 16 * 1024, 100
"""Bytes and ``${`` of a file that is still read by every reader's rules: a hostile one must not cost time."""
_ASSIGNED = re.compile(r"\n[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=")


def folders(world: World, project: Path) -> Iterator[Path]:
    """The project folder and its parents up to the repository's root, or only the folder outside a repository."""
    chain = [project, *project.parents]
    root = next((f for f in chain if exists(f / ".git")), None)
    for folder in chain:
        if folder in (world.home, Path(folder.anchor)) and folder != project:
            return
        yield folder
        if root is None or folder == root:
            return


def survey(
    world: World, known: Knowledge, project: Path, client: ClientName = ClientName.PYTHON_SDK
) -> tuple[list[FileSeen], list[Setting]]:
    """Read every dotenv file of the project. Settings come nearest folder first, in the order of the names above."""
    files: list[FileSeen] = []
    settings: list[Setting] = []
    for path in paths(world, project):
        seen, data = read(world, OriginKind.DOTENV, path)
        if data is not None:
            seen, found = _settings(seen, data, world, known, loader_of(client), every=False)
            settings += found
        if seen.state is not FileState.MISSING:
            files.append(seen)
    return files, settings


def check_all(world: World, known: Knowledge, project: Path, client: ClientName) -> tuple[DotenvSeen, ...]:
    """What is wrong with the dotenv files of the project; those without a fault are left out."""
    checked = []
    for path in paths(world, project):
        seen, data = read(world, OriginKind.DOTENV, path)
        if data is not None:
            checked.append(check(seen, data, world, known, client))
    return tuple(one for one in checked if one.broken or one.disagreements)


def paths(world: World, project: Path) -> Iterator[Path]:
    """Every place where a dotenv file may stand, the nearest first."""
    yield from (folder / name for folder in folders(world, project) for name in NAMES)


def loader_of(client: ClientName) -> Reader:
    """What programs with this client load dotenv files with."""
    return Reader.NODE_DOTENV if client is ClientName.TYPESCRIPT_SDK else Reader.PYTHON


def read_file(world: World, known: Knowledge, path: Path, every: bool = False) -> tuple[FileSeen, list[Setting]]:
    """Read one file as python-dotenv does; ``every`` lists all its names, not only those that a client reads."""
    seen, data = read(world, OriginKind.DOTENV, path, binary=every)
    return (seen, []) if data is None else _settings(seen, data, world, known, Reader.PYTHON, every)


def check(seen: FileSeen, data: bytes, world: World, known: Knowledge, client: ClientName) -> DotenvSeen:
    """What is wrong with a file for the variables that the client reads."""
    loader = loader_of(client)
    wanted = {name for name in known.variables if known.reads(client, name)}

    def wrap(name: str, value: str) -> str | Secret:
        # The value of a variable that we do not know is nobody's business.
        return setting(known, name, value, seen.origin).value if name in known.variables else Secret(value)

    found = DotenvSeen(seen.path, seen.shown, loader)
    if len(data) > _LARGEST or data.count(b"${") > _REFERENCES:
        return found
    if loader is Reader.PYTHON and (line := broken_utf8(data)):
        lost = tuple(name for name in sorted(wanted) if name.encode() in data.replace(b"\0", b""))
        broken = BrokenLine(line, Fault.ENCODING, "is not UTF-8 text", "", lost)
        return replace(found, broken=(broken,) if lost else ())
    text = data.decode("utf-8", "replace")
    statements = _statements(text, loader)
    return replace(
        found,
        broken=tuple(faults.find(text, statements, wanted, wrap)),
        disagreements=tuple(comparison.find(data, statements, world.environ, wanted, wrap)),
    )


def _settings(
    seen: FileSeen, data: bytes, world: World, known: Knowledge, loader: Reader, every: bool
) -> tuple[FileSeen, list[Setting]]:
    text = data.decode("utf-8", "replace")
    if loader is Reader.PYTHON and (line := broken_utf8(data)):
        problem = f"{seen.shown} is not UTF-8 (line {line}); python-dotenv stops with UnicodeDecodeError"
        return replace(seen, state=FileState.BINARY, problem=problem, line=line), []
    statements = _statements(text, loader)
    if loader is Reader.PYTHON:
        values = python_dotenv.values(statements, world.environ, environment_wins=not every)
    else:
        values = {one.name: one.value for one in statements if one.name is not None}
    last: dict[str, Setting] = {}
    for one in statements:
        if one.name is None or (not every and one.name not in known.variables):
            continue
        last.pop(one.name, None)
        value = values[one.name]
        if value is not None or every:
            origin = Origin(OriginKind.DOTENV, seen.path, seen.shown, one.line, one.column, (one.name,))
            made = setting(known, one.name, value or "", origin)
            made = replace(made, standing=Standing.NO_VALUE) if value is None else made
            last[one.name] = replace(made, value=Secret(made.text)) if _swallows(known, made.text) else made
    bad = next((one.line for one in statements if one.name is None), None)
    if bad:
        seen = replace(seen, problem=f"{seen.shown} line {bad} is not understood and is skipped", line=bad)
    return seen, list(last.values())


def _swallows(known: Knowledge, value: str) -> bool:
    """True for a value that runs into the next lines and holds what they set, if one of those is secret."""
    return any(known.is_secret(name) for name in _ASSIGNED.findall(value))


def broken_utf8(data: bytes) -> int:
    """The first line (from 1) that is not UTF-8; 0 where all are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0


def _statements(text: str, loader: Reader) -> list[Statement]:
    return python_dotenv.statements(text) if loader is Reader.PYTHON else list(node_dotenv.statements(text))
