"""tmux: new panes get what the server stored when it was started, not what start-up files said since."""

from __future__ import annotations

from tui.core.known import Knowledge
from tui.core.model import Origin, OriginKind, Setting
from tui.core.survey.environment import setting
from tui.core.world import World

HERE = Origin(OriginKind.TMUX)


def survey(world: World, known: Knowledge) -> tuple[list[Setting], dict[str, str]]:
    """Return the stored settings that matter, and all stored variables; nothing outside of tmux."""
    if not world.environ.get("TMUX"):
        return [], {}
    stored = dict(world.tmux())
    return [setting(known, name, value, HERE) for name, value in stored.items() if name in known.variables], stored
