"""fish's universal variables: kept in ``fish_variables``, in force in every fish before any file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting, Standing
from tui.core.survey.environment import setting
from tui.core.survey.reading import read
from tui.core.survey.startup.fish_set import joined
from tui.core.survey.startup.scope import Variable
from tui.core.world import World

_LINE = re.compile(r"SETUVAR((?: --\w+)*) (\w+):(.*)$")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_EMPTY = "\x1d"
"""How fish writes a list without items."""
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b"}


def survey(world: World, known: Knowledge) -> tuple[list[FileSeen], list[Setting], dict[str, Variable]]:
    """Return the file, its lines about names that clients read, and all variables."""
    config = world.environ.get("XDG_CONFIG_HOME")
    path = (Path(config) if config else world.home / ".config") / "fish" / "fish_variables"
    seen, data = read(world, OriginKind.SHELL, path)
    if data is None:
        return [], [], {}
    settings: list[Setting] = []
    variables: dict[str, Variable] = {}
    for number, exported, name, items in _lines(data.decode("utf-8", "replace")):
        made, value = None, joined(name, items)
        if name in known.variables:
            origin = Origin(OriginKind.SHELL, seen.path, seen.shown, number, None, (name,))
            made = setting(known, name, value, origin)
            settings.append(made if exported else replace(made, standing=Standing.NOT_EXPORTED))
        variables[name] = Variable(value, exported, made if exported else None, items)
    return [seen], settings, variables


def _lines(text: str) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := _LINE.match(line):
            items = tuple(_ESCAPE.sub(_sign, item) for item in found[3].split("\\x1e"))
            yield number, "--export" in found[1].split(), found[2], () if items == (_EMPTY,) else items


def _sign(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return chr(int(code, 16)) if code else _SIGNS.get(found[4], found[4])
