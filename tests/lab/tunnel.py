"""Bytes both ways between two connections, cut where a test says so."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from tests.lab.server import LOOPBACK, Reader, Writer, finish, reset

Routes = dict[str, tuple[str, int]]
"""``host:port``, or ``host`` for any port, or ``*`` for all → where the lab really dials."""


def destination(asked: str, routes: Routes) -> tuple[str, int] | None:
    """Where a proxy dials for ``asked`` (host:port); None where the lab knows no such place.

    Loopback is reachable as it is; nothing else is, so that no test can leave the machine.
    """
    host, _, port = asked.rpartition(":")
    host = host.strip("[]")
    for name in (asked, host, "*"):
        if name in routes:
            return routes[name]
    if host in ("localhost", LOOPBACK) and port.isdigit():
        return LOOPBACK, int(port)
    return None


async def dial(place: tuple[str, int] | None) -> tuple[Reader, Writer] | None:
    """Connect to ``place``; None where that fails."""
    if place is None:
        return None
    try:
        return await asyncio.open_connection(*place)
    except OSError:
        return None


async def pump(
    near: tuple[Reader, Writer], far: tuple[Reader, Writer], idle: float | None = None, limit: int | None = None
) -> None:
    """Relay until one side ends. ``idle`` cuts after so many quiet seconds, ``limit`` resets after so many bytes."""
    quiet = asyncio.Event()
    loop = asyncio.get_running_loop()
    timer: list[asyncio.TimerHandle] = []

    def seen() -> None:
        if idle is not None:
            if timer:
                timer.pop().cancel()
            timer.append(loop.call_later(idle, quiet.set))

    async def one_way(reader: Reader, writer: Writer, allowance: int | None) -> None:
        while data := await reader.read(65536):
            seen()
            writer.write(data)
            await writer.drain()
            if allowance is not None and (allowance := allowance - len(data)) <= 0:
                reset(writer)
                return
        finish(writer)

    seen()
    ways = [asyncio.create_task(one_way(near[0], far[1], None)), asyncio.create_task(one_way(far[0], near[1], limit))]
    watch = asyncio.create_task(quiet.wait())
    try:
        pending: set[asyncio.Task[None] | asyncio.Task[bool]] = {*ways, watch}
        while len(pending) > 1 and watch in pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() is not None for task in done) or near[1].is_closing():
                break
    finally:
        for handle in timer:
            handle.cancel()
        with suppress(OSError):
            far[1].close()  # before anything is awaited: the server itself may be ending
        for task in (*ways, watch):
            task.cancel()
        await asyncio.gather(*ways, watch, return_exceptions=True)
