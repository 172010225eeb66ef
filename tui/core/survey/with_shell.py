"""The survey with the user's shell really started: only where the user allowed it."""

from __future__ import annotations

from tui.core.known import Knowledge
from tui.core.request import Request
from tui.core.survey import Survey, survey
from tui.core.survey.startup.really import start
from tui.core.world import World


async def survey_with_shell(request: Request, world: World, known: Knowledge) -> Survey:
    """Read every place, start the shell as a new terminal does, and judge again by what it really gave."""
    found = survey(request, world, known)
    ran = await start(world, found.places.startup.starts, found.places.session_environ)
    return survey(request, world, known, ran)
