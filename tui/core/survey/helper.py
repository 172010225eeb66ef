"""apiKeyHelper: a command of the user's settings that prints a key. Run only on request."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress

from tui.core.secret import Secret
from tui.core.world import World

_LONGEST = 16384
"""Bytes of the longest key that Claude Code takes from a helper."""


async def run_helper(command: str, world: World, limit: float) -> Secret | None:
    """Run the command as Claude Code does (``sh -c``) and return what it printed, or None if it failed."""
    process = await asyncio.create_subprocess_shell(
        command,
        env=dict(world.environ),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout is not None
    output, ended = b"", False
    try:
        async with asyncio.timeout(limit):
            while len(output) <= _LONGEST and (more := await process.stdout.read(_LONGEST)):
                output += more
            ended = len(output) <= _LONGEST and await process.wait() == 0
    except TimeoutError:
        return None
    finally:
        if not ended:
            _end(process)
            while await process.stdout.read(1 << 16):
                pass  # or the pipe keeps the process in the table
            await process.wait()
    text = output.decode("utf-8", "replace").strip()
    return Secret(text) if ended and text and "\n" not in text else None


def _end(process: asyncio.subprocess.Process) -> None:
    """End the command with whatever it started: a child that lives on would hold our end of the pipe open."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
