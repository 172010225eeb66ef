"""``~/.claude.json``, which Claude Code writes itself, and the saved login beside it (existence and expiry only)."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tui.core.facts import State
from tui.core.known import Knowledge
from tui.core.model import FileSeen, FileState, Login, Origin, OriginKind, Setting
from tui.core.repair.json_document import scan
from tui.core.secret import Secret
from tui.core.survey.claude_settings import config_dir, judge
from tui.core.survey.environment import setting
from tui.core.survey.reading import exists, read
from tui.core.world import World

_LATEST = 253_402_300_800_000
"""The end of the year 9999 in milliseconds: what lies beyond is no moment that anything else here can name."""


def state_file(world: World) -> Path:
    """Where the state is: in ``CLAUDE_CONFIG_DIR`` if that is set, else in the home; an old ``.config.json`` wins."""
    legacy = config_dir(world) / ".config.json"
    if exists(legacy):
        return legacy
    folder = Path(world.environ["CLAUDE_CONFIG_DIR"]) if world.environ.get("CLAUDE_CONFIG_DIR") else world.home
    return folder / ".claude.json"


def survey(world: World, known: Knowledge, project: Path) -> tuple[FileSeen, State, list[Setting], bool]:
    """Return the file, what it says, the settings in it, and whether this project is trusted."""
    path = state_file(world)
    seen, data = read(world, OriginKind.STATE, path)
    nothing = State(origin_path=os.fspath(path), origin_shown=world.shown(path))
    if data is None or not data.strip():
        return seen, nothing, [], False
    document = scan(data.decode("utf-8-sig", "replace"))
    seen = judge(seen, document)
    if seen.state is not FileState.OK or not isinstance(document.value, dict):
        return seen, nothing, [], False
    content = document.value
    answers = content.get("customApiKeyResponses")
    answers = answers if isinstance(answers, dict) else {}
    projects = content.get("projects")
    mine = projects.get(os.fspath(project)) if isinstance(projects, dict) else None
    state = State(
        onboarded=content.get("hasCompletedOnboarding") is True,
        approved=_texts(answers.get("approved")),
        rejected=_texts(answers.get("rejected")),
        origin_path=seen.path,
        origin_shown=seen.shown,
    )
    settings = []
    for member in document.members:
        line, column = document.position(member.value_start)
        origin = Origin(OriginKind.STATE, seen.path, seen.shown, line, column, member.address)
        match member.address:
            case ("primaryApiKey",) if isinstance(member.value, str):
                settings.append(Setting("primaryApiKey", Secret(member.value), origin))
            case ("env", name) if name in known.variables and isinstance(member.value, str):
                settings.append(setting(known, name, member.value, origin))
    return seen, state, settings, isinstance(mine, dict) and mine.get("hasTrustDialogAccepted") is True


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(item) for item in found) if isinstance(found, list) else ()


def saved_login(world: World) -> tuple[FileSeen, Login | None]:
    """Return the file of the saved login and when the login ends. Its tokens are not kept."""
    seen, data = read(world, OriginKind.CREDENTIALS, config_dir(world) / ".credentials.json")
    if data is None:
        return seen, None
    try:
        content = json.loads(data).get("claudeAiOauth")
        if not isinstance(content, dict) or not content.get("accessToken"):
            return seen, None
        expires = content.get("expiresAt")
    except (ValueError, AttributeError, RecursionError):
        return seen, None
    moment = None
    if isinstance(expires, int | float) and not isinstance(expires, bool) and 0 <= expires < _LATEST:
        moment = expires / 1000
    return seen, Login(seen.origin, moment)
