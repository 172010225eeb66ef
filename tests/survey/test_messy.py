"""One messy home, read for every shell and every way to start a client; the real shells agree."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tests.survey import messy
from tui.core.model import Context
from tui.core.survey import Survey, survey
from tui.core.survey.startup import really
from tui.core.survey.startup.tables import Start

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = {
    "AWS_REGION": "/etc/environment line 2",
    "CLAUDE_CODE_EFFORT_LEVEL": "~/.config/environment.d/10-gateway.conf line 2",
    "CLAUDE_CODE_SUBAGENT_MODEL": "~/.config/systemd/user.conf line 2",
}
CLAUDE = {
    "API_TIMEOUT_MS": "~/project/.claude/settings.local.json line 3",
    "CLAUDE_CODE_CERT_STORE": "/etc/claude-code/managed-settings.json line 3",
    "DISABLE_AUTOUPDATER": "~/.claude.json line 4",
    "DISABLE_ERROR_REPORTING": "~/.claude/settings.json line 3",
    "DISABLE_TELEMETRY": "~/project/.claude/settings.json line 3",
}
MANAGED_ELSEWHERE = {name: place for name, place in CLAUDE.items() if name != "CLAUDE_CODE_CERT_STORE"}
DIRENV = {
    "CLAUDE_CODE_MAX_OUTPUT_TOKENS": "~/project/.envrc line 1",
    "MAX_THINKING_TOKENS": "~/project/.env.direnv line 1",
}
BASH = {
    "ANTHROPIC_API_KEY": "~/.secrets line 1",
    "ANTHROPIC_BASE_URL": "~/.bashrc line 7",
    "ANTHROPIC_MODEL": "~/.work.env line 1",
    "HTTPS_PROXY": "~/.bashrc.d/10-proxy.sh line 1",
    "NO_PROXY": "~/.profile line 4",
}
ZSH = {
    "ANTHROPIC_API_KEY": "~/.secrets line 1",
    "ANTHROPIC_BASE_URL": "~/.zsh/.zshrc line 4",
    "ANTHROPIC_MODEL": "~/.zsh/.zshrc line 5",
    "ANTHROPIC_SMALL_FAST_MODEL": "~/.zsh/.zlogin line 1",
    "HTTPS_PROXY": "~/.bashrc.d/10-proxy.sh line 1",
    "NO_PROXY": "~/.zsh/.zprofile line 1",
}
FISH = {
    "ANTHROPIC_API_KEY": "~/.config/fish/conf.d/10-secrets.fish line 1",
    "ANTHROPIC_BASE_URL": "~/.config/fish/config.fish line 2",
    "ANTHROPIC_MODEL": "~/.config/fish/conf.d/20-url.fish line 1",
    "HTTPS_PROXY": "~/.config/fish/fish_variables line 2",
    "NO_PROXY": "~/.config/fish/config.fish line 5",
}
REMOTE, TMUX = {"SSH_CONNECTION": "::1 1 ::1 22"}, {"TMUX": "/tmp/tmux,1,0"}
NEW = {
    "bash": ("bash", {}, SYSTEM | CLAUDE | DIRENV | BASH),
    "bash over SSH": (
        "bash",
        REMOTE,
        SYSTEM | CLAUDE | DIRENV | BASH | {"ANTHROPIC_BASE_URL": "~/.bash_profile line 2"},
    ),
    "zsh": ("zsh", {}, SYSTEM | CLAUDE | ZSH),
    "zsh in tmux": ("zsh", TMUX, SYSTEM | CLAUDE | ZSH | {"CLAUDE_CODE_MAX_RETRIES": "tmux"}),
    "fish": ("fish", {}, SYSTEM | CLAUDE | FISH),
    "fish over SSH": ("fish", REMOTE, SYSTEM | CLAUDE | FISH),
}
HERE = "the environment of this terminal"
OTHERS = {
    Context.TERMINAL: CLAUDE | {"ANTHROPIC_API_KEY": HERE, "ANTHROPIC_BASE_URL": HERE},
    Context.EDITOR: SYSTEM
    | CLAUDE
    | {
        "ANTHROPIC_BASE_URL": "~/.config/environment.d/10-gateway.conf line 1",
        "ANTHROPIC_LOG": "~/.config/Code/User/settings.json line 4",
        "NO_PROXY": "~/.config/Code/User/settings.json line 8",
    },
    Context.CI: {
        "API_TIMEOUT_MS": "~/project/.claude/settings.json line 4",
        "CLAUDE_CODE_CERT_STORE": CLAUDE["CLAUDE_CODE_CERT_STORE"],
        "DISABLE_TELEMETRY": CLAUDE["DISABLE_TELEMETRY"],
    },
}


def read(machine: Machine, platform: str = "linux", client: str = "claude-code@2.1.330") -> Survey:
    """What is configured there."""
    return survey(machine.request(client), messy.world(machine, platform), KNOWN)


def winners(found: Survey, context: Context, machine: Machine) -> Mapping[str, str]:
    """The place that decides, for every name that has a value."""
    decided = {n: r.winner for n, r in found.contexts[context].items()}
    return {n: str(s.origin).removeprefix(str(machine.root)) for n, s in decided.items() if s is not None}


@pytest.mark.parametrize("case", NEW)
def test_a_new_terminal(case: str, tmp_path: Path) -> None:
    shell, environ, expected = NEW[case]
    machine = messy.build(tmp_path, SHELL=messy.PATHS[shell], **environ)
    assert winners(read(machine), Context.NEW_TERMINAL, machine) == expected


@pytest.mark.parametrize("case", NEW)
def test_the_real_shell_agrees(case: str, tmp_path: Path) -> None:
    shell, environ, _ = NEW[case]
    machine = messy.build(tmp_path, SHELL=messy.shell(shell), **environ)
    places = read(machine).places
    ran = asyncio.run(really.start(messy.world(machine), places.startup.starts, places.session_environ, 20.0))
    assert ran.environ is not None, ran.problem
    given = {name: text for name, text in ran.environ.items() if name in KNOWN.variables}
    said = {name: v.text for name, v in places.startup.variables.items() if name in KNOWN.variables}
    assert given == said
    assert not places.startup.doubts


@pytest.mark.parametrize("context", OTHERS)
def test_other_ways_to_start(context: Context, tmp_path: Path) -> None:
    machine = messy.build(tmp_path, SHELL="/bin/bash")
    assert winners(read(machine), context, machine) == OTHERS[context]


def test_macos(tmp_path: Path) -> None:
    machine = messy.build(tmp_path)  # no SHELL: that of macOS is zsh
    found = read(machine, "darwin")
    assert found.places.startup.starts == (Start("zsh", login=True, interactive=True),)
    assert winners(found, Context.NEW_TERMINAL, machine) == MANAGED_ELSEWHERE | ZSH
    launched = {"ANTHROPIC_BASE_URL": "~/Library/LaunchAgents/env.plist"}
    assert winners(found, Context.EDITOR, machine) == MANAGED_ELSEWHERE | launched


def test_windows(tmp_path: Path) -> None:
    machine = messy.build(tmp_path)
    registry = {"ANTHROPIC_BASE_URL": "windows-user", "HTTPS_PROXY": "windows-user", "NO_PROXY": "windows-machine"}
    found = read(machine, "win32")
    assert winners(found, Context.EDITOR, machine) == MANAGED_ELSEWHERE | registry
    profile = {"ANTHROPIC_MODEL": "~/Documents/PowerShell/profile.ps1 line 1"}
    assert winners(found, Context.NEW_TERMINAL, machine) == MANAGED_ELSEWHERE | registry | profile


def test_every_place_is_found(tmp_path: Path) -> None:
    machine = messy.build(tmp_path, SHELL="/bin/bash", WSL_DISTRO_NAME="Debian")
    found = {f"{s.name} {str(s.origin).removeprefix(str(machine.root))}" for s in read(machine).settings}
    assert found >= {
        "ANTHROPIC_BASE_URL ~/project/compose.yaml line 6",
        "ANTHROPIC_MODEL ~/project/compose.env line 1",
        "ANTHROPIC_BASE_URL ~/project/.devcontainer/devcontainer.json line 3",
        "HTTP_PROXY ~/project/.vscode/settings.json line 3",
        "ANTHROPIC_MODEL ~/.config/Cursor/User/settings.json line 3",
        "ANTHROPIC_BASE_URL ~/project/.idea/workspace.xml line 3",
        "ANTHROPIC_BASE_URL ~/.config/anthropic/configs/default.json line 2",
        "ANTHROPIC_MODEL /mnt/c/Users/dev/.claude/settings.json line 3",
        "ANTHROPIC_BASE_URL ~/project/.env line 1",
        "ANTHROPIC_BASE_URL ~/.bash_profile line 2",
        "ANTHROPIC_MODEL ~/.bash_login line 1",
        "ANTHROPIC_MODEL ~/.zshrc line 1",
        "CLAUDE_CODE_EFFORT_LEVEL /etc/environment line 1",
        *(f"{name} {place}" for name, place in (SYSTEM | CLAUDE | DIRENV | BASH).items()),
    }


def test_the_command_says_the_same(tmp_path: Path) -> None:
    machine = messy.build(tmp_path)
    command = ["settings", "--json", "--context", "new-terminal", "--project", str(machine.project)]
    done = subprocess.run(
        [sys.executable, "-m", "tui", *command, "--client", "claude-code@2.1.330"],
        env={"HOME": str(machine.home), "SHELL": "/bin/bash", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        cwd=machine.project,
    )
    won = {
        s["name"]: f"{s['origin']['path']} line {s['origin']['line']}"
        for s in json.loads(done.stdout)["settings"]
        if s["wins"]
    }
    expected = {n: place for n, place in (SYSTEM | CLAUDE | DIRENV | BASH).items() if place.startswith("~")}
    assert {n: place for n, place in won.items() if place.startswith("~")} == expected
