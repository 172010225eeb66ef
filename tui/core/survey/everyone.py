"""Who wins, for every client in every context: the table behind ``unsnarl settings`` and the settings screen."""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.known import Knowledge
from tui.core.model import Client, ClientName, Context, Resolution
from tui.core.request import Request
from tui.core.survey import Survey, decide


def who_wins(
    found: Survey, known: Knowledge, request: Request
) -> dict[tuple[Client, Context], Mapping[str, Resolution]]:
    """The answers for every client, each in every context; the chosen client comes first."""
    others = [Client(name, version) for name, version in installed_or_newest(found, known).items()]
    clients = [found.client, *(c for c in others if c.name is not found.client.name)]
    return {
        (client, context): decide(client, context, found.places, known, request.dotenv)
        for client in clients
        for context in Context
    }


def installed_or_newest(found: Survey, known: Knowledge) -> dict[ClientName, str]:
    """The version of each client that is on disk, else the newest that is known."""
    here = {one.name: one.version for one in reversed(found.installed)}
    return {name: here.get(name, known.newest[name]) for name in ClientName}
