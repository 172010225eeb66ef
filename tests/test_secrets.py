"""Planted credentials come out nowhere: not on screens, in files, in reprs, in crash output, in other processes."""

from __future__ import annotations

import asyncio
import base64
import json
import pickle
import subprocess
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.cli.program import cli, detour, onboarded
from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.server import Reader, Server, Writer
from tests.session.machine import Machine, run
from tests.session.scene import GATEWAY, Scene
from tui.core.ask import Ask
from tui.core.events import RunEvent
from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.probe import runner
from tui.core.probe.wire import Wire
from tui.core.report import formats
from tui.core.secret import Redactor, Secret, mask, visible
from tui.core.seen import Observation


class Echo(Server):
    """A server that says back everything it was sent, in every place where an answer has words."""

    def __init__(self, status: int = 401) -> None:
        super().__init__()
        self.status = status

    async def talk(self, reader: Reader, writer: Writer) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        flat = asked.replace(b"\r\n", b" | ")
        body = json.dumps({"error": {"type": "echo", "message": flat.decode("latin-1")}}).encode()
        head = b"HTTP/1.1 %d %b\r\nX-Echo: %b\r\nLocation: /?%b\r\nContent-Length: %d\r\n\r\n"
        writer.write(head % (self.status, flat[:2000], flat, quote(flat).encode(), len(body)) + body)


