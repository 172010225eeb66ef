"""apiKeyHelper: a command of the user's settings that prints a key. Run only on request."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.facts import Helper
from tui.core.secret import Secret
from tui.core.world import World

if TYPE_CHECKING:
    import asyncio

_LONGEST = 16384
"""Bytes of the longest key that Claude Code takes from a helper."""
_PROGRAM = re.compile(r"""\s*(?:"([^"$`\\]+)"|'([^']+)'|([^\s"'$`\\|&;<>()*?{}=]+))(?=\s|$)""")
_SHELL = {126: "its command may not be executed", 127: "its command was not found"}


def look(command: str, world: World) -> Helper | None:
    """Say what can be told without running it: whether the program is there, where its path is written out."""
    found = _PROGRAM.match(command)
    written = next((word for word in found.groups() if word), "") if found else ""
    path = world.home / written[2:] if written.startswith("~/") and found and found[3] else Path(written)
    if world.platform == "win32" or not path.is_absolute():
        return None
    program = f"its program {world.shown(path)}"
    try:
        if path.is_file():
            return None if os.access(path, os.X_OK) else Helper(problem=f"{program} is not executable")
        return Helper(problem=f"{program} {'is not a file' if path.exists() else 'does not exist'}")
    except (OSError, ValueError):
        return Helper(problem=f"{program} cannot be looked at")


async def run_helper(command: str, world: World, limit: float) -> Helper:
    """Run the command as Claude Code does (``sh -c``). Of what it printed only a key is kept, and nothing of its
    complaints: they may hold secrets too. ``limit`` is seconds."""
    import asyncio  # only here: listing the settings runs nothing

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
        return Helper(problem=f"it did not end within {limit:g} s", ran=True, sure=False)
    finally:
        if not ended:
            _end(process)
            while await process.stdout.read(1 << 16):
                pass  # or the pipe keeps the process in the table
            await process.wait()
    problem = _problem(output, process.returncode or 0)
    return Helper(problem=problem, ran=True) if problem else Helper(Secret(_text(output)), ran=True)


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def _problem(output: bytes, code: int) -> str:
    """Say what is wrong with what the command printed and with how it ended."""
    text = _text(output)
    if len(output) > _LONGEST:
        return f"it prints more than {_LONGEST} characters"
    if code:
        return _SHELL.get(code) or (f"it ends with exit code {code}" if code > 0 else f"it is ended by signal {-code}")
    if not text:
        return "it prints nothing"
    if len(text.split()) > 1:
        return "it prints more than a key"
    return "" if text.isprintable() else "it prints characters that cannot be part of a key"


def _end(process: asyncio.subprocess.Process) -> None:
    """End the command with whatever it started: a child that lives on would hold our end of the pipe open."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
