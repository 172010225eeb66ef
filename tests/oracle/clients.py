"""The real clients at exact versions: how to install each, and how to make it send one message."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tui.core.model import ClientName

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".oracle"
PATH = "/usr/local/bin:/usr/bin:/bin"
PROMPT = "hi"
SDK_MODEL = "claude-haiku-5-5"
_DOTENV = "python-dotenv==1.2.4"
_NODE_DOTENV = "dotenv@17.2.3"

_PYTHON = f"""
import sys
if "dotenv" in sys.argv:
    from dotenv import find_dotenv, load_dotenv
    load_dotenv(find_dotenv(usecwd=True))
from anthropic import Anthropic
ask = [{{"role": "user", "content": "{PROMPT}"}}]
Anthropic(max_retries=0).messages.create(model="{SDK_MODEL}", max_tokens=8, messages=ask)
"""
_NODE = f"""
if (process.argv.includes("dotenv")) require("dotenv").config({{ quiet: true }});
const {{ Anthropic }} = require("@anthropic-ai/sdk");
const ask = [{{ role: "user", content: "{PROMPT}" }}];
(async () => new Anthropic({{ maxRetries: 0 }}).messages.create(
    {{ model: "{SDK_MODEL}", max_tokens: 8, messages: ask }}
))();
"""


@dataclass(frozen=True, slots=True)
class RealClient:
    """One client at one version, as it stands in the cache."""

    name: ClientName
    version: str

    @property
    def spelled(self) -> str:
        """As on unsnarl's command line: ``claude-code@2.1.330``."""
        return f"{self.name}@{self.version}"

    @property
    def folder(self) -> Path:
        """Where it is installed."""
        return CACHE / self.spelled.replace("@", "-")

    @property
    def _native(self) -> bool:
        """Claude Code is one executable since 2.1.113, a Node program before."""
        return self.name is ClientName.CLAUDE_CODE and tuple(map(int, self.version.split("."))) >= (2, 1, 113)

    def install(self) -> None:
        """Install it, unless it is there. Raises CalledProcessError where the registry or the network fails."""
        stamp = self.folder / "installed"
        if stamp.exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.name is ClientName.PYTHON_SDK:
            _run(sys.executable, "-m", "venv", os.fspath(self.folder))
            pip = (os.fspath(self.folder / "bin/python"), "-m", "pip", "install", "--quiet")
            limits = ("--disable-pip-version-check", "--constraint", os.fspath(ROOT / "tests/constraints.txt"))
            _run(*pip, *limits, f"anthropic=={self.version}", _DOTENV)
        else:
            npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix")
            _run(*npm, os.fspath(self.folder), *self._packages())
        stamp.touch()

    def _packages(self) -> Sequence[str]:
        if self.name is ClientName.TYPESCRIPT_SDK:
            return (f"@anthropic-ai/sdk@{self.version}", _NODE_DOTENV)
        return (f"@anthropic-ai/{self._program().parts[1]}@{self.version}",)

    def _program(self) -> Path:
        """The program of Claude Code, below ``node_modules``."""
        if self._native:
            machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
            return Path("@anthropic-ai", f"claude-code-linux-{machine}", "claude")
        return Path("@anthropic-ai/claude-code/cli.js")

    def command(self, dotenv: bool) -> tuple[str, ...]:
        """The command that sends one message; ``dotenv`` makes an SDK program load the project's .env first."""
        words = ("dotenv",) if dotenv else ()
        if self.name is ClientName.PYTHON_SDK:
            return (os.fspath(self.folder / "bin/python"), "-c", _PYTHON, *words)
        node = shutil.which("node", path=PATH) or "node"
        if self.name is ClientName.TYPESCRIPT_SDK:
            return (node, "-e", _NODE, *words)
        program = os.fspath(self.folder / "node_modules" / self._program())
        return (*(() if self._native else (node,)), program, "-p", PROMPT)

    def environ(self) -> dict[str, str]:
        """Variables that only make it quick and quiet."""
        if self.name is ClientName.TYPESCRIPT_SDK:
            return {"NODE_PATH": os.fspath(self.folder / "node_modules")}
        if self.name is ClientName.PYTHON_SDK:
            return {}
        return {
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "CLAUDE_CODE_MAX_RETRIES": "0",
            "DISABLE_AUTOUPDATER": "1",
        }


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


CLAUDE_NEW = RealClient(ClientName.CLAUDE_CODE, "2.1.330")
CLAUDE_OLD = RealClient(ClientName.CLAUDE_CODE, "2.0.77")
PYTHONS = tuple(RealClient(ClientName.PYTHON_SDK, v) for v in ("0.75.0", "0.120.0", "1.0.0", "2.12.0"))
NODES = tuple(RealClient(ClientName.TYPESCRIPT_SDK, v) for v in ("0.70.0", "1.12.0"))
ALL = (CLAUDE_NEW, CLAUDE_OLD, *PYTHONS, *NODES)


def install_all() -> None:
    """Install what is missing, a few at a time."""
    missing = [client for client in ALL if not (client.folder / "installed").exists()]
    if missing:
        print(f"Installing {', '.join(client.spelled for client in missing)} into {CACHE} …", file=sys.stderr)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(RealClient.install, missing))
