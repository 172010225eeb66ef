"""A home in which every kind of place sets something: the one that every real machine slowly becomes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.lab.daemons import find
from tests.session.machine import Machine
from tui.core.world import World

TMUX = {"CLAUDE_CODE_MAX_RETRIES": "3", "ANTHROPIC_BASE_URL": "https://tmux.test"}
USER = {"ANTHROPIC_BASE_URL": "https://win-user.test", "HTTPS_PROXY": "http://user.test:1"}
MACHINE = {"ANTHROPIC_BASE_URL": "https://win-machine.test", "NO_PROXY": "machine"}

BASH = {
    ".bash_profile": "[ -f ~/.profile ] && . ~/.profile\nexport ANTHROPIC_BASE_URL=https://login.test\n",
    ".profile": (
        'if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then\n  . "$HOME/.bashrc"\nfi\nexport NO_PROXY=profile\n'
    ),
    ".bash_login": "export ANTHROPIC_MODEL=never\n",
    ".bashrc": (
        "case $- in\n  *i*) ;;\n  *) return ;;\nesac\n"
        '[ -r ~/.secrets ] && . ~/.secrets\neval "$(direnv hook bash)"\nexport ANTHROPIC_BASE_URL=https://rc.test\n'
        'for f in ~/.bashrc.d/*.sh; do . "$f"; done\nset -a; . ~/.work.env; set +a\n'
    ),
    ".secrets": "export ANTHROPIC_API_KEY=sk-ant-api03-shell\n",
    ".bashrc.d/10-proxy.sh": "export HTTPS_PROXY=http://rc.test:3128\n",
    ".bashrc.d/20-timeout.sh": "if false; then export API_TIMEOUT_MS=1; else export API_TIMEOUT_MS=2000; fi\n",
    ".work.env": "ANTHROPIC_MODEL=claude-work\n",
}
ZSH = {
    ".zshenv": "export ZDOTDIR=$HOME/.zsh\n",
    ".zshrc": "export ANTHROPIC_MODEL=not-read\n",
    ".zsh/.zprofile": "export NO_PROXY=zprofile ANTHROPIC_BASE_URL=https://zprofile.test\n",
    ".zsh/.zshrc": (
        "setopt extendedglob\n. ~/.secrets\nfor f (~/.bashrc.d/*.sh) . $f\n"
        "[[ -o interactive ]] && export ANTHROPIC_BASE_URL=https://zrc.test\n"
        "() { export ANTHROPIC_MODEL=claude-z }\n"
    ),
    ".zsh/.zlogin": "export ANTHROPIC_SMALL_FAST_MODEL=zlogin\n",
}
FISH = {
    ".config/fish/conf.d/10-secrets.fish": "set -gx ANTHROPIC_API_KEY sk-ant-api03-shell\n",
    ".config/fish/conf.d/20-url.fish": "set -q ANTHROPIC_MODEL; or set -gx ANTHROPIC_MODEL claude-f\n",
    ".config/fish/config.fish": (
        "if status is-interactive\n  set -gx ANTHROPIC_BASE_URL https://fish.test\nend\n"
        "set -l hosts a b\nset -gx NO_PROXY fish\nfunction later\n  set -gx HTTPS_PROXY no\nend\n"
    ),
    ".config/fish/fish_variables": "# VERSION: 3.0\nSETUVAR --export HTTPS_PROXY:http\\x3a//universal\\x2etest\\x3a1\n",
}
PROJECT: dict[str, object] = {
    "project/.envrc": "export CLAUDE_CODE_MAX_OUTPUT_TOKENS=1024\ndotenv .env.direnv\n",
    "project/.env.direnv": "MAX_THINKING_TOKENS=2048\n",
    "project/.env": "ANTHROPIC_BASE_URL=https://dotenv.test\nANTHROPIC_AUTH_TOKEN=dotenv-token\n",
    "project/.env.local": "ANTHROPIC_BASE_URL=https://local.test\n",
    "project/.env.production": "ANTHROPIC_BASE_URL=https://production.test\n",
    "project/compose.env": "ANTHROPIC_MODEL=claude-compose\n",
    "project/compose.yaml": (
        "services:\n  app:\n    env_file:\n      - compose.env\n    environment:\n      - ANTHROPIC_BASE_URL=https://compose.test\n"
    ),
    "project/.devcontainer/devcontainer.json": {"containerEnv": {"ANTHROPIC_BASE_URL": "https://devcontainer.test"}},
    "project/.vscode/settings.json": {"terminal.integrated.env.linux": {"HTTP_PROXY": "http://vscode.test:1"}},
    "project/.idea/workspace.xml": (
        '<project>\n<component name="TerminalProjectNonSharedOptionsProvider">\n'
        '<env key="ANTHROPIC_BASE_URL" value="https://jetbrains.test"/>\n</component>\n</project>\n'
    ),
    "project/.claude/settings.json": {"env": {"DISABLE_TELEMETRY": "1", "API_TIMEOUT_MS": "7000"}},
    "project/.claude/settings.local.json": {"env": {"API_TIMEOUT_MS": "8000"}},
}
HOME: dict[str, object] = {
    ".config/environment.d/10-gateway.conf": "ANTHROPIC_BASE_URL=https://envd.test\nCLAUDE_CODE_EFFORT_LEVEL=envd\n",
    ".config/systemd/user.conf": "[Manager]\nDefaultEnvironment=CLAUDE_CODE_SUBAGENT_MODEL=systemd\n",
    ".config/Code/User/settings.json": {
        "claudeCode.environmentVariables": [
            {"name": "ANTHROPIC_LOG", "value": "debug"},
            {"name": "NO_PROXY", "value": "vs"},
        ]
    },
    ".config/Cursor/User/settings.json": {"terminal.integrated.env.linux": {"ANTHROPIC_MODEL": "claude-cursor"}},
    ".config/anthropic/configs/default.json": {"base_url": "https://profile.test"},
    ".claude/settings.json": {"env": {"DISABLE_ERROR_REPORTING": "1", "API_TIMEOUT_MS": "9000"}},
    ".claude.json": {"hasCompletedOnboarding": True, "env": {"DISABLE_AUTOUPDATER": "1"}},
    "Library/LaunchAgents/env.plist": (
        '<?xml version="1.0"?>\n<plist version="1.0"><dict><key>ProgramArguments</key><array>\n'
        "<string>sh</string><string>-c</string>\n"
        "<string>launchctl setenv ANTHROPIC_BASE_URL https://launchd.test</string>\n</array></dict></plist>\n"
    ),
    "Documents/PowerShell/profile.ps1": "$env:ANTHROPIC_MODEL = 'claude-ps'\n",
}
SYSTEM: dict[str, object] = {
    "/etc/environment": 'CLAUDE_CODE_EFFORT_LEVEL=etc\nAWS_REGION="eu-west-1"\n',
    "/etc/claude-code/managed-settings.json": {"env": {"CLAUDE_CODE_CERT_STORE": "system"}},
    "/mnt/c/Users/dev/.claude/settings.json": {"env": {"ANTHROPIC_MODEL": "claude-windows"}},
}
FILES: Mapping[str, object] = {**BASH, **ZSH, **FISH, **PROJECT, **HOME, **SYSTEM}
PATHS = {"bash": "/bin/bash", "zsh": "/usr/bin/zsh", "fish": "/usr/bin/fish"}


def build(folder: Path, **environ: str) -> Machine:
    """The home of somebody whose terminal was opened long ago."""
    here = {"LANG": "C.UTF-8", "ANTHROPIC_BASE_URL": "https://old.test", "ANTHROPIC_API_KEY": "sk-ant-api03-old"}
    machine = Machine(folder, {**here, **environ})
    for path, content in FILES.items():
        machine.write(path, content)
    envrc = machine.project / ".envrc"
    allowed = hashlib.sha256(os.fsencode(envrc) + b"\n" + envrc.read_bytes()).hexdigest()
    machine.write(f".local/share/direnv/allow/{allowed}", f"{envrc}\n")
    return machine


def world(machine: Machine, platform: str = "linux") -> World:
    """The machine with its tmux server and its registry."""
    return replace(
        machine.world,
        platform=platform,
        tmux=lambda: TMUX,
        registry=lambda of_machine: MACHINE if of_machine else USER,
    )


def shell(name: str) -> str:
    """The path of a shell; the test is skipped, or fails in CI, where it is missing."""
    return find(name, name)
