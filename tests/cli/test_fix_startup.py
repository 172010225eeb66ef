"""``fix`` where the value stands in a start-up file: a minimal diff, and the shell then really has the new value."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.program import GATEWAY, cli, detour, onboarded
from tests.lab.canary import Canary
from tests.lab.daemons import find
from tests.lab.double import ApiDouble

BAD, GOOD = f"http://{GATEWAY}/v1", f"http://{GATEWAY}"
ASK = 'printf %s "$ANTHROPIC_BASE_URL"'


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell, the file that it reads, the line in it, and how it is started as a terminal does."""

    program: str
    file: str
    line: str
    options: tuple[str, ...] = ("-i",)


SHELLS = [
    Shell("bash", ".bashrc", "export ANTHROPIC_BASE_URL='{url}'   # work, ask ops"),
    Shell("bash", ".profile", 'ANTHROPIC_BASE_URL="{url}"; export ANTHROPIC_BASE_URL # work', ("-l",)),
    Shell("zsh", ".zshrc", "typeset -gx ANTHROPIC_BASE_URL={url} # work"),
    Shell("fish", ".config/fish/config.fish", "set -gx ANTHROPIC_BASE_URL {url} # work", ("-i",)),
    Shell("dash", ".profile", "export ANTHROPIC_BASE_URL={url} # work", ("-l",)),
]


@pytest.fixture(params=SHELLS, ids=lambda shell: f"{shell.program}-{shell.file.rpartition('/')[2]}")
def shell(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A home with one such file in it."""
    found: Shell = request.param
    program = find(found.program, found.program)
    monkeypatch.setenv("SHELL", program)
    onboarded(home)
    path = home / found.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# mine\n{found.line.format(url=BAD)}\nalias ll='ls -l'\n")
    return found


async def value_in(shell: Shell, home: Path, script: str = ASK, inherited: str = "") -> str:
    """What the real shell has, and with ``inherited`` one that has read its files long ago."""
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "dumb"}
    options = shell.options
    if inherited:
        environ |= {"HOME": "/nonexistent", "ANTHROPIC_BASE_URL": inherited}
        options = ()
    program = await asyncio.create_subprocess_exec(
        shell.program,
        *options,
        "-c",
        script,
        env=environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    out, _ = await program.communicate()
    return out.decode()


async def test_line_is_mended_where_it_stands(shell: Shell, home: Path, canary: Canary) -> None:
    """In a new terminal: one line changes, its comment and quotes stay, and ``undo`` brings it back."""
    assert await value_in(shell, home) == BAD
    before = (home / shell.file).read_bytes()
    (home / ".env-key").write_text(canary.api_key)
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"env": {"ANTHROPIC_API_KEY": canary.api_key}}))
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        ended = await cli("fix", *detour(api), "--yes", "--context", "new-terminal", "--format", "json")
    canary.assert_clean(ended.out + ended.err)
    assert (ended.code, ended.json["verdict"]) == (0, "healthy"), ended.err
    assert (home / shell.file).read_bytes() == before.replace(BAD.encode(), GOOD.encode())
    assert await value_in(shell, home) == GOOD
    assert (await cli("undo")).code == 0
    assert (home / shell.file).read_bytes() == before


async def test_this_terminal_is_told_what_to_run(shell: Shell, home: Path, canary: Canary) -> None:
    """In this terminal: the file is mended, the proof is made as a new terminal would have it, and a line is shown."""
    env = {"ANTHROPIC_BASE_URL": BAD, "ANTHROPIC_API_KEY": canary.api_key}
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        ended = await cli("fix", *detour(api), "--yes", "--format", "json", env=env)
    canary.assert_clean(ended.out + ended.err)
    assert (ended.code, ended.json["verdict"]) == (0, "healthy"), ended.err
    assert GOOD in (home / shell.file).read_text()
    assert BAD not in (home / shell.file).read_text()
    assert "This terminal still has the old value" in ended.err
    command = ended.err.split("or run here:\n  ")[1].split("\n")[0]
    assert await value_in(shell, home, f"{command}; {ASK}", BAD) == GOOD


async def test_missing_export_is_added(home: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/bash")
    onboarded(home)
    (home / ".bashrc").write_text(f"ANTHROPIC_API_KEY={canary.api_key}  # console\n")
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        words = ("--yes", "--client", "python-sdk", "--format", "json")
        ended = await cli("fix", *detour(api), *words, env={"ANTHROPIC_BASE_URL": GOOD})
    canary.assert_clean(ended.out + ended.err)
    assert (ended.code, [c["code"] for c in ended.json["changes"]]) == (0, ["cfg-env-not-exported"]), ended.err
    assert (home / ".bashrc").read_text() == f"export ANTHROPIC_API_KEY={canary.api_key}  # console\n"


async def test_a_refused_remedy_leaves_the_way_to_the_next(home: Path, canary: Canary) -> None:
    """A line in a block that a tool manages is not touched, and nothing is lost."""
    (home / ".bashrc").write_text(
        f"# >>> corp initialize >>>\nexport ANTHROPIC_BASE_URL={BAD}\n# <<< corp initialize <<<\n"
    )
    onboarded(home)
    before = (home / ".bashrc").read_bytes()
    env = {"SHELL": "/bin/bash", "ANTHROPIC_BASE_URL": BAD, "ANTHROPIC_API_KEY": canary.api_key}
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        ended = await cli("fix", *detour(api), "--yes", "--format", "json", env=env)
    assert ended.code == 1
    assert (home / ".bashrc").read_bytes() == before
    assert "corp" in ended.err
