"""``unsnarl check``: exit codes, formats, streams."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.program import PATIENCE, at_gateway, cli, detour, onboarded
from tests.lab.canary import Canary
from tests.lab.double import ApiDouble
from tests.lab.faults import refused_port
from tests.report.test_document import obeys
from tui.core.model import ClientName


@pytest.mark.parametrize(
    ("mode", "code", "verdict", "cause"),
    [
        ("ok", 0, "healthy", None),
        ("gw502", 1, "broken", "gw-upstream-down"),
        ("sse-cut", 0, "degraded", "sse-cut"),
    ],
)
async def test_exit_code_and_document(
    mode: str, code: int, verdict: str, cause: str | None, home: Path, canary: Canary
) -> None:
    onboarded(home)
    async with ApiDouble(mode, "plain", key=canary.api_key) as api:
        words = ("check", *detour(api), "--format", "json", *(["--send-message"] if mode == "sse-cut" else []))
        ended = await cli(*words, env=at_gateway(canary.api_key))
    assert (ended.code, ended.json["verdict"], ended.json["root_cause"]) == (code, verdict, cause)
    obeys(ended.json)
    canary.assert_clean(ended.out + ended.err)


async def test_unknown_is_three(home: Path) -> None:
    onboarded(home)
    ended = await cli("check", "--offline", env={"ANTHROPIC_API_KEY": "sk-ant-api03-" + "k" * 80})
    assert ended.code == 3
    assert ended.out.startswith("UNKNOWN: ")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl"])
async def test_formats(form: str, home: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble("gw502", "plain") as api:
        ended = await cli("check", *detour(api), "--format", form, env=at_gateway(canary.api_key))
    assert ended.code == 1
    assert "gw-upstream-down" in ended.out
    if form == "json":
        assert ended.json["schema"] == "unsnarl.session/1"
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in ended.out.splitlines())
    canary.assert_clean(ended.out + ended.err)


@pytest.mark.parametrize("form", ["html", "junit"])
@pytest.mark.parametrize("command", ["check", "fix"])
async def test_later_formats(form: str, command: str) -> None:
    ended = await cli(command, "--format", form, "--offline")
    assert (ended.code, ended.out) == (2, "")
    assert f"--format {form}: not yet" in ended.err


async def test_save_then_report(home: Path, project: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble("gw502", "plain") as api:
        first = await cli("check", *detour(api), "--save", "s.json", env=at_gateway(canary.api_key))
    saved = project / "s.json"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    obeys(json.loads(saved.read_text()))
    canary.assert_clean(saved.read_text())
    again = await cli("report", "s.json")
    assert (again.code, again.out) == (0, first.out)
    for form in ("markdown", "json", "jsonl"):
        made = await cli("report", "s.json", "--format", form, "--output", f"out.{form}")
        assert (made.code, made.out) == (0, "")
        assert "gw-upstream-down" in (project / f"out.{form}").read_text()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"schema": "other/1"}',
        '{"schema": "unsnarl.session/1"}',
        '{"schema": "unsnarl.session/1", "verdict": 5}',
    ],
)
async def test_report_of_something_else(content: str, project: Path) -> None:
    (project / "s.json").write_text(content)
    ended = await cli("report", "s.json")
    assert (ended.code, ended.out) == (2, "")
    assert "s.json cannot be read" in ended.err


async def test_report_of_no_file_or_binary(project: Path) -> None:
    assert (await cli("report", "gone.json")).code == 2
    (project / "b.json").write_bytes(b"\xff\x00")
    assert (await cli("report", "b.json")).code == 2
    assert (await cli("report", "b.json", "--format", "html")).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "--project", "nowhere"), "nowhere is not a directory"),
        (("check", "--client", "copilot"), "'copilot' is none of claude-code"),
        (("check", "--client", "claude-code@new"), "version"),
        (("check", "--client", "claude-code@"), "version"),
        (("check", "--timeout", "0"), "seconds from 0.1 to 600"),
        (("check", "--timeout", "nan"), "seconds from 0.1 to 600"),
        (("check", "--timeout", "soon"), "invalid float"),
        (("check", "--connect-to", "a:1:b"), "HOST1:PORT1:HOST2:PORT2"),
        (("check", "--connect-to", "a:x:b:1"), "HOST1:PORT1:HOST2:PORT2"),
        (("check", "--connect-to", "a:1:b:99999"), "HOST1:PORT1:HOST2:PORT2"),
        (("check", "--connect-to", "a:²:b:1"), "HOST1:PORT1:HOST2:PORT2"),
        (("check", "--context", "moon"), "invalid choice"),
        (("check", "--format", "pdf"), "invalid choice"),
        (("check", "--nonsense"), "unrecognized arguments"),
        (("nonsense",), "invalid choice"),
        (("explain", "no-such-cause"), "is no cause"),
        (("fix", "no-such-cause"), "is no cause"),
        (("replay", "s.json"), "not yet"),
        (("edit", "x.unknown", "set", "A", "1"), "say --kind"),
        (("edit", ".env", "set"), "which NAME"),
        (("edit", ".env", "set", "A"), "needs a VALUE"),
        (("edit", ".env", "rename", "A"), "needs a NEW name"),
        (("edit", ".env", "paint", "A"), "invalid choice"),
        (("edit", ".env", "set", "A", "1", "--kind", "toml"), "is none of dotenv"),
        (("edit", "s.json", "set", "[1]", "1"), "not a JSON array of texts"),
        (("edit", "s.json", "set", "[", "1"), "not a JSON array"),
        (("edit", "s.json", "set", "a", "{", "--json-value"), "VALUE is not JSON"),
        (("check", "--offline", "--save", "/nowhere/at/all.json"), "cannot be written"),
        (("check", "--offline", "--output", "/"), "cannot be written"),
    ],
)
async def test_wrong_words(words: tuple[str, ...], said: str, home: Path) -> None:
    ended = await cli(*words)
    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""


async def test_help_and_version_need_no_textual() -> None:
    ended = await cli("--version")
    assert (ended.code, ended.out[:8]) == (0, "unsnarl ")
    ended = await cli("--help")
    assert ended.code == 0
    for command in ("check", "fix", "undo", "edit", "settings", "explain", "report", "replay", "where"):
        assert command in ended.out


async def test_options_before_and_after_the_command(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / ".env").write_text("ANTHROPIC_BASE_URL=https://from.other.test\n")
    for words in (
        ("--project", str(other), "--client", "python-sdk", "settings", "--json"),
        ("settings", "--project", str(other), "--client", "python-sdk", "--json"),
    ):
        assert [s["value"] for s in (await cli(*words)).json["settings"]] == ["https://from.other.test"]


@pytest.mark.parametrize("name", list(ClientName))
async def test_clients(name: str, home: Path) -> None:
    ended = await cli("check", "--offline", "--client", f"{name}@1.2.3", "--format", "json")
    assert (ended.json["client"], ended.json["client_version"], ended.json["client_version_assumed"]) == (
        name,
        "1.2.3",
        False,
    )


async def test_symptom_from_standard_input(home: Path, canary: Canary) -> None:
    said = f"Connection error. {canary.api_key}"
    ended = await cli("check", "--offline", "--format", "json", "--symptom", "-", stdin=said)
    assert ended.json["symptom"] == "Connection error. [secret]"
    ended = await cli("check", "--offline", "--format", "json", "--symptom", "-", stdin=b"\xff\xfe\x1b[2J")
    assert "\x1b" not in ended.out


async def test_no_dotenv(project: Path) -> None:
    (project / ".env").write_text("ANTHROPIC_BASE_URL=https://h\n")
    words = ("check", "--offline", "--client", "python-sdk", "--format", "json")
    assert (await cli(*words)).json["target"]["host"] == "h"
    assert (await cli(*words, "--no-dotenv")).json["target"]["host"] == "api.anthropic.com"


async def test_check_writes_nothing_but_its_own_state(home: Path, project: Path) -> None:
    (project / ".env").write_text("ANTHROPIC_BASE_URL=https://h/v1\n")
    await cli("check", "--offline", "--client", "python-sdk")
    written = {str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()}
    assert written == {"project/.env", ".local/state/unsnarl/fingerprint.key"}


async def test_standard_output_is_data(home: Path, project: Path) -> None:
    (project / ".env").mkdir()
    ended = await cli("check", "--offline", "--client", "python-sdk", "--format", "json")
    assert ended.json["files"][0]["state"] == "not a file"


async def start(*words: str, env: dict[str, str], **streams: object) -> asyncio.subprocess.Process:
    """Start the program with streams of one's own."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tui",
        *words,
        env={**os.environ, **env},
        stdin=asyncio.subprocess.DEVNULL,
        **streams,  # type: ignore[arg-type]
    )


