"""A machine with servers around it, for whole sessions: what is configured, what answers, and who heard a secret."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.faults import Fault, Held
from tests.lab.proxies import Proxy
from tests.lab.server import Server
from tests.session.machine import Machine, run, to
from tui.core.events import RunFinished
from tui.core.request import Detour
from tui.core.session import Session

API, GATEWAY, PLATFORM = "api.anthropic.com", "gw.corp.test", "platform.claude.com"
T = TypeVar("T", bound=Server | Held)


class Scene:
    """Use it as an async context manager: the servers end with it.

    The machine has been through the first-run check, trusts the public root only, and sets the canary key. ``hears``
    are the servers to which the configuration sends the key; any other that gets it fails :meth:`check`.
    """

    def __init__(self, folder: Path, pki: Pki, canary: Canary) -> None:
        self.machine = Machine(folder, {"ANTHROPIC_API_KEY": canary.api_key})
        self.machine.onboarded()
        self.machine.trust(pki.public.root)
        self.pki, self.canary = pki, canary
        self.detours: list[Detour] = []
        self.options: dict[str, Any] = {}
        self.hears: list[Server] = []
        self.servers: list[Server] = []
        self.session: Session | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @property
    def environ(self) -> dict[str, str]:
        """The inherited environment."""
        return self.machine.environ

    async def start(self, server: T) -> T:
        """Start a server; it ends with the scene."""
        await self._stack.enter_async_context(server)
        if isinstance(server, Server):
            self.servers.append(server)
        return server

    def lead(self, host: str, port: int, asked: int = 0) -> None:
        """Connections to a host go to a port of the lab."""
        self.detours.append(to(port, host, asked))

    async def api(self, mode: str = "ok", leaf: str = "good", **how: Any) -> ApiDouble:
        """The first-party host."""
        made = await self.start(ApiDouble(mode, tls=self.pki.server_context(leaf), key=self.canary.api_key, **how))
        self.lead(API, made.port)
        self.hears.append(made)
        return made

    async def gateway(self, mode: str = "ok", identity: str = "plain", *, leaf: str = "", **how: Any) -> ApiDouble:
        """A company's gateway at the base URL; ``leaf`` turns TLS on."""
        tls = self.pki.server_context(leaf) if leaf else None
        made = await self.start(ApiDouble(mode, identity, tls=tls, **{"key": self.canary.api_key} | how))
        self.at(made, tls=bool(leaf))
        return made

    def at(self, server: Server, path: str = "", *, tls: bool = False) -> None:
        """The base URL leads to a server of the lab, under the name of the company's gateway."""
        self.lead(GATEWAY, server.port)
        self.hears.append(server)
        self.environ["ANTHROPIC_BASE_URL"] = f"{'https' if tls else 'http'}://{GATEWAY}{path}"

    async def fault(self, mode: str, argument: int = 40, host: str = API) -> Fault:
        """Trouble below HTTP in place of a host."""
        made = await self.start(Fault(mode, argument))
        self.lead(host, made.port)
        self.hears.append(made)
        return made

    async def proxy(self, mode: str = "relay", **how: Any) -> Proxy:
        """A proxy in force."""
        made = await self.start(Proxy(mode, **how))
        self.environ["HTTPS_PROXY"] = made.url
        return made

    async def run(self, client: str = "claude-code@2.1.330", **options: Any) -> RunFinished:
        """Run one session and check that no secret went astray."""
        made = {"detours": tuple(self.detours), "timeout": 2.0, **self.options, **options}
        self.session = self.machine.session(client, **made)
        finished = await run(self.session)
        self.check()
        return finished

    def check(self) -> None:
        """No server but the configured ones heard a secret, and no output shows one."""
        for server in self.servers:
            if server not in self.hears:
                heard = [getattr(server, name, []) for name in ("requests", "asked", "strangers", "greetings")]
                self.canary.assert_clean(repr(heard))
        assert self.session is not None
        assert self.session.facts is not None
        outputs = [self.session.export(form) for form in ("text", "markdown", "json", "jsonl")]
        outputs.append(repr(self.session.events))
        outputs.append(repr(self.session.facts))
        self.canary.assert_clean("\n".join(outputs))
