"""One configuration: what a user has set where. Addresses of the doubles are filled in when it is tried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.oracle.clients import RealClient

ORIGINS = ("one", "two", "three", "four", "five", "six")
"""Servers that a base URL may mean: ``@one@`` is the URL of the first, ``@one.port@`` its port."""
PROXIES = ("proxy", "other")
"""HTTP proxies: ``@proxy@`` is the URL, ``@proxy.port@`` the port."""
SETTINGS = {
    "managed": "/etc/claude-code/managed-settings.json",
    "local": "project/.claude/settings.local.json",
    "project": "project/.claude/settings.json",
    "user": ".claude/settings.json",
}
"""The places of settings files, as :meth:`tests.session.machine.Machine.write` takes them."""
STATE = ".claude.json"


@dataclass(frozen=True, slots=True)
class Configuration:
    """``files`` maps a path to text, or to what becomes JSON; ``dotenv`` makes an SDK program load ``.env``."""

    client: RealClient
    name: str
    environ: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, object] = field(default_factory=dict)
    dotenv: bool = False

    @property
    def id(self) -> str:
        """Its name among all configurations."""
        return f"{self.client.spelled}: {self.name}"

    def shown(self) -> str:
        """The configuration for people. Its values are all made up."""
        lines = [f"{name}={value!r}" for name, value in self.environ.items()]
        for path, content in self.files.items():
            lines.append(f"{path}: {content if isinstance(content, str) else json.dumps(content)}")
        return "\n".join([*lines, "the program loads .env"] if self.dotenv else lines) or "nothing"


def fill(text: str, addresses: Mapping[str, str]) -> str:
    """Put the addresses in."""
    for name, address in addresses.items():
        text = text.replace(f"@{name}@", address)
    return text