async def test_interrupted(home: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble("hang-headers", "plain") as api:
        env = at_gateway(canary.api_key)
        pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
        process = await start("check", *detour(api)[:-1], "60", env=env, **pipes)
        async with asyncio.timeout(PATIENCE):
            while not api.requests:
                await asyncio.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in err
    canary.assert_clean(out + err)


@pytest.mark.parametrize("words", [("explain",), ("check", "--offline"), ("--help",), ("explain", "cfg-base-url-path")])
async def test_reader_that_has_gone(words: tuple[str, ...], home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = await start(*words, env={}, stdout=writing, stderr=asyncio.subprocess.PIPE)
    os.close(writing)
    async with asyncio.timeout(PATIENCE):
        _, err = await process.communicate()
    assert err == b""
    assert process.returncode is not None


@pytest.mark.parametrize("words", [("explain",), ("check", "--offline"), ("where",)])
async def test_closed_standard_output(words: tuple[str, ...], home: Path) -> None:
    line = 'exec "$0" -m tui "$@" >&-'
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", "-c", line, sys.executable, *words, stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
    )
    async with asyncio.timeout(PATIENCE):
        _, err = await process.communicate()
    assert b"Traceback" not in err
    assert process.returncode in (0, 1, 3)


@pytest.mark.parametrize("term", ["dumb", "xterm-256color", ""])
async def test_wizard_without_a_terminal_is_a_check(term: str, home: Path) -> None:
    onboarded(home)
    ended = await cli("--offline", env={"TERM": term, "ANTHROPIC_API_KEY": "sk-ant-api03-" + "k" * 80})
    assert ended.code == 3
    assert "no terminal" in ended.err
    assert ended.out.startswith("UNKNOWN: ")


async def test_plain_wizard_on_pipes(home: Path) -> None:
    ended = await cli("--plain", "--offline", stdin="\n" * 20)
    assert ended.code in (0, 1, 3)
    assert "\x1b" not in ended.out


async def test_refused_port_is_one(home: Path, canary: Canary) -> None:
    onboarded(home)
    with refused_port() as dead:
        env = {"ANTHROPIC_BASE_URL": f"http://127.0.0.1:{dead.port}", "ANTHROPIC_API_KEY": canary.api_key}
        ended = await cli("check", "--format", "json", "--no-canary", env=env)
    assert (ended.code, ended.json["root_cause"]) == (1, "gw-not-running")


async def test_output_that_is_not_ascii_on_an_ascii_terminal(home: Path) -> None:
    ended = await cli("explain", "gw-group-denied", env={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert ended.code == 0
    assert "gw-group-denied" in ended.out
