"""The program as a person starts it: its own process, a made-up home, pipes for streams."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.lab.double import ApiDouble

GATEWAY = "gw.corp.test"
PATIENCE = 30.0
"""Seconds after which a program that does not end is a failure."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


async def cli(
    *words: str, stdin: str | bytes = b"", env: Mapping[str, str] = MappingProxyType({}), cwd: Path | None = None
) -> Ended:
    """Run ``unsnarl`` with these words; no terminal anywhere."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        "-m",
        "tui",
        *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **env},
        cwd=cwd,
    )
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate(stdin.encode() if isinstance(stdin, str) else stdin)
    assert process.returncode is not None
    assert b"Traceback" not in err, err.decode()
    return Ended(process.returncode, out.decode(), err.decode())


def onboarded(home: Path) -> None:
    """Claude Code has been started here before."""
    (home / ".claude.json").write_text('{"hasCompletedOnboarding": true}')


def detour(api: ApiDouble, host: str = GATEWAY) -> tuple[str, ...]:
    """The options that lead a host to the double, and nowhere else."""
    return ("--connect-to", f"{host}::127.0.0.1:{api.port}", "--no-canary", "--timeout", "3")


def at_gateway(key: str, path: str = "") -> dict[str, str]:
    """An environment for the company's gateway."""
    return {"ANTHROPIC_BASE_URL": f"http://{GATEWAY}{path}", "ANTHROPIC_API_KEY": key}
