"""The inherited environment: what this terminal gives to a client started in it."""

from __future__ import annotations

from tui.core.known import Knowledge
from tui.core.model import Origin, OriginKind, Setting
from tui.core.secret import Secret, has_user
from tui.core.world import World

HERE = Origin(OriginKind.ENVIRONMENT)


def setting(known: Knowledge, name: str, value: str, origin: Origin) -> Setting:
    """Make a setting; values of secret names are wrapped, and so is a URL with a user in it."""
    return Setting(name, Secret(value) if known.is_secret(name) or has_user(value) else value, origin)


def read(world: World, known: Knowledge) -> list[Setting]:
    """Return the variables of the environment that any client reads."""
    return [setting(known, name, value, HERE) for name, value in world.environ.items() if name in known.variables]
