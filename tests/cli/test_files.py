"""The commands that touch files: ``fix``, ``edit``, ``undo``, ``where``, ``explain``."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.program import GATEWAY, at_gateway, cli, detour, onboarded
from tests.lab.canary import Canary
from tests.lab.double import ApiDouble
from tui.core.rules import RULES


async def fix(api: ApiDouble, canary: Canary, *words: str) -> tuple[int, str, str]:
    """Run ``fix`` against a gateway whose URL in user settings ends in /v1."""
    ended = await cli("fix", *detour(api), *words, env={"ANTHROPIC_API_KEY": canary.api_key})
    canary.assert_clean(ended.out + ended.err)
    return ended.code, ended.out, ended.err


@pytest.fixture
def settings(home: Path) -> Path:
    """User settings with a base URL that ends in /v1."""
    onboarded(home)
    file = home / ".claude/settings.json"
    file.parent.mkdir()
    file.write_text('{\n\t"env": { "ANTHROPIC_BASE_URL": "http://' + GATEWAY + '/v1" }\n}')
    return file


async def test_fix_with_yes_then_undo_and_redo(settings: Path, home: Path, canary: Canary) -> None:
    before = settings.read_bytes()
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        code, out, err = await fix(api, canary, "--yes", "--format", "json")
        document = json.loads(out)
        assert (code, document["verdict"]) == (0, "healthy")
        (change,) = document["changes"]
        assert (change["path"], change["code"], change["undone"]) == (
            "~/.claude/settings.json",
            "cfg-base-url-path",
            False,
        )
        assert "unsnarl undo" in err
        assert "-" in err
        assert settings.read_bytes() == before.replace(b"/v1", b"")
    listed = await cli("undo", "--list")
    assert listed.out.startswith(f"{change['id']}  made")
    undone = await cli("undo")
    assert (undone.code, settings.read_bytes()) == (0, before)
    assert (await cli("undo")).code == 1
    assert f"{change['id']}  undone" in (await cli("undo", "--list")).out
    assert (await cli("undo", "--redo")).code == 0
    assert settings.read_bytes() == before.replace(b"/v1", b"")
    assert (await cli("undo", change["id"])).code == 0
    assert (await cli("undo", "no-such-id")).code == 1
    folder = home / ".local/state/unsnarl"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.rglob("*"):
        assert stat.S_IMODE(file.stat().st_mode) in (0o600, 0o700)


async def test_fix_without_yes_and_without_a_terminal_writes_nothing(settings: Path, canary: Canary) -> None:
    before = settings.read_bytes()
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        code, out, err = await fix(api, canary)
    assert code == 1
    assert "nothing was written" in err
    assert "+" in err
    assert settings.read_bytes() == before
    assert "cfg-base-url-path" in out


async def test_dry_run_shows_and_writes_nothing(settings: Path, home: Path, canary: Canary) -> None:
    before = settings.read_bytes()
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        code, _, err = await fix(api, canary, "--dry-run", "--yes")
    assert code == 1
    assert f'http://{GATEWAY}"' in err
    assert settings.read_bytes() == before
    assert not (home / ".local/state/unsnarl/journal.jsonl").exists()


async def test_fix_of_a_named_cause_that_is_not_there(settings: Path, canary: Canary) -> None:
    before = settings.read_bytes()
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        code, _, _ = await fix(api, canary, "--yes", "tls-expired")
    assert (code, settings.read_bytes()) == (1, before)


async def test_undo_refuses_over_later_edits_and_shows_them(settings: Path, canary: Canary) -> None:
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        await fix(api, canary, "--yes")
    mine = settings.read_text().replace('"env"', '"apiKeyHelper": "' + canary.header_value + '", "env"')
    settings.write_text(mine)
    ended = await cli("undo")
    assert ended.code == 1
    assert "was changed since" in ended.err
    assert settings.read_text() == mine


async def test_nothing_to_undo(home: Path) -> None:
    assert (await cli("undo")).code == 1
    assert (await cli("undo", "--list")).out == "No change was ever made.\n"
    assert not (home / ".local/state/unsnarl/journal.jsonl").exists()


async def test_edit_dotenv(project: Path, canary: Canary) -> None:
    file = project / ".env"
    file.write_bytes(b"# keep\r\nANTHROPIC_API_KEY=old # why\r\nB=2\r\n")
    file.chmod(0o640)
    words = ("edit", ".env", "set", "ANTHROPIC_API_KEY", "-", "--yes")
    ended = await cli(*words, stdin=canary.api_key + "\n")
    assert ended.code == 0
    canary.assert_clean(ended.out + ended.err)
    assert file.read_bytes() == b"# keep\r\nANTHROPIC_API_KEY=" + canary.api_key.encode() + b" # why\r\nB=2\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (await cli("edit", ".env", "rename", "B", "C", "--yes")).code == 0
    assert (await cli("edit", ".env", "comment", "C", "--yes")).code == 0
    assert b"# C=2\r\n" in file.read_bytes()
    assert (await cli("edit", ".env", "unset", "ANTHROPIC_API_KEY", "--yes")).code == 0
    assert canary.api_key.encode() not in file.read_bytes()
    for _ in range(4):
        assert (await cli("undo")).code == 0
    assert file.read_bytes() == b"# keep\r\nANTHROPIC_API_KEY=old # why\r\nB=2\r\n"


async def test_edit_without_yes_writes_nothing(project: Path) -> None:
    file = project / ".env"
    file.write_text("A=1\n")
    ended = await cli("edit", ".env", "set", "A", "2")
    assert ended.code == 1
    assert "-A=1" in ended.out
    assert file.read_text() == "A=1\n"
    ended = await cli("edit", ".env", "set", "A", "2", "--dry-run", "--yes")
    assert (ended.code, file.read_text()) == (0, "A=1\n")


async def test_edit_that_changes_nothing(project: Path) -> None:
    (project / ".env").write_text("A=1\n")
    assert (await cli("edit", ".env", "set", "A", "1", "--yes")).code == 0
    assert (await cli("edit", ".env", "unset", "B", "--yes")).code == 0


async def test_edit_json(project: Path) -> None:
    file = project / "settings.json"
    file.write_text('{\n  "env": {"A": "1"},\n  "list": [1, 2]\n}\n')
    assert (await cli("edit", "settings.json", "set", "env.A", "2", "--yes")).code == 0
    assert (await cli("edit", "settings.json", "set", '["env", "with.dot"]', "-", "--yes", stdin="x\n")).code == 0
    assert (await cli("edit", "settings.json", "set", "flag", "true", "--json-value", "--yes")).code == 0
    assert json.loads(file.read_text()) == {"env": {"A": "2", "with.dot": "x"}, "list": [1, 2], "flag": True}
    assert (await cli("edit", "settings.json", "unset", "env.A", "--yes")).code == 0
    assert "A" not in json.loads(file.read_text())["env"]


async def test_edit_to_strict_json(project: Path) -> None:
    file = project / "settings.json"
    file.write_text('{\n  // note\n  "a": 1,\n}\n')
    assert (await cli("edit", "settings.json", "to-strict-json", "--yes")).code == 0
    assert json.loads(file.read_text()) == {"a": 1}
    file.write_text('{"a": 1 "b": 2}')
    ended = await cli("edit", "settings.json", "to-strict-json", "--yes")
    assert ended.code == 1
    assert "unsnarl: " in ended.err


async def test_edit_picks_a_line_and_a_kind(project: Path) -> None:
    (project / "vars").write_text("A=1\nA=2\n")
    ended = await cli("edit", "vars", "set", "A", "3", "--kind", "dotenv", "--line", "1", "--yes")
    assert (ended.code, (project / "vars").read_text()) == (0, "A=3\nA=2\n")


@pytest.mark.parametrize("what", ["directory", "loop", "large"])
async def test_edit_of_what_cannot_be_edited(what: str, project: Path) -> None:
    file = project / ".env"
    if what == "directory":
        file.mkdir()
    elif what == "loop":
        file.symlink_to(".env")
    else:
        with file.open("wb") as sparse:
            sparse.truncate(100 << 20)
    ended = await cli("edit", ".env", "set", "A", "1", "--yes")
    assert ended.code == 1
    assert ended.err.startswith("unsnarl: ")
    assert len(ended.err.strip().splitlines()) == 1


async def test_edit_of_a_binary_file_loses_nothing(project: Path) -> None:
    file = project / ".env"
    file.write_bytes(b"A\0B\xff\n")
    ended = await cli("edit", ".env", "set", "A", "1", "--yes")
    assert file.read_bytes().startswith(b"A\0B\xff\n")
    assert "\0" not in ended.out
    if ended.code == 0:
        await cli("undo")
    assert file.read_bytes() == b"A\0B\xff\n"


async def test_edit_from_standard_input_that_is_not_text(project: Path) -> None:
    (project / ".env").write_text("A=1\n")
    ended = await cli("edit", ".env", "set", "A", "-", "--yes", stdin=b"\xff\xfe")
    assert ended.code in (1, 2)
    assert (project / ".env").read_text() == "A=1\n"


async def test_where(home: Path, settings: Path, canary: Canary) -> None:
    ended = await cli("where")
    assert ended.code == 0
    assert "exists   ~/.claude/settings.json" in ended.out
    assert "missing  ~/project/.env" in ended.out
    assert "~/.local/state/unsnarl" in ended.out
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        await fix(api, canary, "--yes")
    backups = home / ".local/state/unsnarl/backups"
    assert list(backups.iterdir())
    assert "1 change" in (await cli("where", "--delete-backups")).out
    assert list(backups.iterdir()) == []
    assert (await cli("undo")).code == 1


async def test_explain(home: Path) -> None:
    listed = await cli("explain")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == [rule.code for rule in RULES]
    page = await cli("explain", "cfg-base-url-path")
    assert page.out.startswith("# ")
    assert "## How to fix" in page.out


async def test_fix_of_an_inherited_value_is_a_command_to_copy(home: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble(identity="litellm", key=canary.api_key) as api:
        ended = await cli("fix", *detour(api), "--yes", env=at_gateway(canary.api_key, "/v1"))
    assert ended.code == 1
    assert f"$ export ANTHROPIC_BASE_URL=http://{GATEWAY}" in ended.out
    canary.assert_clean(ended.out + ended.err)
    assert not (home / ".local/state/unsnarl/journal.jsonl").exists()
