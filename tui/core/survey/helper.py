"""apiKeyHelper: a command of the user's settings that prints a key. Run only on request."""

from __future__ import annotations

import asyncio

from tui.core.secret import Secret
from tui.core.world import World


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
    try:
        async with asyncio.timeout(limit):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    text = output[:16384].decode("utf-8", "replace").strip()
    return Secret(text) if process.returncode == 0 and text and "\n" not in text else None
