"""Containers: what a devcontainer or a compose file gives to programs inside. They count only in there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Origin, OriginKind, Setting
from tui.core.repair.json_document import scan
from tui.core.repair.text import position
from tui.core.survey import dotenv
from tui.core.survey.environment import setting
from tui.core.survey.reading import exists, read
from tui.core.world import World

_COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_BLOCK = re.compile(r"^(?P<indent>[ ]*)(?P<key>environment|env_file):[ \t]*(?P<rest>[^#\n]*)")
_ITEM = re.compile(r"^[ ]*(?:-[ \t]+)?(?P<text>.*?)[ \t]*$")
_PAIR = re.compile(r"[\"']?(?P<name>[A-Za-z_]\w*)[\"']?(?:=|:[ \t]+)(?P<value>.*)$")


def survey(world: World, known: Knowledge, project: Path) -> tuple[list[FileSeen], list[Setting]]:
    """Read the container files of the project."""
    files: list[FileSeen] = []
    settings: list[Setting] = []
    for path in (project / ".devcontainer" / "devcontainer.json", project / ".devcontainer.json"):
        seen, text = _text(world, path)
        if text is None:
            continue
        files.append(seen)
        document = scan(text)
        for member in document.members:
            match member.address:
                case (("containerEnv" | "remoteEnv"), name) if isinstance(member.value, str):
                    if name in known.variables:
                        place = document.position(member.value_start)
                        origin = Origin(OriginKind.CONTAINER, seen.path, seen.shown, *place, member.address)
                        settings.append(setting(known, name, member.value, origin))
    for name in _COMPOSE:
        seen, text = _text(world, project / name)
        if text is None:
            continue
        files.append(seen)
        settings += _compose(world, known, seen, text, project)
    return files, settings


def _text(world: World, path: Path) -> tuple[FileSeen, str | None]:
    seen, data = read(world, OriginKind.CONTAINER, path)
    return seen, None if data is None else data.decode("utf-8", "replace")


def _compose(world: World, known: Knowledge, seen: FileSeen, text: str, project: Path) -> Iterator[Setting]:
    for key, item, offset in _items(text):
        if key == "env_file":
            path = project / item.partition(":")[2].strip(" \"'") if item.startswith("path:") else project / item
            if exists(path):
                for found in dotenv.read_file(world, known, path)[1]:
                    place = found.origin
                    origin = Origin(OriginKind.CONTAINER, place.path, place.shown, place.line, place.column)
                    yield Setting(found.name, found.value, origin)
        elif (pair := _PAIR.match(item)) and pair["name"] in known.variables and "${" not in pair["value"]:
            origin = Origin(OriginKind.CONTAINER, seen.path, seen.shown, *position(text, offset))
            yield setting(known, pair["name"], pair["value"].strip("\"'"), origin)


def _items(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the entries below ``environment`` and ``env_file``, whichever way they are listed, with their offsets.

    This is no YAML reader: it knows the block forms and a single value on the line, which is how such files are
    written.
    """
    key, depth, offset = "", -1, 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        indent = len(body) - len(body.lstrip(" "))
        if body.strip() and not body.lstrip().startswith("#"):
            if head := _BLOCK.match(body):
                key, depth = head["key"], indent
                if rest := head["rest"].strip(" \"'"):
                    yield key, rest, offset + head.start("rest")
            elif key and (indent > depth or (indent == depth and body.lstrip().startswith("-"))):
                item = _ITEM.match(body)
                if item:
                    yield key, item["text"].strip("\"'"), offset + item.start("text")
            else:
                key = ""
        offset += len(line)
