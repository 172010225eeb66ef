"""Commands for the user's own shell do there what they say, and never hold a secret."""

from __future__ import annotations

import subprocess

import pytest

from tests.lab.daemons import find
from tui.core.repair import shell_commands
from tui.core.secret import Secret

SHELLS = ("bash", "zsh", "fish", "dash")
SHOW = "; /usr/bin/printenv NAME OTHER"


def run(shell: str, script: str, typed: str = "", **environ: str) -> list[str]:
    """What a program that is started afterwards gets of NAME and OTHER."""
    options = {"zsh": ["-f"], "fish": ["--no-config"]}.get(shell, [])
    command = [find(shell, shell), *options, "-c", script]
    environ = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "dumb", **environ}
    ended = subprocess.run(command, input=typed, env=environ, capture_output=True, text=True, check=False)
    return ended.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_give_drop_and_copy(shell: str) -> None:
    value = "a 'b' $c \"d\" \\e"
    assert run(shell, shell_commands.give(shell, "linux", "NAME", value) + SHOW) == [value]
    assert run(shell, shell_commands.drop(shell, "linux", "NAME") + SHOW, NAME="x") == []
    assert run(shell, shell_commands.copy(shell, "linux", "NAME", "OTHER") + SHOW, NAME="x y") == ["x y", "x y"]


@pytest.mark.parametrize("shell", SHELLS)
def test_secret_is_asked_for(shell: str) -> None:
    command = shell_commands.give(shell, "linux", "NAME", Secret("sk-ant-api03-canary"))
    assert "canary" not in command
    assert shell_commands.asks(command)
    assert run(shell, command + SHOW, typed="sk-ant-api03-canary\n") == ["sk-ant-api03-canary"]


def test_value_that_no_command_line_holds_is_asked_for() -> None:
    assert shell_commands.asks(shell_commands.give("bash", "linux", "NAME", "a\0b"))


def test_powershell() -> None:
    assert shell_commands.give("", "win32", "NAME", "it's") == "$env:NAME = 'it''s'"
    assert shell_commands.give("pwsh", "linux", "NAME", Secret("x")) == "$env:NAME = Read-Host"
    assert shell_commands.drop("bash", "win32", "NAME") == "Remove-Item Env:NAME"
    assert shell_commands.copy("pwsh", "linux", "NAME", "OTHER") == "$env:OTHER = $env:NAME"
