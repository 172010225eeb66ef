"""Which product answers at the base URL, by what only it says (pure). The table is ``knowledge/gateways.toml``."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.known import Gateway
from tui.core.seen import HttpSeen


def identify(table: Iterable[Gateway], answers: Iterable[HttpSeen]) -> tuple[str, str] | None:
    """Return the product's name and what gave it away, or None. Headers tell more than bodies, so they lead."""
    table, answers = tuple(table), tuple(answers)
    for read in (_own_header, _server, _words):
        for gateway in table:
            for answer in answers:
                sign = read(gateway, answer)
                if sign:
                    return gateway.name, sign
    return None


def _own_header(gateway: Gateway, answer: HttpSeen) -> str:
    return f"the header {gateway.header}" if gateway.header and answer.header(gateway.header) else ""


def _server(gateway: Gateway, answer: HttpSeen) -> str:
    server = answer.header("server")
    return f"Server: {server}" if gateway.server and gateway.server.search(server) else ""


def _words(gateway: Gateway, answer: HttpSeen) -> str:
    return "the words of its answer" if gateway.body and gateway.body.search(answer.body) else ""
