"""The network as probes see it: names become addresses, addresses become channels. Detours are applied here."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from dataclasses import dataclass, field

from tui.core.probe.channel import SocketChannel, connect
from tui.core.probe.failures import error_of
from tui.core.request import Detour
from tui.core.seen import Attempt, Error

Address = tuple[int, tuple[object, ...]]


def _text(address: tuple[object, ...]) -> str:
    return str(address[0])


async def _getaddrinfo(host: str, port: int) -> list[Address]:
    """Resolve in a daemon thread: a resolver that hangs must not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[Address]] = loop.create_future()

    def settle(result: list[Address] | OSError) -> None:
        if future.cancelled():
            return
        if isinstance(result, OSError):
            future.set_exception(result)
        else:
            future.set_result(result)

    def work() -> None:
        answer: list[Address] | OSError
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer = list(dict.fromkeys((info[0], tuple(info[4])) for info in infos))
        except OSError as error:
            answer = error
        except UnicodeError as error:
            answer = socket.gaierror(socket.EAI_NONAME, str(error))
        try:
            loop.call_soon_threadsafe(settle, answer)
        except RuntimeError:
            pass  # the loop has ended meanwhile; nobody waits for the answer

    threading.Thread(target=work, daemon=True, name=f"resolve {host}").start()
    return await future


@dataclass
class Network:
    """Real sockets. One instance lives for one run and remembers its look-ups."""

    detours: tuple[Detour, ...] = ()
    _lookups: dict[tuple[str, int], asyncio.Future[list[Address]]] = field(default_factory=dict)

    def detour(self, host: str, port: int) -> tuple[str, int]:
        """Where a connection to ``host:port`` really goes."""
        for detour in self.detours:
            if detour.host in ("", host) and detour.port in (0, port):
                return detour.to_host or host, detour.to_port or port
        return host, port

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Return the addresses of a host, as the system gives them. Raises socket.gaierror."""
        host, port = self.detour(host, port)
        key = (host, port)
        if key not in self._lookups:
            self._lookups[key] = asyncio.ensure_future(_getaddrinfo(host, port))
        return await asyncio.shield(self._lookups[key])

    def close(self) -> None:
        """Wait for no look-up any longer; a resolver that hangs would keep its task beyond the run."""
        for lookup in self._lookups.values():
            lookup.cancel()

    async def attempt(self, address: Address, mss: int = 0, limit: float = 4.0) -> tuple[Attempt, SocketChannel | None]:
        """Try one address for at most ``limit`` seconds; never raises OSError."""
        start = time.monotonic()
        channel, error = None, None
        try:
            async with asyncio.timeout(limit):
                channel = await connect(address[0], address[1], mss)
        except OSError as problem:  # TimeoutError is one
            error = error_of(problem)
        return Attempt(_text(address[1]), (time.monotonic() - start) * 1000, error), channel

    async def open(self, host: str, port: int, mss: int = 0, limit: float = 4.0) -> SocketChannel:
        """Connect to the first address that accepts; all are tried at once. Raises OSError or socket.gaierror."""
        addresses = await self.resolve(host, port)
        pending = {asyncio.ensure_future(self.attempt(a, mss, limit)) for a in addresses}
        errors: list[Error] = []
        try:
            while pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                channels = [task.result() for task in done]
                winner = next((channel for _, channel in channels if channel), None)
                for attempt, channel in channels:
                    if channel and channel is not winner:
                        channel.close()
                    if attempt.error:
                        errors.append(attempt.error)
                if winner:
                    return winner
        finally:
            for task in pending:
                task.cancel()
                task.add_done_callback(_close_late)
        raise ConnectFailed(errors[-1] if errors else Error.NO_ADDRESS)


def _close_late(task: asyncio.Future[tuple[Attempt, SocketChannel | None]]) -> None:
    if not task.cancelled() and not task.exception():
        channel = task.result()[1]
        if channel:
            channel.close()


class ConnectFailed(OSError):
    """No address accepted; ``error`` says how the last one failed."""

    def __init__(self, error: Error) -> None:
        super().__init__(str(error))
        self.error = error
