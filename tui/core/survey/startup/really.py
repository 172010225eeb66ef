"""Starting the user's shell for real, to learn what a new terminal gets. Done only where the user allowed it.

The recipe survives start-up files that print, hang, replace ``env``, leave children behind, or end the shell: a session
and a descriptor of its own, an end mark, a deadline, a size limit, and the end of the whole process group
(config-editing.md §4.4). What comes back is kept in memory only.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tui.core.survey.startup.ran import Ran
from tui.core.survey.startup.tables import Start, session_of
from tui.core.world import World

LIMIT = 4 << 20
"""Bytes that are read at most."""
DEADLINE = 5.0
"""Seconds; a shell that takes longer makes its user wait too."""
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_OWN = {"PATH": _PATH, "DISABLE_AUTO_UPDATE": "true", "ZSH_TMUX_AUTOSTART": "false", "UNSNARL": "1"}
_END = b"UNSNARL-END=1\0"


def command(world: World, starts: Sequence[Start], descriptor: int) -> list[str]:
    """The command that starts the shell as a new terminal does, and prints its environment to a descriptor."""
    shell = world.environ.get("SHELL") or starts[-1].shell
    to = f">/dev/fd/{descriptor}"  # dash takes no descriptor above 9 behind >&
    dump = f"/usr/bin/env -0 {to} && /usr/bin/printf 'UNSNARL-END=1\\0' {to}"
    if len(starts) == 1:
        options = [flag for flag, on in (("-l", starts[0].login), ("-i", starts[0].interactive)) if on]
        return [shell, *options, "-c", dump]
    return [shell, "-l", "-c", 'exec "$0" -i -c "$1"', shell, dump]


def shown(world: World, starts: Sequence[Start]) -> str:
    """The command as it is told to the user before they agree."""
    words = command(world, starts, 3)
    return f"{words[0]} {' '.join(w for w in words[1:] if w.startswith('-'))} …env -0"


def refusal(world: World) -> str:
    """Say why the shell must not be started, or nothing."""
    if sys.platform == "win32":
        return "on Windows no start-up file sets what new programs get"
    try:
        owner = world.home.stat().st_uid
    except OSError:
        return "the home folder is not there"
    if owner != os.geteuid():
        return "the home folder belongs to somebody else, whose files are not run"
    shell = world.environ.get("SHELL", "")
    return "" if shutil.which(shell) else f"{shell or 'the shell'} is not there"


async def start(world: World, starts: Sequence[Start], session: Mapping[str, str], deadline: float = DEADLINE) -> Ran:
    """Start the shell and return what a program in it gets. Never raises for what the start-up files do."""
    problem = refusal(world)
    if problem or sys.platform == "win32":
        return Ran(problem=problem)
    environ = {"TERM": "dumb", **session_of(world), **session, **_OWN, "HOME": str(world.home)}
    loop = asyncio.get_running_loop()
    begun = loop.time()
    reading, writing = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *command(world, starts, writing),
            env=environ,
            cwd=world.home,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(writing,),
        )
    except OSError as error:
        os.close(reading)
        return Ran(problem=f"the shell cannot be started: {error.strerror}")
    finally:
        os.close(writing)
    try:
        data, problem = await _read(reading, deadline)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    seconds = loop.time() - begun
    return Ran(None if problem else _parse(data), problem, seconds)


async def _read(descriptor: int, deadline: float) -> tuple[bytes, str]:
    """Read until the end mark; else say what happened instead."""
    stream = asyncio.StreamReader(limit=LIMIT)
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), pipe
    )
    data = b""
    try:
        async with asyncio.timeout(deadline):
            while not data.endswith(b"\0" + _END):
                more = await stream.read(1 << 16)
                data += more
                if not more:
                    return b"", "a start-up file ended the shell, or put another program in its place"
                if len(data) > LIMIT:
                    return b"", f"the shell printed more than {LIMIT >> 20} MiB"
    except TimeoutError:
        return b"", f"the shell was not ready after {deadline:g} seconds"
    finally:
        transport.close()
    return data.removesuffix(_END), ""


def _parse(data: bytes) -> dict[str, str]:
    pairs = (item.decode("utf-8", "surrogateescape").partition("=") for item in data.split(b"\0") if item)
    return {name: value for name, _, value in pairs if name not in _OWN or name == "PATH"}
