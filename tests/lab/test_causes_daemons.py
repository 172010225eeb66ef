"""The same with the real servers: what squid, nginx, tinyproxy and haproxy say must lead to the same causes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.daemons import Daemons
from tests.lab.double import ApiDouble
from tests.lab.faults import refused_port
from tests.session.scene import API, GATEWAY, Scene
from tui.core.model import Verdict

pytestmark = pytest.mark.lab


async def run(scene: Scene, **options: Any) -> str | None:
    """The root cause."""
    return (await scene.run(**{"timeout": 4.0} | options)).root_cause


@pytest.mark.parametrize(
    ("login", "cause"), [("", "proxy-auth-required"), ("alice:wrong-one@", "proxy-auth-wrong"), ("alice:s3cret@", None)]
)
async def test_squid_with_a_password(
    login: str, cause: str | None, daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary
) -> None:
    squid = daemons.squid(user="alice")
    async with Scene(tmp_path, pki, canary) as scene:
        if cause is None:
            await scene.api()
        else:
            scene.lead(API, (await scene.start(refused_port())).port)
        scene.environ["HTTPS_PROXY"] = f"http://{login}{squid.address}"
        assert await run(scene) == cause
        canary.assert_clean(squid.log())


async def test_squid_that_denies(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    squid = daemons.squid(deny=["127.0.0.1"])
    async with Scene(tmp_path, pki, canary) as scene:
        scene.lead(API, (await scene.start(refused_port())).port)
        scene.environ["HTTPS_PROXY"] = squid.url
        assert await run(scene) == "proxy-denied"


async def test_squid_that_reaches_nothing(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    squid = daemons.squid()
    async with Scene(tmp_path, pki, canary) as scene:
        scene.lead(API, (await scene.start(refused_port())).port)
        scene.environ["HTTPS_PROXY"] = squid.url
        assert await run(scene) == "proxy-upstream-fail"


async def test_tinyproxy_that_denies(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    proxy = daemons.tinyproxy(deny=["127.0.0.1"])
    async with Scene(tmp_path, pki, canary) as scene:
        scene.lead(API, (await scene.start(refused_port())).port)
        scene.environ["HTTPS_PROXY"] = proxy.url
        assert await run(scene) == "proxy-denied"


async def test_web_server_in_place_of_a_proxy(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    nginx = daemons.nginx("no-answer")
    async with Scene(tmp_path, pki, canary) as scene:
        scene.lead(API, (await scene.start(refused_port())).port)
        scene.environ["HTTPS_PROXY"] = nginx.url
        assert await run(scene) == "proxy-not-a-proxy"


@pytest.mark.parametrize(
    ("variant", "cause", "options"),
    [
        ("ok", None, {}),
        ("ok", None, {"send_message": True}),
        ("upstream-down", "gw-upstream-down", {}),
        ("basic-auth", "gw-access-denied", {}),
        ("deny", "gw-access-denied", {}),
        ("strip-auth", "gw-auth-stripped", {}),
        ("redirect-https", "gw-redirect", {}),
        ("prefix", "cfg-base-url-path", {}),
        ("front-end", "gw-html-frontend", {}),
        ("body-limit", "gw-body-limit", {}),
        ("rate-limit", "gw-rate-limit", {}),
        ("no-answer", "http-empty-reply", {}),
    ],
)
async def test_nginx_before_the_gateway(
    variant: str,
    cause: str | None,
    options: dict[str, Any],
    daemons: Daemons,
    tmp_path: Path,
    pki: Pki,
    canary: Canary,
) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble(identity="plain", key=canary.api_key))
        nginx = daemons.nginx(variant, made.url)
        scene.hears.append(made)
        scene.lead(GATEWAY, nginx.port)
        scene.environ["ANTHROPIC_BASE_URL"] = f"http://{GATEWAY}"
        assert await run(scene, **options) == cause


async def test_nginx_with_slow_upstream(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble("hang-headers", "plain"))
        nginx = daemons.nginx("upstream-slow", made.url)
        scene.hears.append(made)
        scene.lead(GATEWAY, nginx.port)
        scene.environ["ANTHROPIC_BASE_URL"] = f"http://{GATEWAY}"
        assert await run(scene) == "gw-upstream-timeout"


async def test_nginx_that_wants_a_client_certificate(
    daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary
) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble(identity="plain", key=canary.api_key))
        nginx = daemons.nginx("ok", made.url, leaf="good", client_ca=pki.company.root)
        scene.hears.append(made)
        scene.lead(GATEWAY, nginx.port)
        scene.environ["ANTHROPIC_BASE_URL"] = f"https://{GATEWAY}"
        assert await run(scene) == "tls-client-cert-required"
        scene.environ["CLAUDE_CODE_CLIENT_CERT"] = str(pki.client.chain)
        scene.environ["CLAUDE_CODE_CLIENT_KEY"] = str(pki.client.key)
        assert (await scene.run()).verdict is Verdict.HEALTHY


async def test_plain_http_to_the_tls_port_of_nginx(daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble(identity="plain", key=canary.api_key))
        nginx = daemons.nginx("ok", made.url, leaf="good")
        scene.hears.append(made)
        scene.lead(GATEWAY, nginx.port)
        scene.environ["ANTHROPIC_BASE_URL"] = f"http://{GATEWAY}"
        assert await run(scene) == "cfg-base-url-scheme"


@pytest.mark.parametrize(("variant", "cause"), [("no-server", "gw-upstream-down"), ("rate-limit", "gw-rate-limit")])
async def test_haproxy(variant: str, cause: str, daemons: Daemons, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble(identity="plain", key=canary.api_key))
        haproxy = daemons.haproxy(variant, made.address)
        scene.hears.append(made)
        scene.lead(GATEWAY, haproxy.port)
        scene.environ["ANTHROPIC_BASE_URL"] = f"http://{GATEWAY}"
        assert await run(scene) == cause