def plant(scene: Scene) -> None:
    """Put a credential into every place that has room for one."""
    canary, machine = scene.canary, scene.machine
    scene.environ["ANTHROPIC_API_KEY"] = canary.api_key
    scene.environ["ANTHROPIC_CUSTOM_HEADERS"] = f"X-Lab: {canary.header_value}\nX-More: Bearer {canary.admin_key}"
    scene.environ["CLAUDE_CODE_OAUTH_TOKEN"] = canary.oauth_token
    machine.write(
        ".claude/settings.json",
        {"env": {"ANTHROPIC_AUTH_TOKEN": canary.auth_token}, "apiKeyHelper": f"echo {canary.helper_output}"},
    )
    machine.write("project/.env", f"ANTHROPIC_API_KEY={canary.openai_key}\n")
    login = {"accessToken": canary.oauth_token, "refreshToken": canary.refresh_token}
    machine.write(".claude/.credentials.json", {"claudeAiOauth": login})
    tail = canary.api_key[-20:]
    machine.write(
        ".claude.json",
        {
            "hasCompletedOnboarding": True,
            "primaryApiKey": canary.admin_key,
            "customApiKeyResponses": {"approved": [tail], "rejected": [canary.openai_key[-20:]]},
        },
    )


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 500])
async def test_server_that_says_everything_back(status: int, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        scene.at(await scene.start(Echo(status)))
        await scene.run(send_message=True)  # which searches every output, repr and event


@pytest.mark.parametrize("mode", ["407", "403", "fin", "garbage"])
async def test_proxy_with_a_password(mode: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        await scene.api()
        made = await scene.proxy(mode)
        password = quote(canary.proxy_password, safe="")
        scene.environ["HTTPS_PROXY"] = f"http://alice:{password}@{made.address}"
        scene.hears.append(made)  # it is sent the password, and nothing else
        await scene.run()
        heard = repr(made.asked).replace(_basic(canary), "")
        canary.assert_clean(heard)


def _basic(canary: Canary) -> str:
    return base64.b64encode(f"alice:{canary.proxy_password}".encode()).decode()


async def test_base_url_with_a_password_in_it(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.gateway()
        password = quote(canary.proxy_password, safe="")
        for url in (f"http://alice:{password}@{GATEWAY}", f"http://alice:{password}@{GATEWAY}:99999"):
            scene.environ["ANTHROPIC_BASE_URL"] = url
            await scene.run()


async def test_every_event_as_it_comes(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        scene.at(await scene.start(Echo()))
        session = scene.machine.session(detours=tuple(scene.detours), exec_helper=True, send_message=True)
        events: list[RunEvent] = []
        async for event in session.run():
            canary.assert_clean(repr(event))
            canary.assert_clean(str(event))
            events.append(event)
            canary.assert_clean(repr(session.facts))
        assert len(events) > 5
        canary.assert_clean(repr(session))


async def test_saved_files_journal_and_names(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        await scene.gateway("invalid-key")
        session = scene.machine.session(detours=tuple(scene.detours))
        await run(session)
        for form in formats.SUFFIXES:
            shown = session.save(form)
            canary.assert_clean((scene.machine.home / shown.removeprefix("~/")).read_bytes())
        edit = Edit(
            str(scene.machine.project / ".env"),
            "~/project/.env",
            EditOp.SET,
            ("ANTHROPIC_API_KEY",),
            Secret(canary.api_key),
        )
        plan = session.plan("edit", Remedy("r", "Set it", Applicability.SAFE, (edit,)))
        canary.assert_clean(plan.diff + repr(plan.remedy))
        change = session.apply(plan)
        canary.assert_clean(repr(change) + repr(session.changes()) + session.export("json"))
        state = scene.machine.state
        canary.assert_clean((state / "journal.jsonl").read_bytes())
        canary.assert_clean("\n".join(str(path) for path in scene.machine.home.rglob("*")))
        copies = [path for path in (state / "backups").rglob("*") if path.is_file()]
        assert copies
        assert all(path.stat().st_mode & 0o077 == 0 for path in (*copies, *(p.parent for p in copies)))


async def test_started_processes(tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only process that a check may start is the user's own helper, and it gets its own words only."""
    started: list[str] = []
    original = asyncio.create_subprocess_shell

    async def shell(command: str, **more: Any) -> asyncio.subprocess.Process:
        started.append(command)
        return await original(command, **more)

    def popen(*words: object, **more: object) -> None:
        raise AssertionError(f"started {words}")

    monkeypatch.setattr(asyncio, "create_subprocess_shell", shell)
    monkeypatch.setattr(subprocess, "run", popen)
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        scene.environ["PATH"] = "/usr/bin:/bin"
        scene.machine.write(".claude/settings.json", {"apiKeyHelper": "printenv MY_KEY"})
        scene.environ["MY_KEY"] = canary.helper_output
        await scene.gateway()
        await scene.run(exec_helper=True)
    assert started == ["printenv MY_KEY"]


async def test_probe_that_crashes_with_the_key_in_its_message(
    tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def clumsy(ask: Ask[Observation], wire: Wire) -> Observation:
        raise RuntimeError(f"{canary.api_key} {canary.header_value}")

    monkeypatch.setattr(runner, "put", clumsy)
    async with Scene(tmp_path, pki, canary) as scene:
        plant(scene)
        await scene.api()
        await scene.run()
    canary.assert_clean(caplog.text)


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown"])
async def test_program(form: str, home: Path, project: Path, canary: Canary) -> None:
    onboarded(home)
    env = {
        "ANTHROPIC_BASE_URL": f"http://{GATEWAY}",
        "ANTHROPIC_API_KEY": canary.api_key,
        "ANTHROPIC_AUTH_TOKEN": canary.auth_token,
        "ANTHROPIC_CUSTOM_HEADERS": f"X-Lab: {canary.header_value}",
    }
    async with Echo() as echo, ApiDouble() as spare:
        words = ("--connect-to", f"{GATEWAY}::{echo.address}", *detour(spare, "api.anthropic.com"), "--send-message")
        ended = await cli("check", *words, "--format", form, "--save", "saved.json", env=env)
        canary.assert_clean(ended.out + ended.err)
        canary.assert_clean((project / "saved.json").read_bytes())
        for command in (("settings",), ("settings", "--json"), ("where",), ("fix", "--dry-run", *words)):
            ended = await cli(*command, env=env)
            canary.assert_clean(ended.out + ended.err)


@pytest.mark.parametrize("junk", ["", "\n", " \n", "\r\n"])
def test_masks_show_four_characters_at_most(junk: str, canary: Canary) -> None:
    for value in canary.values:
        secret = Secret(value + junk)
        for shown in (str(secret), repr(secret), f"{secret}", f"{secret:>200}", f"{secret!s}", mask(secret)):
            canary.assert_clean(shown)
            assert value[-12:] not in shown


@pytest.mark.parametrize(
    "text",
    [
        "http://alice:{}@p.test:3128",
        "http://{}@p.test",
        "http://al/ice:{}@p.test",
        "http://p.test/{}",
        "http://p.test?key={}",
        "http://p.test#{}",
        "X-Link: https://x.test\nX-Key: {}",
        "http://alice:x@p.test/{}",
        "http://alice:x@p.test\n{}",
        "{}://p.test",
    ],
)
def test_urls_keep_their_shape_and_lose_the_rest(text: str, canary: Canary) -> None:
    canary.assert_clean(mask(Secret(text.format(canary.header_value))))


@pytest.mark.parametrize("value", ["a", "ab", "secret", "sk-ant-", "1234567", "pass word"])
def test_short_values_are_masked_whole(value: str) -> None:
    shown = mask(Secret(value)).split(" (")[0]
    assert value.removeprefix("sk-ant-") == "" or value.removeprefix("sk-ant-") not in shown
    assert mask(Secret("")) == "(empty)"


def test_secrets_are_never_pickled_and_compare_by_value() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("x"))
    assert Secret("x") == Secret("x") != Secret("y")
    assert Secret("x") != "x"
    assert len({Secret("x"), Secret("x")}) == 1
    assert (len(Secret("abc")), bool(Secret("")), bool(Secret("a"))) == (3, False, True)


def test_traceback_does_not_quote_a_secret(canary: Canary) -> None:
    def broken(secret: Secret) -> None:
        raise ValueError(f"cannot use {secret} {secret!r}")

    try:
        broken(Secret(canary.api_key))
    except ValueError as error:
        lines = traceback.TracebackException.from_exception(error, capture_locals=True).format()
        canary.assert_clean("".join(lines).replace(repr(canary), ""))


def test_redactor_knows_every_form_of_an_echo(canary: Canary) -> None:
    redactor = Redactor([Secret(value) for value in canary.values])
    redactor.learn(Secret(canary.proxy_url))
    for value in canary.values:
        for form in (value, quote(value, safe=""), json.dumps(value), f"Bearer {value}", value[:-2], f"x{value}y"):
            canary.assert_clean(redactor.clean(f"you sent {form}"))
    canary.assert_clean(redactor.clean(f"Basic {_basic(canary)}"))
    canary.assert_clean(redactor.clean(canary.auth_token * 400, 4000))
    canary.assert_clean(redactor.clean_bytes(f"x {canary.auth_token}".encode()))
    assert redactor.clean("nothing secret here") == "nothing secret here"


def test_redactor_bounds_and_cleans() -> None:
    clean = Redactor().clean
    assert clean("a" * 10, 5) == "aaaa…"
    assert clean("a\r\nb\x1b\0c\td") == "a\nb��c\td"
    assert "unknown-key" not in clean("sk-ant-api03-unknown-key-of-somebody-else")
    assert visible("a\x1b[2J\u202e\xa0b\n") == "a\\x1b[2J\\u202e\\xa0b\\n"


async def test_settings_of_a_stranger_are_data(tmp_path: Path, canary: Canary) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", f'ANTHROPIC_API_KEY="{canary.api_key}\n{canary.auth_token}"\n')
    session = machine.session("python-sdk", offline=True)
    await run(session)
    canary.assert_clean(repr(session.events) + "".join(session.export(form) for form in formats.SUFFIXES))
