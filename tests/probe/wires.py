"""One question to the lab: a wire over a made-up world, with a limit that tests can wait for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TypeVar, cast

from tests.lab.server import LOOPBACK
from tests.session.machine import KNOWN, Machine, to
from tui.core.ask import Ask, AskHttp, Message, Stage
from tui.core.model import Credential, Header, Proxy, Trust
from tui.core.probe.network import Network
from tui.core.probe.runner import put
from tui.core.probe.trust import TrustStore
from tui.core.probe.wire import Wire
from tui.core.request import Detour
from tui.core.secret import Redactor, Secret
from tui.core.seen import Observation
from tui.core.url import Url

S = TypeVar("S")
HOST = "api.anthropic.com"
KEY = "sk-ant-lab-good"
PATIENCE = 8.0
"""Seconds after which a test gives up on a probe that should have ended by itself."""


def wire(folder: Path, *, port: int = 0, limit: float = 2.0, roots: tuple[Path, ...] = (), secrets: str = "") -> Wire:
    """A wire whose connections to the API go to ``port``; ``roots`` is what the operating system trusts."""
    machine = Machine(folder)
    if roots:
        machine.trust(*roots)
    detours: tuple[Detour, ...] = (to(port, HOST, 0),) if port else ()
    redactor = Redactor([Secret(secrets)] if secrets else [])
    return Wire(machine.world, Network(detours), TrustStore(machine.world), redactor, limit)


async def ask(question: Ask[S], over: Wire) -> S:
    """Put a question; fail where the probe does not end by itself."""
    async with asyncio.timeout(PATIENCE):
        return cast("S", await put(cast("Ask[Observation]", question), over))


def via(port: int, scheme: str = "http", user: str = "", password: str | None = None) -> Proxy:
    """A proxy of the lab."""
    return Proxy(scheme, LOOPBACK, port, user, None if password is None else Secret(password), "HTTPS_PROXY")


def get(port: int, path: str = "/api/hello", *, key: str = "", proxy: Proxy | None = None, **more: object) -> AskHttp:
    """A plain GET to a server of the lab."""
    sent = (Credential("ANTHROPIC_API_KEY", Secret(key), Header.API_KEY),) if key else ()
    url = cast("Url", more.pop("url", Url("http", LOOPBACK, port)))
    return AskHttp("GET", url, path, proxy, credentials=sent, **more)  # type: ignore[arg-type]


def post(port: int, *, stream: bool = False, padding: int = 0, url: Url | None = None) -> AskHttp:
    """A message to a server of the lab."""
    return AskHttp(
        "POST",
        url or Url("http", LOOPBACK, port),
        "/v1/messages?beta=true",
        credentials=(Credential("ANTHROPIC_API_KEY", Secret(KEY), Header.API_KEY),),
        headers=(("anthropic-version", "2023-06-01"),),
        message=Message(KNOWN.default_model, stream=stream, padding=padding, max_tokens=64),
        purpose=Stage.STREAM if stream else Stage.MESSAGE,
    )


STORE = Trust(os_store=True, bundled=False)
"""Only what the operating system trusts."""
