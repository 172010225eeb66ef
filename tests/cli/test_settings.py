"""``settings``: every place that sets a value, and who gets which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import cli, onboarded
from tests.lab.canary import Canary
from tests.lab.daemons import find

GATEWAY = "https://gw.corp.test"
BASHRC = f"""# mine
ANTHROPIC_MODEL=opus
export ANTHROPIC_BASE_URL={GATEWAY}   # work
export HTTPS_PROXY=$(cat ~/proxy)
"""


@pytest.fixture
def bash(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose shell is bash, with three lines that matter."""
    monkeypatch.setenv("SHELL", "/bin/bash")
    (home / ".bashrc").write_text(BASHRC)
    (home / "proxy").write_text("http://127.0.0.1:3128\n")
    return home


async def test_settings(home: Path, project: Path, canary: Canary) -> None:
    onboarded(home)
    (home / ".claude").mkdir()
    (home / ".claude/settings.json").write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "https://winner.test"}}))
    env = {"ANTHROPIC_BASE_URL": "https://loser.test", "ANTHROPIC_API_KEY": canary.api_key}
    ended = await cli("settings", env=env)
    assert ended.code == 0
    assert "\n* 1  https://winner.test  ~/.claude/settings.json line 1\n" in ended.out
    assert "\n  2  https://loser.test   the environment of this terminal\n" in ended.out
    assert "     Python SDK 2.12.0      terminal 2, new terminal –, editor –, CI –\n" in ended.out
    assert "user settings over the inherited environment" in ended.out
    canary.assert_clean(ended.out + ended.err)
    found = (await cli("settings", "--json", "ANTHROPIC_BASE_URL", env=env)).json["settings"]
    assert [(s["value"], s["wins"]) for s in found] == [("https://winner.test", True), ("https://loser.test", False)]
    assert found[1]["shadowed_by"] == {
        "kind": "claude-settings",
        "path": "~/.claude/settings.json",
        "line": 1,
        "column": 32,
    }
    shown = await cli("settings", "--reveal", "--json", "ANTHROPIC_API_KEY", env=env)
    assert [s["value"] for s in shown.json["settings"]] == [canary.api_key]
    assert (await cli("settings", "NOT_A_NAME", env=env)).out == "NOT_A_NAME\n     nothing sets it\n"


async def test_settings_of_one_file_lists_all_its_names(project: Path, canary: Canary) -> None:
    (project / ".env").write_text(f"MINE=1\nMY_TOKEN={canary.auth_token}\nANTHROPIC_MODEL=m\n")
    ended = await cli("settings", "--file", ".env", "--json")
    assert {s["name"]: s["origin"]["line"] for s in ended.json["settings"]} == {
        "MINE": 1,
        "MY_TOKEN": 2,
        "ANTHROPIC_MODEL": 3,
    }
    canary.assert_clean(ended.out)
    (project / "s.json").write_text(json.dumps({"env": {"MINE": "1", "MY_TOKEN": canary.auth_token}, "model": "m"}))
    ended = await cli("settings", "--file", "s.json", "--json")
    assert {s["name"] for s in ended.json["settings"]} == {"MINE", "MY_TOKEN", "model"}
    canary.assert_clean(ended.out)
    revealed = await cli("settings", "--file", "s.json", "--json", "--reveal", "MY_TOKEN")
    assert revealed.json["settings"][0]["value"] == canary.auth_token
    gone = await cli("settings", "--file", "gone.env")
    assert "does not exist" in gone.err


async def places(*words: str) -> dict[str, dict[str, object]]:
    """The names that ``settings`` lists, each with its first place."""
    listed = (await cli("settings", "--json", *words)).json["settings"]
    return {one["name"]: one for one in reversed(listed)}


