"""Claude Code's settings files, all scopes, strongest first (claude-code.md §2.1)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, FileState, Origin, OriginKind, Setting
from tui.core.repair.json_document import Document, Member, scan
from tui.core.survey.environment import setting
from tui.core.survey.reading import read
from tui.core.world import World

KEYS = {
    "model": str,
    "apiKeyHelper": str,
    "permissions": dict,
    "env": dict,
    "forceLoginMethod": str,
    "hasCompletedOnboarding": bool,
}
"""Keys that matter here, with the type that the client insists on: a wrong one drops the whole file (2.1.330)."""


_CHECKED = (OriginKind.USER_SETTINGS, OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)


def config_dir(world: World) -> Path:
    """The folder of the user's settings: ``CLAUDE_CONFIG_DIR``, or ``~/.claude``."""
    return (
        Path(world.environ["CLAUDE_CONFIG_DIR"]) if world.environ.get("CLAUDE_CONFIG_DIR") else world.home / ".claude"
    )


def managed_folder(world: World) -> Path:
    """Where an administrator puts policy on this system."""
    if world.platform == "darwin":
        return world.system("Library/Application Support/ClaudeCode")
    if world.platform == "win32":
        return Path(r"C:\Program Files\ClaudeCode")
    return world.system("etc/claude-code")


def paths(world: World, project: Path) -> list[tuple[OriginKind, Path]]:
    """Every settings file that the client would read, strongest first. Later drop-ins win over earlier ones."""
    managed = managed_folder(world)
    try:
        drop_ins = sorted(managed.joinpath("managed-settings.d").glob("*.json"), reverse=True)
    except OSError:
        drop_ins = []
    return [
        *((OriginKind.MANAGED_SETTINGS, path) for path in drop_ins),
        (OriginKind.MANAGED_SETTINGS, managed / "managed-settings.json"),
        (OriginKind.LOCAL_SETTINGS, project / ".claude" / "settings.local.json"),
        (OriginKind.PROJECT_SETTINGS, project / ".claude" / "settings.json"),
        (OriginKind.USER_SETTINGS, config_dir(world) / "settings.json"),
    ]


def survey(world: World, known: Knowledge, project: Path) -> tuple[list[FileSeen], list[Setting]]:
    """Read all settings files. A file that the client drops gives no settings, only its problem."""
    files: list[FileSeen] = []
    settings: list[Setting] = []
    # Started in the home folder, the project's file is the user's: it needs no trust.
    kinds = {path: kind for kind, path in paths(world, project)}
    for path, kind in kinds.items():
        seen, found = read_file(world, known, kind, path)
        files.append(seen)
        if seen.state is FileState.OK:
            settings += found
    return files, settings


def read_file(
    world: World, known: Knowledge, kind: OriginKind, path: Path, every: bool = False
) -> tuple[FileSeen, list[Setting]]:
    """Read one file. Its settings are given even where the client drops it; the state then says so. ``every`` lists
    all names of its ``env`` and all its simple keys, not only those that a client reads."""
    seen, data = read(world, kind, path)
    if data is None or not data.strip():
        return seen, []
    try:
        text = data.decode("utf-8-sig")  # the client reads on over a byte-order mark (2.0.77 and 2.1.330, oracle)
    except UnicodeDecodeError:
        return replace(seen, state=FileState.INVALID, problem=f"{seen.shown} is not UTF-8", line=1), []
    document = scan(text)
    seen = judge(seen, document)
    return seen, list(members_to_settings(known, seen, document, every))


def judge(seen: FileSeen, document: Document) -> FileSeen:
    """Say whether the client takes the file: strict JSON, an object, and no key of the wrong type.

    For a key of the wrong type the client only drops user, project and local settings; of managed settings it leaves
    out the key, and ``~/.claude.json`` is not looked at that closely (2.1.330, oracle).
    """
    if document.problem:
        place = f"line {document.problem.line}, column {document.problem.column}"
        return replace(
            seen,
            state=FileState.INVALID,
            problem=f"{document.problem.message} ({place})",
            line=document.problem.line,
            column=document.problem.column,
            repairable=document.root is not None,
        )
    for member in document.members if seen.kind in _CHECKED else ():
        wanted = KEYS.get(member.address[0]) if len(member.address) == 1 else None
        if wanted and not isinstance(member.value, wanted):
            line, column = document.position(member.value_start)
            words = {str: "text", dict: "an object", bool: "true or false"}[wanted]
            return replace(
                seen, state=FileState.INVALID, problem=f"{member.address[0]} is not {words}", line=line, column=column
            )
    return seen


def members_to_settings(known: Knowledge, seen: FileSeen, document: Document, every: bool = False) -> list[Setting]:
    """The environment block and the keys that matter, each with its place. Of a key given twice the last one counts,
    and of a block given twice only the last one, too."""
    found: dict[tuple[str, ...], Setting] = {}
    blocks = [member.value_start for member in document.members if member.address == ("env",)]
    for member in document.members:
        name = _name_of(member, known, every)
        earlier = len(member.address) == 2 and bool(blocks) and member.value_start < blocks[-1]
        wrong = len(member.address) == 1 and not isinstance(member.value, KEYS.get(member.address[0], object))
        if name is None or earlier or wrong or isinstance(member.value, dict | list) or member.value is None:
            continue
        line, column = document.position(member.value_start)
        origin = Origin(seen.kind, seen.path, seen.shown, line, column, member.address)
        text = str(member.value).lower() if isinstance(member.value, bool) else str(member.value)
        found.pop(member.address, None)
        found[member.address] = setting(known, name, text, origin)
    return list(found.values())


def _name_of(member: Member, known: Knowledge, every: bool) -> str | None:
    match member.address:
        case ("env", name) if every or name in known.variables:
            return name
        case (key,) if every or key in KEYS or key == "forceLoginOrgUUID":
            return key
    return None
