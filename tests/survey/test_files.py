"""Files that are not what they should be: every outcome is data, with a sentence, and costs neither time nor memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.model import FileSeen, FileState, OriginKind
from tui.core.survey import claude_settings
from tui.core.survey.reading import read

USER = ".claude/settings.json"


def seen(machine: Machine, name: str, client: str = "claude-code@2.1.330") -> FileSeen:
    """What became of the one file whose path as shown ends with ``name``."""
    (found,) = [f for f in machine.survey(client).files if f.shown.endswith(name)]
    return found


def test_directory_named_env(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    (machine.project / ".env").mkdir()
    found = seen(machine, "/.env", "python-sdk")
    assert (found.state, found.problem) == (FileState.NOT_A_FILE, "~/project/.env is a directory")


def test_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with (machine.project / ".env").open("wb") as file:
        file.truncate(100 << 20)  # sparse: takes no room
    tracemalloc.start()
    try:
        found = seen(machine, "/.env", "python-sdk")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found.state, found.problem) == (FileState.TOO_LARGE, "~/project/.env is 100 MB large and was not read")
    assert peak < 8 << 20


@pytest.mark.parametrize("data", [b"A\0B", b"\x7fELF\x02\x01\x01\0\0\0", b"\xff\xfeA\0=\0B\0", b"A=1\nB=\xff\xfe\n"])
def test_binary_dotenv(data: bytes, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", data)
    found = seen(machine, "/.env", "python-sdk")
    assert found.state is FileState.BINARY
    assert found.problem
    assert machine.survey("python-sdk").settings == ()


def test_line_of_the_byte_that_is_not_utf8(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", b"A=1\nB=\xff\xfe\n")
    found = seen(machine, "/.env", "python-sdk")
    assert found.line == 2
    assert "line 2" in found.problem


def test_loop_of_links(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    (machine.project / ".env").symlink_to(".env.local")
    (machine.project / ".env.local").symlink_to(".env")
    found = seen(machine, "/.env", "python-sdk")
    assert (found.state, found.problem) == (FileState.UNREADABLE, "~/project/.env is a loop of links")
    (machine.home / ".claude").symlink_to(".claude")
    assert seen(machine, USER).state is FileState.UNREADABLE


def test_link_to_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    (machine.project / ".env").symlink_to("gone")
    found = seen(machine, "/.env", "python-sdk")
    assert found.state is FileState.UNREADABLE
    assert found.problem == "~/project/.env is a link to a file that does not exist"


def test_pipe_does_not_block(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    os.mkfifo(machine.project / ".env")
    assert seen(machine, "/.env", "python-sdk").problem == "~/project/.env is not a regular file"


def test_file_where_the_folder_should_be(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude", "not a folder")
    assert [f.shown for f in machine.survey().files] == []


@contextmanager
def nobody() -> Iterator[None]:
    """Give up root for a moment, so that permissions count."""
    was = os.geteuid()
    os.seteuid(65534 if was == 0 else was)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="unsnarl-test-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
    shutil.rmtree(folder)


def test_no_permission(open_folder: Path) -> None:
    machine = Machine(open_folder)
    machine.write("project/.env", "A=1\n").chmod(0)
    (machine.home / ".claude").mkdir()
    machine.write(USER, {"env": {}})
    (machine.home / ".claude").chmod(0)
    closed = machine.home / "closed"
    closed.mkdir(mode=0)
    machine.environ["PATH"] = f"{closed}/bin:{closed}"
    with nobody():
        found = {f.shown: f for f in machine.survey("python-sdk").files}
        request = machine.request()
        chosen = claude_settings.config_dir(machine.world)
        outlook = machine.session("python-sdk", offline=True).outlook()
    assert found["~/project/.env"].state is FileState.UNREADABLE
    assert found["~/project/.env"].problem == "~/project/.env cannot be read: Permission denied"
    assert found["~/.claude/settings.json"].problem == "~/.claude/settings.json cannot be read: Permission denied"
    assert chosen == machine.home / ".claude"
    assert request.project == str(machine.project)
    assert ("~/.claude/settings.json", False) in outlook.files


def test_which_client_does_not_trip_over_closed_folders(open_folder: Path) -> None:
    from tui.core.request import Request
    from tui.core.survey import clients

    machine = Machine(open_folder)
    closed = machine.home / "closed"
    closed.mkdir(mode=0)
    machine.environ["PATH"] = f"{closed}/bin"
    with nobody():
        assert clients.choose(Request(str(machine.project)), machine.world, KNOWN).name == "python-sdk"


@pytest.mark.parametrize(
    ("text", "line", "column", "repairable"),
    [
        ('{\n  "env": {\n    "A": "1",\n  }\n}\n', 3, 13, True),
        ('{\n  // why\n  "env": {}\n}\n', 2, 3, True),
        ('{\n  "env": {\n    "A": "1"\n    "B": "2"\n  }\n}\n', 4, 5, False),
        ('{"env": {"A": “1”}}', 1, 15, False),
        ('{"env": {', 1, 10, False),
        ("{'env': {}}", 1, 2, False),
    ],
)
def test_settings_that_do_not_parse(text: str, line: int, column: int, repairable: bool, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, text)
    found = seen(machine, USER)
    assert found.state is FileState.INVALID
    assert (found.line, found.column, found.repairable) == (line, column, repairable)
    assert f"(line {line}, column {column})" in found.problem
    assert str(found.origin) == f"~/.claude/settings.json line {line}"
    assert machine.survey().settings == ()


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("model", 5, (3, 12)),
        ("permissions", [], (3, 18)),
        ("apiKeyHelper", {}, (3, 19)),
        ("env", "A=1", (3, 10)),
        ("forceLoginMethod", True, (3, 23)),
    ],
)
def test_one_value_of_the_wrong_type_drops_the_file(
    key: str, value: object, place: tuple[int, int], tmp_path: Path
) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, {"theme": "dark", key: value})
    found = seen(machine, USER)
    assert found.state is FileState.INVALID
    assert (found.line, found.column) == place
    assert key in found.problem


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty_settings_are_fine(text: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, text)
    assert seen(machine, USER).state is FileState.OK


def test_settings_that_are_not_utf8(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, b'{"env": {"A": "\xff"}}')
    assert seen(machine, USER).problem == "~/.claude/settings.json is not UTF-8"


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, '{"env":' * 5000 + "{}" + "}" * 5000)
    machine.write(".claude/.credentials.json", "[" * 100_000)
    assert seen(machine, USER).state is FileState.INVALID


def test_line_and_column_of_settings(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, '{\n  "model": "opus",\n  "env": {\n\t"ANTHROPIC_BASE_URL": "https://h"\n  }\n}\n')
    found = {s.name: (s.origin.line, s.origin.column, s.origin.address) for s in machine.survey().settings}
    assert found == {
        "model": (2, 12, ("model",)),
        "ANTHROPIC_BASE_URL": (4, 24, ("env", "ANTHROPIC_BASE_URL")),
    }


def test_of_a_key_given_twice_the_last_one_counts(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, '{"env": {"ANTHROPIC_BASE_URL": "https://one",\n"ANTHROPIC_BASE_URL": "https://two"}}')
    (found,) = machine.survey().settings
    assert (found.text, found.origin.line) == ("https://two", 2)


def test_drop_ins_later_names_win_over_earlier_ones_and_over_the_main_file(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    managed = "/etc/claude-code/managed-settings"
    machine.write(f"{managed}.json", {"env": {"ANTHROPIC_BASE_URL": "https://main", "ANTHROPIC_MODEL": "main"}})
    machine.write(f"{managed}.d/10-a.json", {"env": {"ANTHROPIC_BASE_URL": "https://ten"}})
    machine.write(f"{managed}.d/20-b.json", {"env": {"ANTHROPIC_BASE_URL": "https://twenty"}})
    machine.write(f"{managed}.d/readme.txt", "no settings")
    resolution = machine.survey().resolutions["ANTHROPIC_BASE_URL"]
    assert resolution.winner is not None
    assert [s.text for s in (resolution.winner, *resolution.shadowed)] == [
        "https://twenty",
        "https://ten",
        "https://main",
    ]
    assert machine.facts().target.models[0][0] == "main"


def test_config_dir_moves_settings_state_and_login(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    elsewhere = machine.home / "elsewhere"
    machine.environ["CLAUDE_CONFIG_DIR"] = str(elsewhere)
    machine.write(USER, {"model": "not-this"})
    machine.write(".claude.json", {"hasCompletedOnboarding": True})
    machine.write("elsewhere/settings.json", {"model": "this"})
    assert machine.facts().target.models[0][0] == "this"
    assert machine.facts().target.onboarding
    machine.write("elsewhere/.claude.json", {"hasCompletedOnboarding": True})
    assert not machine.facts().target.onboarding
    machine.write("elsewhere/.credentials.json", {"claudeAiOauth": {"accessToken": "x"}})
    assert machine.facts().target.login is not None


def test_old_config_json_wins(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude.json", {"hasCompletedOnboarding": False})
    machine.write(".claude/.config.json", {"hasCompletedOnboarding": True})
    assert not machine.facts().target.onboarding


def test_state_file_trust_and_old_env(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    content = {
        "projects": {str(machine.project): {"hasTrustDialogAccepted": True}},
        "env": {"ANTHROPIC_BASE_URL": "https://old", "UNKNOWN": "x", "ANTHROPIC_MODEL": 5},
    }
    machine.write(".claude.json", content)
    found = machine.survey()
    assert found.places.trusted
    assert [(s.name, s.origin.kind) for s in found.settings] == [("ANTHROPIC_BASE_URL", OriginKind.STATE)]
    content["projects"] = {"/other": {"hasTrustDialogAccepted": True}}
    machine.write(".claude.json", content)
    assert not machine.survey().places.trusted


def test_state_that_does_not_parse_is_seen(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude.json", '{"hasCompletedOnboarding": true,}')
    assert seen(machine, "/.claude.json").state is FileState.INVALID
    assert machine.facts().target.onboarding


def test_same_file_for_user_and_project_is_read_once(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.project = machine.home
    machine.write(USER, {"model": "m"})
    assert [s.origin.kind for s in machine.survey().settings] == [OriginKind.USER_SETTINGS]


@pytest.mark.parametrize(("platform", "part"), [("darwin", "Library/Application Support/ClaudeCode"), ("linux", "etc")])
def test_managed_folder(platform: str, part: str, tmp_path: Path) -> None:
    from dataclasses import replace

    world = replace(Machine(tmp_path).world, platform=platform)
    assert part in str(claude_settings.managed_folder(world))


def test_mode_is_kept_for_the_rules(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "A=1\n").chmod(0o640)
    assert seen(machine, "/.env", "python-sdk").mode == 0o640


def test_path_with_a_nul(tmp_path: Path) -> None:
    found, data = read(Machine(tmp_path).world, OriginKind.DOTENV, Path("/tmp/a\0b"))
    assert (found.state, data) == (FileState.UNREADABLE, None)


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello\n", "not-pem"),
        (b"\x30\x82\x01\x00", "der"),
        (b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", "not-pem"),
    ],
)
def test_ca_files(content: bytes | None, state: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    path = machine.home / "ca.pem"
    if content is not None:
        machine.write("ca.pem", content)
    machine.environ["NODE_EXTRA_CA_CERTS"] = str(path)
    assert [(f.path, f.state) for f in machine.survey().ca_files] == [(str(path), state)]


def test_ca_file_that_is_a_folder_or_endless(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with (machine.home / "large.pem").open("wb") as file:
        file.truncate(100 << 20)
    for path in (str(machine.home), "/dev/zero", str(machine.home / "large.pem")):
        machine.environ["NODE_EXTRA_CA_CERTS"] = path
        assert [f.state for f in machine.survey().ca_files] == ["unreadable"]
    machine.environ["NODE_EXTRA_CA_CERTS"] = ""
    assert machine.survey().ca_files == ()


def test_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    """Claude Code reads on over it (2.0.77 and 2.1.330, oracle)."""
    machine = Machine(tmp_path)
    machine.write(USER, '\ufeff{"env": {"ANTHROPIC_MODEL": "m"}}')
    assert seen(machine, USER).state is FileState.OK
    assert machine.facts().value("ANTHROPIC_MODEL") == "m"


def test_of_a_block_given_twice_the_last_one_counts(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, '{"env": {"ANTHROPIC_MODEL": "a", "NO_PROXY": "x"}, "env": {"ANTHROPIC_MODEL": "b"}}')
    assert [(s.name, s.text) for s in machine.facts().settings] == [("ANTHROPIC_MODEL", "b")]


def test_managed_settings_are_not_dropped_for_a_key_of_the_wrong_type(tmp_path: Path) -> None:
    """Only the key is left out; a user's file is dropped as a whole (2.1.330, oracle)."""
    machine = Machine(tmp_path)
    text = '{"model": 5, "env": {"ANTHROPIC_LOG": "x"}}'
    machine.write("/etc/claude-code/managed-settings.json", text)
    machine.write(USER, text)
    assert [(s.name, s.origin.kind) for s in machine.facts().settings] == [
        ("ANTHROPIC_LOG", OriginKind.MANAGED_SETTINGS)
    ]
