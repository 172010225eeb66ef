"""The measured table of precedence (claude-code-observed.md §3): who wins, and by which rule."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.model import Client, ClientName, Origin, OriginKind, Setting
from tui.core.survey.layers import Layer
from tui.core.survey.resolve import resolve

VERSIONS = ("2.1.330", "2.0.77", "1.0.128")
LOCAL, PROJECT = "project/.claude/settings.local.json", "project/.claude/settings.json"
USER, MANAGED = ".claude/settings.json", "/etc/claude-code/managed-settings.json"
STRONGEST_FIRST = (MANAGED, LOCAL, PROJECT, USER, ".claude.json", "shell")
KINDS = dict(
    zip(
        STRONGEST_FIRST,
        (
            OriginKind.MANAGED_SETTINGS,
            OriginKind.LOCAL_SETTINGS,
            OriginKind.PROJECT_SETTINGS,
            OriginKind.USER_SETTINGS,
            OriginKind.STATE,
            OriginKind.ENVIRONMENT,
        ),
        strict=True,
    )
)


def put(machine: Machine, place: str, name: str, value: object) -> None:
    """Set a variable at a place."""
    if place == "shell":
        machine.environ[name] = str(value)
    else:
        machine.write(place, {"env": {name: value}})


def winner(machine: Machine, name: str, client: str = "claude-code@2.1.330") -> Setting | None:
    """The setting in force."""
    return machine.survey(client).resolutions[name].winner


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("strong", "weak"), list(itertools.combinations(STRONGEST_FIRST, 2)))
def test_base_url_by_place(version: str, strong: str, weak: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    put(machine, weak, "ANTHROPIC_BASE_URL", "https://weak.test")
    put(machine, strong, "ANTHROPIC_BASE_URL", "https://strong.test")
    resolution = machine.survey(f"claude-code@{version}").resolutions["ANTHROPIC_BASE_URL"]
    assert resolution.winner is not None
    assert (resolution.winner.text, resolution.winner.origin.kind) == ("https://strong.test", KINDS[strong])
    assert [s.text for s in resolution.shadowed] == ["https://weak.test"]
    assert " over " in resolution.rule


@pytest.mark.parametrize("version", ["2.1.330", "2.0.77", "2.0.64"])
def test_claude_code_reads_no_dotenv(version: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://gw.test\n")
    found = machine.survey(f"claude-code@{version}")
    assert found.resolutions["ANTHROPIC_BASE_URL"].winner is None
    assert [s.text for s in found.resolutions["ANTHROPIC_BASE_URL"].shadowed] == ["https://gw.test"]
    assert "does not read the dotenv file" in found.resolutions["ANTHROPIC_BASE_URL"].rule
    assert machine.facts(f"claude-code@{version}").target.base_url == "https://api.anthropic.com"


def test_native_builds_before_2_0_64_read_it_last(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://dotenv.test\n")
    found = winner(machine, "ANTHROPIC_BASE_URL", "claude-code@2.0.63")
    assert found is not None
    assert found.text == "https://dotenv.test"
    machine.environ["ANTHROPIC_BASE_URL"] = "https://shell.test"
    found = winner(machine, "ANTHROPIC_BASE_URL", "claude-code@2.0.63")
    assert found is not None
    assert found.text == "https://shell.test"


def test_settings_key_beats_the_shell(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": "sk-ant-from-shell"})
    machine.write(USER, {"env": {"ANTHROPIC_API_KEY": "sk-ant-from-settings"}})
    assert [c.value.reveal() for c in machine.facts().target.credentials] == ["sk-ant-from-settings"]


def test_malformed_file_is_dropped_as_a_whole(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_BASE_URL": "https://shell.test"})
    machine.write(USER, '{"env": {"ANTHROPIC_BASE_URL": "https://user.test",}}')
    found = winner(machine, "ANTHROPIC_BASE_URL")
    assert found is not None
    assert found.text == "https://shell.test"


def test_empty_text_in_settings_unsets_the_shell(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_BASE_URL": "https://shell.test", "ANTHROPIC_AUTH_TOKEN": "token"})
    machine.write(USER, {"env": {"ANTHROPIC_BASE_URL": "", "ANTHROPIC_AUTH_TOKEN": ""}})
    facts = machine.facts()
    assert facts.target.base_url == "https://api.anthropic.com"
    assert facts.target.credentials == ()
    assert facts.resolutions["ANTHROPIC_BASE_URL"].rule.endswith("an empty value counts as unset")


def test_value_of_another_type_leaves_the_good_ones(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, {"env": {"API_TIMEOUT_MS": 5000, "ANTHROPIC_BASE_URL": "https://user.test", "X": None}})
    found = machine.survey()
    assert found.resolutions["ANTHROPIC_BASE_URL"].winner is not None
    assert found.resolutions["API_TIMEOUT_MS"].winner is not None
    assert found.resolutions["API_TIMEOUT_MS"].winner.text == "5000"


def test_model_variable_beats_the_model_key_and_settings_beat_the_shell(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_MODEL": "from-shell"})
    machine.write(USER, {"model": "from-key"})
    assert machine.facts().target.models[0][0] == "from-shell"
    machine.write(USER, {"model": "from-key", "env": {"ANTHROPIC_MODEL": "from-env-block"}})
    assert machine.facts().target.models[0][0] == "from-env-block"
    machine.environ.clear()
    machine.write(USER, {"model": "from-key"})
    assert machine.facts().target.models[0][0] == "from-key"


@pytest.mark.parametrize("place", [PROJECT, LOCAL])
def test_oauth_token_in_project_settings_is_ignored(place: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(place, {"env": {"CLAUDE_CODE_OAUTH_TOKEN": "sk-ant-oat01-x"}})
    assert winner(machine, "CLAUDE_CODE_OAUTH_TOKEN") is None
    assert machine.facts().target.credentials == ()


@pytest.mark.parametrize("client", ["python-sdk@2.12.0", "python-sdk@0.40.0", "typescript-sdk@1.12.0"])
def test_sdks_read_the_environment_then_dotenv_and_no_settings(client: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(USER, {"env": {"ANTHROPIC_BASE_URL": "https://user.test"}})
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://dotenv.test\n")
    assert machine.facts(client).target.base_url == "https://dotenv.test"
    machine.environ["ANTHROPIC_BASE_URL"] = "https://shell.test"
    facts = machine.facts(client)
    assert facts.target.base_url == "https://shell.test"
    assert facts.resolutions["ANTHROPIC_BASE_URL"].rule == "the inherited environment over the dotenv file"


def test_no_dotenv_takes_the_dotenv_file_away(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://dotenv.test\n")
    assert machine.facts("python-sdk", dotenv=False).target.base_url == "https://api.anthropic.com"


def test_nearest_dotenv_wins_and_env_before_env_local(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".git/HEAD", "")
    machine.project = machine.home / "project/app"
    machine.project.mkdir()
    (machine.home / "project/.git").mkdir()
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://root.test\n")
    machine.write("project/app/.env.local", "ANTHROPIC_BASE_URL=https://local.test\n")
    assert machine.facts("python-sdk").target.base_url == "https://local.test"
    machine.write("project/app/.env", "ANTHROPIC_BASE_URL=https://near.test\n")
    resolution = machine.facts("python-sdk").resolutions["ANTHROPIC_BASE_URL"]
    assert resolution.winner is not None
    assert resolution.winner.text == "https://near.test"
    assert [s.text for s in resolution.shadowed] == ["https://local.test", "https://root.test"]
    assert "~/project/app/.env line 1 over ~/project/app/.env.local line 1" in resolution.rule


def test_every_setting_is_in_exactly_one_resolution() -> None:
    """Nothing that was found gets lost on the way to the verdict, whatever the client."""
    found = [
        Setting("HTTPS_PROXY", f"http://p{number}", Origin(kind, f"/f{number}", line=1))
        for number, kind in enumerate(OriginKind)
    ]
    for name in ClientName:
        client = Client(name, KNOWN.newest[name])
        read = [Layer(str(s.origin.kind), (s,)) for s in found[::2]]
        resolution = resolve(client, read, found, lambda _: "it is not read")["HTTPS_PROXY"]
        assert resolution.winner is found[0]
        assert [one for one, _ in resolution.unread] == found[1::2]
        kept = [resolution.winner, *resolution.shadowed]
        assert sorted(map(str, kept)) == sorted(map(str, found))


@pytest.mark.parametrize(("value", "loaded"), [("1", False), ("True", False), ("0", True), ("", True)])
def test_switch_that_keeps_python_dotenv_from_loading(value: str, loaded: bool, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"PYTHON_DOTENV_DISABLED": value})
    machine.write("project/.env", "ANTHROPIC_BASE_URL=https://gw.test\n")
    winner = machine.survey("python-sdk").resolutions["ANTHROPIC_BASE_URL"].winner
    assert (winner is not None) == loaded
    assert machine.survey("typescript-sdk").resolutions["ANTHROPIC_BASE_URL"].winner is not None
