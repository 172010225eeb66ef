"""A client meets its configuration: files, environment, doubles, one message; and what was seen of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.lab.certificates import Pki
from tests.lab.proxies import Proxy, Socks5
from tests.lab.server import LOOPBACK
from tests.lab.wire import Headers, Request
from tests.oracle.clients import PATH
from tests.oracle.configuration import ORIGINS, PROXIES, Configuration, fill
from tests.oracle.doubles import Recorder, is_message
from tests.session.machine import Machine
from tui.core.url import Url, parse

LIMIT = 40.0
"""Seconds until a client that does not end is taken for silent. Every client has ended after 5."""
FIRST_PARTY = "api.anthropic.com"
NAMES = "gw.corp.test sub.gw.corp.test proxy.corp.test"
_MOUNTS = 'mount --bind "$0" /etc && exec "$@"'


@dataclass(frozen=True, slots=True)
class Seen:
    """What the message carried. ``base`` is scheme, host and port as the client named them, empty if nothing came."""

    base: str = ""
    target: str = ""
    via: str = ""
    proxy_authorization: str = ""
    headers: Headers = field(default_factory=Headers)
    model: str = ""
    output: str = ""
    """The end of what the client printed, and its exit status."""


@dataclass(frozen=True, slots=True)
class _Doubles:
    enough: asyncio.Event
    origins: Mapping[str, Recorder]
    proxies: Mapping[str, Proxy]
    socks: Socks5

    def seen(self, output: str) -> Seen:
        """What the client's message carried, whichever double it came to."""
        for double in self.origins.values():
            for request in filter(is_message, double.requests):
                url = parse(f"{double.scheme}://{request.headers.get('host', '')}")
                via, passed = self._way(url)
                return Seen(
                    base=url.origin,
                    target=request.target,
                    via=via,
                    proxy_authorization=passed.headers.get("proxy-authorization", "") if passed else "",
                    headers=request.headers,
                    model=str(json.loads(request.body)["model"]),
                    output=output,
                )
        return Seen(output=output)

    def _way(self, url: Url) -> tuple[str, Request | None]:
        """The proxy that was passed, with what it was asked; an empty name where none was."""
        for name, proxy in self.proxies.items():
            for request in proxy.asked:
                if _asks_for(request, url):
                    return name, request
        return ("socks" if f"{url.host}:{url.port}" in self.socks.asked else ""), None


@dataclass(frozen=True, slots=True)
class Encounter:
    """A client about to meet its configuration. ``proxies`` has the names of the proxies by port."""

    configuration: Configuration
    machine: Machine
    proxies: Mapping[int, str]
    _doubles: _Doubles

    async def run(self) -> Seen:
        """Let the client send its message."""
        return self._doubles.seen(await _run(self.configuration, self.machine, self._doubles.enough))


@asynccontextmanager
async def prepare(configuration: Configuration, folder: Path, pki: Pki, number: int) -> AsyncIterator[Encounter]:
    """Start the doubles and write the files. ``number`` gives it a first-party host of its own: many run at once."""
    own = f"127.1.{number // 250}.{number % 250 + 1}"
    async with AsyncExitStack() as stack:
        enough, tls = asyncio.Event(), pki.server_context()
        origins = {name: await stack.enter_async_context(Recorder(enough)) for name in ORIGINS}
        origins["secure"] = await stack.enter_async_context(Recorder(enough, tls=tls))
        origins["first party"] = await stack.enter_async_context(Recorder(enough, own, 443, tls))
        routes = {f"{FIRST_PARTY}:443": (own, 443)}
        for name in NAMES.split():
            routes |= {f"{name}:{double.port}": (LOOPBACK, double.port) for double in origins.values()}
        proxies = {name: await stack.enter_async_context(Proxy(routes=routes)) for name in PROXIES}
        socks = await stack.enter_async_context(Socks5())
        addresses = {name: f"{double.scheme}://{LOOPBACK}:{double.port}" for name, double in origins.items()}
        addresses |= {name: proxy.url for name, proxy in proxies.items()} | {"socks.port": str(socks.port)}
        addresses |= {f"{name}.port": str(double.port) for name, double in (origins | proxies).items()}
        machine = _machine(configuration, folder, addresses, pki, own)
        names = {proxy.port: name for name, proxy in proxies.items()} | {socks.port: "socks"}
        yield Encounter(configuration, machine, names, _Doubles(enough, origins, proxies, socks))


def _machine(configuration: Configuration, folder: Path, addresses: Mapping[str, str], pki: Pki, own: str) -> Machine:
    root = os.fspath(pki.public.root)
    environ = {name: fill(value, addresses) for name, value in configuration.environ.items()}
    fixed = {"PATH": PATH, "LANG": "C.UTF-8", "NODE_EXTRA_CA_CERTS": root, "SSL_CERT_FILE": root}
    machine = Machine(folder, fixed | configuration.client.environ() | environ)
    machine.environ["HOME"] = os.fspath(machine.home)
    machine.trust(pki.public.root)
    machine.write("/etc/hosts", f"{LOOPBACK} localhost {NAMES}\n{own} {FIRST_PARTY}\n")
    machine.write("/etc/nsswitch.conf", "hosts: files\n")
    machine.write("/etc/passwd", f"root:x:0:0:root:{machine.home}:/bin/sh\n")
    for path, content in configuration.files.items():
        text = content if isinstance(content, str) else json.dumps(content, indent=2)
        machine.write(path, fill(text, addresses))
    return machine


async def _run(configuration: Configuration, machine: Machine, enough: asyncio.Event) -> str:
    """Run the client until it ends or has sent its message; return the end of what it printed."""
    command = configuration.client.command(configuration.dotenv)
    log = machine.folder / "output"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *("unshare", "--mount", "sh", "-c", _MOUNTS, os.fspath(machine.root / "etc"), *command),
            env=machine.environ,
            cwd=machine.project,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        ends = [asyncio.create_task(process.wait()), asyncio.create_task(enough.wait())]
        try:
            done, _ = await asyncio.wait(ends, timeout=LIMIT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            ends[1].cancel()
            status = await ends[0]
    how = "sent its message" if enough.is_set() else f"exit {status}" if done else "neither ended nor sent anything"
    return f"{log.read_text(errors='replace')[-1200:].strip()}\n({how})"


def _asks_for(request: Request, url: Url) -> bool:
    """True if a request to a proxy leads there."""
    if request.method == "CONNECT":
        return request.target == f"{url.host}:{url.port}"
    asked = parse(request.target.partition("?")[0])
    return request.method == "POST" and asked.origin == url.origin
