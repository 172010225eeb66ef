"""Sound set-ups, odd but working: nothing may be called broken, and what was not tested is said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.proxies import Proxy
from tests.session.scene import API, PLATFORM, Scene
from tui.core.model import Role, Verdict

Prepare = Callable[[Scene], Awaitable[object]]
MESSAGE: dict[str, Any] = {"send_message": True}


def api(mode: str = "ok", **how: Any) -> Prepare:
    async def prepare(scene: Scene) -> None:
        await scene.api(mode, **how)

    return prepare


def gateway(mode: str = "ok", identity: str = "plain", **how: Any) -> Prepare:
    async def prepare(scene: Scene) -> None:
        await scene.gateway(mode, identity, **how)

    return prepare


def key(change: Callable[[str], str]) -> Prepare:
    async def prepare(scene: Scene) -> None:
        await scene.api()
        scene.environ["ANTHROPIC_API_KEY"] = change(scene.canary.api_key)

    return prepare


async def by_proxy(scene: Scene) -> None:
    await scene.api()
    await scene.proxy()


async def by_proxy_with_password(scene: Scene) -> None:
    await scene.api()
    made = await scene.start(Proxy("407"))
    scene.environ["HTTPS_PROXY"] = f"http://alice:s3cret@{made.address}"


async def past_a_dead_proxy(scene: Scene) -> None:
    await scene.api()
    scene.environ["HTTPS_PROXY"] = "http://127.0.0.1:1"
    scene.environ["NO_PROXY"] = API


async def inspected_and_trusted(scene: Scene) -> None:
    scene.machine.trust(scene.pki.zscaler_authority.root)
    await scene.api(leaf="zscaler")


async def extra_root(scene: Scene) -> None:
    await scene.gateway(leaf="company")
    scene.environ["NODE_EXTRA_CA_CERTS"] = str(scene.pki.company.root)


async def client_certificate(scene: Scene) -> None:
    tls = scene.pki.server_context("good", client_ca=scene.pki.company.root)
    scene.at(await scene.start(ApiDouble(tls=tls, key=scene.canary.api_key)), tls=True)
    scene.environ["CLAUDE_CODE_CLIENT_CERT"] = str(scene.pki.client.chain)
    scene.environ["CLAUDE_CODE_CLIENT_KEY"] = str(scene.pki.client.key)


async def token_for_a_gateway(scene: Scene) -> None:
    await scene.gateway(auth="bearer", key=scene.canary.auth_token)
    del scene.environ["ANTHROPIC_API_KEY"]
    scene.environ["ANTHROPIC_AUTH_TOKEN"] = scene.canary.auth_token


async def settings_over_shell(scene: Scene) -> None:
    await scene.api()
    scene.environ["ANTHROPIC_BASE_URL"] = "http://gone.invalid"
    scene.machine.write(".claude/settings.json", {"env": {"ANTHROPIC_BASE_URL": ""}})


async def first_run(scene: Scene) -> None:
    made = await scene.api()
    scene.lead(PLATFORM, made.port)
    scene.machine.write(".claude.json", {})


async def prefix(scene: Scene) -> None:
    await scene.gateway("ok", "kong", prefix="/anthropic")
    scene.environ["ANTHROPIC_BASE_URL"] += "/anthropic/"


async def custom_header(scene: Scene) -> None:
    await scene.gateway()
    scene.environ["ANTHROPIC_CUSTOM_HEADERS"] = f"X-Team: {scene.canary.header_value}"


@pytest.mark.parametrize("message", [False, True])
@pytest.mark.parametrize(
    "prepare",
    [
        api(),
        api("strip-ratelimit"),
        api("slow-headers", delay=0.2),
        api(leaf="soon"),
        gateway(),
        gateway("hello-404"),
        gateway("ok", "litellm"),
        gateway("ok", "newapi"),
        gateway("ok", "kong"),
        gateway("count-404"),
        key(lambda text: text + "\n"),
        key(lambda text: f" {text}\r\n"),
        by_proxy,
        by_proxy_with_password,
        past_a_dead_proxy,
        inspected_and_trusted,
        extra_root,
        client_certificate,
        token_for_a_gateway,
        settings_over_shell,
        first_run,
        prefix,
        custom_header,
    ],
)
async def test_healthy(prepare: Prepare, message: bool, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await prepare(scene)
        finished = await scene.run(send_message=message)
        assert finished.verdict is Verdict.HEALTHY, (finished.summary, [r.finding.code for r in finished.ranked])
        assert finished.root_cause is None
        assert all(r.role is Role.NOTE for r in finished.ranked)
        assert any("credential" in phrase for phrase in finished.tested)
        assert any("message" in phrase for phrase in (finished.tested if message else finished.untested))


@pytest.mark.parametrize(
    ("prepare", "note"),
    [(api(leaf="soon"), "cert-expiring"), (inspected_and_trusted, "tls-intercepted-trusted")],
)
async def test_notes(prepare: Prepare, note: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await prepare(scene)
        assert note in [r.finding.code for r in (await scene.run()).ranked]


@pytest.mark.parametrize("client", ["python-sdk@0.120.0", "python-sdk@2.12.0", "typescript-sdk@1.12.0"])
async def test_healthy_sdks(client: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.gateway()
        del scene.environ["ANTHROPIC_API_KEY"]
        scene.machine.write("project/.env", f"ANTHROPIC_API_KEY={canary.api_key}\n")
        finished = await scene.run(client, send_message=True)
        assert finished.verdict is Verdict.HEALTHY, finished.summary
        (first, *_) = made.asked("/v1/models")
        modern = client in ("python-sdk@2.12.0", "typescript-sdk@1.12.0")
        assert ("authorization" in first.headers) is modern
        assert ("x-api-key" in first.headers) is not modern


async def test_saved_login_is_unknown_and_says_why(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        del scene.environ["ANTHROPIC_API_KEY"]
        login = {"accessToken": canary.oauth_token, "expiresAt": (scene.machine.now + 3600) * 1000}
        scene.machine.write(".claude/.credentials.json", {"claudeAiOauth": login})
        finished = await scene.run()
        assert finished.verdict is Verdict.UNKNOWN, [r.finding.code for r in finished.ranked]
        assert any("saved login" in phrase for phrase in finished.untested)
        canary.assert_clean(repr(made.requests))


async def test_free_by_default(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    """Without consent nothing is sent that costs a token."""
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        await scene.run()
        paths = {(r.method, r.path) for r in made.requests}
        assert paths == {
            ("GET", "/api/hello"),
            ("GET", "/v1/models"),
            ("POST", "/v1/messages/count_tokens"),
        }


async def test_message_spends_what_the_contract_allows(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    import json

    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        await scene.run(send_message=True)
        bodies = [json.loads(r.body) for r in made.asked("/v1/messages")]
        assert sorted((b["max_tokens"], b.get("stream", False)) for b in bodies) == [(1, False), (64, True)]
        assert all(len(r.body) < 21_000 for r in made.requests)


async def test_offline_sends_nothing(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        finished = await scene.run(offline=True)
        assert made.accepted == 0
        assert finished.verdict is Verdict.UNKNOWN
        assert "everything on the network (--offline)" in finished.untested


async def test_hello_carries_no_credential(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        await scene.run()
        for request in made.asked("/api/hello"):
            canary.assert_clean(repr(request))


async def test_many_at_once_do_not_disturb_each_other(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async def one(number: int, mode: str) -> str | None:
        folder = tmp_path / str(number)
        folder.mkdir()
        async with Scene(folder, pki, canary) as scene:
            await scene.api(mode)
            return (await scene.run()).root_cause

    found = await asyncio.gather(one(1, "ok"), one(2, "invalid-key"), one(3, "region-block"), one(4, "api500"))
    assert list(found) == [None, "auth-invalid-key", "region-blocked", "api-error"]
