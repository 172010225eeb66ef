"""Profile files of the SDKs: ``active_config``, ``configs/<name>.json``, ``credentials/<name>.json``.

Read by the Python SDK since 1.0 and the TypeScript SDK since 1.0, only where no key and no token is set; the profile's
``base_url`` counts where ANTHROPIC_BASE_URL is not set (read from anthropic 2.12.0).
"""

from __future__ import annotations

import json
from pathlib import Path

from tui.core.known import Knowledge
from tui.core.model import FileSeen, Login, Origin, OriginKind, Setting
from tui.core.repair.json_document import scan
from tui.core.survey.environment import setting
from tui.core.survey.reading import read
from tui.core.world import World

_FIELDS = {
    "base_url": "ANTHROPIC_BASE_URL",
    "organization_id": "ANTHROPIC_ORGANIZATION_ID",
    "workspace_id": "ANTHROPIC_WORKSPACE_ID",
}


def folder(world: World) -> Path:
    """Where the profiles are."""
    if world.environ.get("ANTHROPIC_CONFIG_DIR"):
        return Path(world.environ["ANTHROPIC_CONFIG_DIR"])
    if world.platform == "win32":
        return Path(world.environ.get("APPDATA") or world.home / "AppData" / "Roaming") / "Anthropic"
    return world.home / ".config" / "anthropic"


def survey(world: World, known: Knowledge) -> tuple[list[FileSeen], list[Setting], Login | None]:
    """Read the active profile; of its credentials only whether they exist and when they end."""
    place = folder(world)
    files: list[FileSeen] = []
    seen, data = read(world, OriginKind.PROFILE, place / "active_config")
    active = data.decode("utf-8", "replace").strip() if data else ""
    if data is not None:
        files.append(seen)
    name = world.environ.get("ANTHROPIC_PROFILE") or active or "default"
    if "/" in name or "\\" in name or name.startswith("."):
        return files, [], None
    seen, data = read(world, OriginKind.PROFILE, place / "configs" / f"{name}.json")
    settings: list[Setting] = []
    if data is not None:
        files.append(seen)
        document = scan(data.decode("utf-8", "replace"))
        for member in document.members:
            variable = _FIELDS.get(member.address[0]) if len(member.address) == 1 else None
            if variable and isinstance(member.value, str):
                where = document.position(member.value_start)
                origin = Origin(OriginKind.PROFILE, seen.path, seen.shown, *where, member.address)
                settings.append(setting(known, variable, member.value, origin))
    login_file, login = _login(world, place / "credentials" / f"{name}.json")
    return files + ([login_file] if login else []), settings, login


def _login(world: World, path: Path) -> tuple[FileSeen, Login | None]:
    seen, data = read(world, OriginKind.PROFILE, path)
    try:
        content = json.loads(data) if data else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not content.get("access_token"):
        return seen, None
    expires = content.get("expires_at")
    return seen, Login(seen.origin, float(expires) if isinstance(expires, int | float) else None)