async def test_a_new_terminal_gets_what_its_start_up_files_say(bash: Path) -> None:
    here = await places("--client", "python-sdk")
    assert (here["ANTHROPIC_BASE_URL"]["wins"], here["ANTHROPIC_BASE_URL"]["value"]) == (False, GATEWAY)
    new = await places("--client", "python-sdk", "--context", "new-terminal")
    assert new["ANTHROPIC_BASE_URL"]["wins"]
    assert new["ANTHROPIC_BASE_URL"]["origin"] == {
        "kind": "shell-startup",
        "path": "~/.bashrc",
        "line": 3,
        "column": 8,
    }
    assert new["ANTHROPIC_MODEL"]["standing"] == "it is not exported, so no program gets it"
    assert (new["HTTPS_PROXY"]["wins"], new["HTTPS_PROXY"]["standing"]) == (
        False,
        "its value is computed when the shell starts",
    )


async def test_the_real_shell_is_started_only_where_that_is_allowed(bash: Path) -> None:
    with (bash / ".bashrc").open("a") as file:
        file.write("touch ~/ran\n")
    await cli("settings", "--context", "new-terminal")
    assert not (bash / "ran").exists()
    found = await places("--client", "python-sdk", "--context", "new-terminal", "--exec-shell", "--reveal")
    assert (bash / "ran").exists()
    assert (found["HTTPS_PROXY"]["wins"], found["HTTPS_PROXY"]["value"]) == (True, "http://127.0.0.1:3128")
    assert found["HTTPS_PROXY"]["origin"] == {"kind": "shell-startup", "path": "~/.bashrc", "line": 4, "column": 8}


async def test_winners_as_commands(bash: Path, canary: Canary) -> None:
    env = {"ANTHROPIC_BASE_URL": "https://gw.test/it's", "ANTHROPIC_API_KEY": canary.api_key, "NO_PROXY": "a,b"}
    words = ("settings", "--client", "python-sdk", "--export")
    ended = await cli(*words, "sh", env=env)
    canary.assert_clean(ended.out)
    assert sorted(ended.out.splitlines()) == [
        "# ANTHROPIC_API_KEY is a secret: say --reveal to have it written out",
        'export ANTHROPIC_BASE_URL="https://gw.test/it\'s"',
        "export NO_PROXY=a,b",
    ]
    assert "set -gx NO_PROXY a,b" in (await cli(*words, "fish", env=env)).out
    assert "$env:NO_PROXY = 'a,b'" in (await cli(*words, "powershell", env=env)).out
    assert canary.api_key in (await cli(*words, "sh", "--reveal", env=env)).out


async def test_a_shell_takes_what_is_printed_for_it(bash: Path) -> None:
    import subprocess

    value = "a 'b' \"c\" $d `e` \\f !g"
    ended = await cli("settings", "--client", "python-sdk", "--export", "sh", env={"ANTHROPIC_LOG": value})
    script = ended.out + 'printf %s "$ANTHROPIC_LOG"'
    assert (
        subprocess.run([find("bash", "bash"), "-c", script], capture_output=True, check=True).stdout.decode() == value
    )


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (".zshrc", "export A=1 B=$HOME/x\n", {"A": "1", "B": "{home}/x"}),
        ("config.fish", "set -gx A 'x y'\nset -e B\n", {"A": "x y"}),
        ("profile.ps1", "$env:A = 'x''y'\n", {"A": "x'y"}),
        (".envrc", "export A=1\n", {"A": "1"}),
        ("environment.d/9.conf", "A=1\nB=${{A}}2\n", {"A": "1", "B": "12"}),
        ("s.json", '{{"env": {{"A": "1"}}, "model": "m"}}', {"A": "1", "model": "m"}),
    ],
)
async def test_one_file_of_every_notation(
    name: str, text: str, found: dict[str, str], project: Path, home: Path
) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(text.replace("{{", "{").replace("}}", "}"))
    listed = (await cli("settings", "--file", name, "--json", "--reveal")).json["settings"]
    assert {one["name"]: one["value"] for one in listed} == {k: v.format(home=home) for k, v in found.items()}
    assert {one["origin"]["path"] for one in listed} == {f"~/project/{name}"}
