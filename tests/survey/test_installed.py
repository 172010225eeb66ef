"""Clients on disk: which version, where it was read, and which of several is the one in use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.model import ClientName
from tui.core.request import Request
from tui.core.survey import clients, installed
from tui.core.world import World

PACKAGE = "@anthropic-ai/claude-code"


def found(machine: Machine) -> list[tuple[str, str, str, str]]:
    """Everything that is found, as text."""
    return [(i.name, i.version, i.shown, i.how) for i in installed.survey(machine.world, machine.project)]


def link(machine: Machine, path: str, target: Path) -> None:
    """Make a symbolic link below the home."""
    file = machine.home / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.symlink_to(target)


def package(machine: Machine, folder: str, version: str, name: str = PACKAGE) -> Path:
    """Write the package.json of an npm package below the home."""
    return machine.write(f"{folder}/package.json", {"name": name, "version": version})


def test_nothing_is_found_on_an_empty_machine(tmp_path: Path) -> None:
    assert found(Machine(tmp_path, {"PATH": "/usr/bin:/bin"})) == []


def test_native_installation_is_found_without_path(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    program = machine.write(".local/share/claude/versions/2.1.286", "ELF")
    link(machine, ".local/bin/claude", program)
    assert found(machine) == [("claude-code", "2.1.286", "~/.local/bin/claude", "native")]


def test_program_of_a_package_manager_that_names_its_folder_by_version(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    link(machine, "bin/claude", machine.write("Caskroom/claude-code/2.1.290/claude", "Mach-O"))
    machine.environ["PATH"] = str(machine.home / "bin")
    assert found(machine) == [("claude-code", "2.1.290", "~/bin/claude", "native")]


def test_npm_installation_is_found_behind_its_link(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    folder = f".nvm/versions/node/v22.3.0/lib/node_modules/{PACKAGE}"
    package(machine, folder, "2.1.112")
    link(machine, ".nvm/versions/node/v22.3.0/bin/claude", machine.write(f"{folder}/cli.js", ""))
    machine.environ["PATH"] = str(machine.home / ".nvm/versions/node/v22.3.0/bin")
    assert found(machine) == [("claude-code", "2.1.112", f"~/{folder}/package.json", "npm")]


def test_npm_installation_on_windows_is_found_beside_its_script(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("npm/claude.cmd", "@node cli.js")
    package(machine, f"npm/node_modules/{PACKAGE}", "2.1.300")
    world = World(
        {"PATH": f"C:\\Windows;{machine.home}/npm"}, machine.home, machine.state, machine.root, "win32", lambda: 0.0
    )
    assert [i.version for i in installed.survey(world, machine.project)] == ["2.1.300"]


def test_first_on_path_is_the_one_in_use_and_the_others_are_kept(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    link(machine, ".local/bin/claude", machine.write(".local/share/claude/versions/2.1.300", "ELF"))
    folder = f"npm/lib/node_modules/{PACKAGE}"
    package(machine, folder, "2.0.77")
    link(machine, "npm/bin/claude", machine.write(f"{folder}/cli.js", ""))
    package(machine, f".claude/local/node_modules/{PACKAGE}", "1.0.128")
    machine.environ["PATH"] = f"{machine.home}/npm/bin:{machine.home}/.local/bin"
    assert [(version, how) for _, version, _, how in found(machine)] == [
        ("2.0.77", "npm"),
        ("2.1.300", "native"),
        ("1.0.128", "local"),
    ]


@pytest.mark.parametrize("lib", ["lib/python3.12/site-packages", "lib64/python3.9/site-packages", "Lib/site-packages"])
@pytest.mark.parametrize("venv", [".venv", "venv"])
def test_python_sdk_of_the_project(venv: str, lib: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(f"project/{venv}/{lib}/anthropic-0.75.0.dist-info/METADATA", "")
    machine.write(f"project/{venv}/{lib}/anthropic_extra-9.9.dist-info/METADATA", "")
    machine.write(f"project/{venv}/{lib}/httpx-0.28.1.dist-info/METADATA", "")
    (sdk,) = installed.survey(machine.world, machine.project)
    assert (sdk.name, sdk.version, sdk.beside) == (ClientName.PYTHON_SDK, "0.75.0", (("httpx", "0.28.1"),))
    assert sdk.shown == f"~/project/{venv}/{lib}/anthropic-0.75.0.dist-info"


def test_the_project_comes_before_the_active_environment(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.venv/lib/python3.12/site-packages/anthropic-2.3.0.dist-info/METADATA", "")
    machine.write("work/lib/python3.11/site-packages/anthropic-0.40.0rc1.dist-info/METADATA", "")
    machine.environ["VIRTUAL_ENV"] = str(machine.home / "work")
    assert [version for _, version, _, _ in found(machine)] == ["2.3.0", "0.40.0"]
    assert found(machine)[1][2].endswith("anthropic-0.40.0rc1.dist-info")


def test_of_left_overs_in_one_environment_the_newest_counts(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    for version in ("0.9.0", "0.75.0"):
        machine.write(f"project/.venv/lib/python3.12/site-packages/anthropic-{version}.dist-info/METADATA", "")
    assert [version for _, version, _, _ in found(machine)] == ["0.75.0"]


def test_typescript_sdk_of_the_project_and_above(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    package(machine, "node_modules/@anthropic-ai/sdk", "0.70.0", "@anthropic-ai/sdk")
    assert [version for _, version, _, _ in found(machine)] == ["0.70.0"]
    package(machine, "project/node_modules/@anthropic-ai/sdk", "1.12.0", "@anthropic-ai/sdk")
    assert [version for _, version, _, _ in found(machine)] == ["1.12.0", "0.70.0"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "[[" * 5000,
        '{"name": "other", "version": "1.0.0"}',
        '{"name": "@anthropic-ai/sdk", "version": 1}',
    ],
)
def test_what_is_no_package_of_ours_gives_no_version(content: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/node_modules/@anthropic-ai/sdk/package.json", content)
    assert found(machine) == []


def test_what_a_project_only_asks_for_is_not_installed(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/requirements.txt", "anthropic==0.40.0\n")
    machine.write("project/package-lock.json", {"packages": {"node_modules/@anthropic-ai/sdk": {"version": "0.70.0"}}})
    machine.write("project/package.json", {"dependencies": {"@anthropic-ai/sdk": "0.70.0"}})
    assert found(machine) == []


def test_broken_and_circular_links_are_passed_over(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    link(machine, "a/claude", machine.home / "b/claude")
    link(machine, "b/claude", machine.home / "a/claude")
    link(machine, ".local/bin/claude", machine.home / ".local/share/claude/versions/2.1.1")
    machine.environ["PATH"] = os.pathsep.join(str(machine.home / folder) for folder in "ab")
    assert found(machine) == []


@pytest.mark.parametrize(
    ("client", "version", "expected"),
    [
        (ClientName.CLAUDE_CODE, "", ("2.1.200", "~/.local/bin/claude")),
        (ClientName.CLAUDE_CODE, "1.0.5", ("1.0.5", "--client")),
        (None, "", ("2.1.200", "~/.local/bin/claude")),
        (ClientName.TYPESCRIPT_SDK, "", (KNOWN.newest["typescript-sdk"], "")),
    ],
)
def test_the_version_in_use(client: ClientName | None, version: str, expected: tuple[str, str], tmp_path: Path) -> None:
    """What is asked for comes first, then what is found, then what is assumed."""
    machine = Machine(tmp_path)
    link(machine, ".local/bin/claude", machine.write(".local/share/claude/versions/2.1.200", "ELF"))
    request = Request(str(machine.project), client, version)
    chosen = clients.choose(request, machine.world, KNOWN, installed.survey(machine.world, machine.project))
    assert (chosen.version, chosen.found) == expected
