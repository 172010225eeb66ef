"""dotenv files of the project: found like the loaders find them, read like python-dotenv reads them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, FileState, Origin, OriginKind, Setting
from tui.core.survey.environment import setting
from tui.core.survey.reading import exists, read
from tui.core.world import World

NAMES = (".env", ".env.local", ".env.development", ".env.development.local", ".env.production", ".env.production.local")
"""The usual names, in the order in which the first one wins for a loader that reads only ``.env``."""


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


def survey(world: World, known: Knowledge, project: Path) -> tuple[list[FileSeen], list[Setting]]:
    """Read every dotenv file of the project. Settings come nearest folder first, in the order of the names above."""
    files, settings = [], []
    for folder in folders(world, project):
        for name in NAMES:
            seen, found = read_file(world, known, folder / name)
            if seen.state is not FileState.MISSING:
                files.append(seen)
                settings += found
    return files, settings


def read_file(world: World, known: Knowledge, path: Path, every: bool = False) -> tuple[FileSeen, list[Setting]]:
    """Read one file; ``every`` lists all its names, not only those that a client reads."""
    seen, data = read(world, OriginKind.DOTENV, path)
    if data is None:
        return seen, []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = f"{seen.shown} is not UTF-8 (line {line}); python-dotenv stops with UnicodeDecodeError"
        return replace(seen, state=FileState.BINARY, problem=problem, line=line), []
    bad, settings = parse(text, world.environ, seen, known, every)
    if bad:
        seen = replace(seen, problem=f"{seen.shown} line {bad} is not understood and is skipped", line=bad)
    return seen, settings


def parse(
    text: str, environ: Mapping[str, str], seen: FileSeen, known: Knowledge, every: bool
) -> tuple[int | None, list[Setting]]:
    """Return the first line that python-dotenv skips, and the settings; of a name set twice the last one counts."""
    from dotenv.main import resolve_variables
    from dotenv.parser import parse_stream

    bindings = list(parse_stream(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))))
    bad = next((b.original.line for b in bindings if b.error), None)
    pairs = [(b.key, b.value) for b in bindings if b.key is not None]
    values = resolve_variables(pairs, override=True) if not environ else _resolve(pairs, environ)
    last: dict[str, Setting] = {}
    for binding in bindings:
        name = binding.key
        if name is None or (not every and name not in known.variables):
            continue
        original = binding.original.string
        lead = len(original) - len(original.lstrip("\n"))
        line = binding.original.line + original[:lead].count("\n")
        column = original[lead:].split("\n")[0].find(name) + 1
        origin = Origin(OriginKind.DOTENV, seen.path, seen.shown, line, max(1, column), (name,))
        last.pop(name, None)
        value = values.get(name)
        if value is not None or every:
            last[name] = setting(known, name, value or "", origin)
    return bad, list(last.values())


def _resolve(pairs: list[tuple[str, str | None]], environ: Mapping[str, str]) -> Mapping[str, str | None]:
    """Resolve ``${NAME}`` as ``dotenv_values`` does: the file's own values first, then the environment."""
    from dotenv.variables import parse_variables

    values: dict[str, str | None] = {}
    for name, raw in pairs:
        if raw is None:
            values[name] = None
            continue
        scope = {**environ, **values}
        values[name] = "".join(atom.resolve(scope) for atom in parse_variables(raw))
    return values
