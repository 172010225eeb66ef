"""Whole sessions against the lab: one fault, one root cause. And sound set-ups, which must be called healthy."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.faults import backlog_full, refused_port
from tests.lab.proxies import Proxy, Socks5
from tests.session.scene import API, GATEWAY, PLATFORM, Scene
from tui.core.model import Verdict

Prepare = Callable[[Scene], Awaitable[object]]
MESSAGE: dict[str, Any] = {"send_message": True}


def api(mode: str = "ok", options: dict[str, Any] | None = None, model: str = "", **how: Any) -> Prepare:
    """The first-party host answers in this mode."""

    async def prepare(scene: Scene) -> None:
        await scene.api(mode, **how)
        scene.options.update(options or {})
        if model:
            scene.environ["ANTHROPIC_MODEL"] = model

    return prepare


def gateway(mode: str = "ok", identity: str = "plain", options: dict[str, Any] | None = None, **how: Any) -> Prepare:
    """The gateway at the base URL answers in this mode."""

    async def prepare(scene: Scene) -> None:
        await scene.gateway(mode, identity, **how)
        scene.options.update(options or {})

    return prepare


def fault(mode: str, argument: int = 40, limit: float = 2.0) -> Prepare:
    """Trouble below HTTP in place of the first-party host."""

    async def prepare(scene: Scene) -> None:
        await scene.fault(mode, argument)
        scene.options["timeout"] = limit

    return prepare


def proxied(mode: str, **how: Any) -> Prepare:
    """A proxy that does this is in force; without it nothing is reached."""

    async def prepare(scene: Scene) -> None:
        dead = await scene.start(refused_port())
        scene.lead(API, dead.port)
        await scene.proxy(mode, **how)
        scene.options["timeout"] = 0.6 if mode == "hang" else 2.0

    return prepare


async def check(cause: str, prepare: Prepare, tmp_path: Path, pki: Pki, canary: Canary) -> Scene:
    """Run and compare."""
    async with Scene(tmp_path, pki, canary) as scene:
        await prepare(scene)
        finished = await scene.run()
        assert finished.root_cause == cause, [(r.finding.code, r.role) for r in finished.ranked]
        assert finished.verdict in (Verdict.BROKEN, Verdict.DEGRADED)
        return scene


SMALL: dict[str, Any] = {"timeout": 0.4}


@pytest.mark.parametrize(
    ("cause", "prepare"),
    [
        ("auth-invalid-key", api("invalid-key")),
        ("auth-token-expired", api("oauth-expired")),
        ("auth-forbidden", api("perm403")),
        ("auth-forbidden", api("oauth403")),
        ("auth-org-disabled", api("org-disabled")),
        ("billing-credit", api("credit", MESSAGE, only="/v1/messages")),
        ("rate-limited", api("rate429")),
        ("plan-limit", api("plan429")),
        ("api-overloaded", api("overloaded")),
        ("api-error", api("api500")),
        ("api-overloaded", api("sse-error", MESSAGE)),
        ("req-too-large", api("too-large", MESSAGE, only="/v1/messages")),
        ("api-bad-request", api("beta-reject", MESSAGE, only="/v1/messages")),
        ("model-not-found", api("model-missing", MESSAGE, model="claude-sonnet-5")),
        ("region-blocked", api("region-block")),
        ("cf-challenge", api("cf-challenge")),
        ("cf-waf-block", api("cf-waf")),
        ("http-captive-portal", api("captive-511")),
        ("http-block-page", api("block-page")),
        ("http-reset", api("rst-after-request")),
        ("http-empty-reply", api("fin-after-request")),
        ("http-timeout", api("hang-headers", SMALL)),
        ("http-truncated", api("truncate")),
        ("http-bad-encoding", api("bad-gzip")),
        ("http-not-http", api("garbage")),
        ("sse-cut", api("sse-cut", MESSAGE)),
        ("sse-cut", gateway("sse-reset", "plain", MESSAGE)),
        ("sse-stall", api("sse-stall", MESSAGE | SMALL)),
        ("sse-buffered", api("sse-buffered", MESSAGE, pace=0.05)),
        ("sse-unsupported", api("no-stream-support", MESSAGE)),
        ("sse-unsupported", api("sse-as-json", MESSAGE)),
        ("tls-intercepted-untrusted", api(leaf="zscaler")),
        ("tls-intercepted-untrusted", api(leaf="fortinet")),
        ("tls-expired", api(leaf="expired")),
        ("tls-not-yet-valid", api(leaf="notyet")),
        ("tls-hostname-mismatch", api(leaf="wronghost")),
        ("tls-weak-cert", api(leaf="rsa1024")),
        ("tls-chain-incomplete", api(leaf="leaf-only")),
        ("tls-alert", fault("tls-alert", 40)),
        ("tls-unknown-sni", fault("tls-alert", 112)),
        ("tls-reset", fault("rst-on-data")),
        ("tls-closed", fault("fin-on-data")),
        ("tls-timeout", fault("silent", limit=0.4)),
        ("tls-not-tls", fault("ssh-banner")),
        ("gw-upstream-down", gateway("gw502")),
        ("gw-maintenance", gateway("gw503")),
        ("gw-upstream-timeout", gateway("gw504")),
        ("gw-rate-limit", gateway("gw429")),
        ("gw-access-denied", gateway("gw-denied")),
        ("gw-access-denied", gateway("basic-auth")),
        ("gw-access-denied", gateway("ok", "apim", key="another")),
        ("gw-upstream-auth", gateway("upstream-auth", "litellm", MESSAGE, only="/v1/messages")),
        ("gw-not-anthropic", gateway("openai-404", "plain", MESSAGE, only="/v1/messages")),
        ("gw-group-denied", gateway("group-denied", "newapi", MESSAGE, only="/v1/messages")),
        ("gw-group-denied", gateway("group-no-access", "newapi")),
        ("gw-model-not-configured", gateway("newapi-503", "newapi", MESSAGE, only="/v1/messages")),
        ("gw-model-not-configured", gateway("litellm-model-400", "litellm", MESSAGE, only="/v1/messages")),
        ("auth-invalid-gateway-key", gateway("newapi-401", "newapi")),
        ("auth-invalid-gateway-key", gateway("ok", "litellm", key="another")),
        ("gw-auth-stripped", gateway("drop-auth")),
        ("gw-html-frontend", gateway("html-200")),
        ("gw-wrong-schema", gateway("wrong-schema", "plain", MESSAGE)),
        ("gw-body-limit", gateway("body-limit", "plain", MESSAGE)),
        ("auth-wrong-header", gateway(auth="bearer")),
        ("tls-private-ca", gateway(leaf="company")),
        ("tls-self-signed", gateway(leaf="selfsigned")),
        ("proxy-auth-required", proxied("407")),
        ("proxy-auth-scheme", proxied("407-ntlm")),
        ("proxy-auth-scheme", proxied("407-negotiate")),
        ("proxy-denied", proxied("403")),
        ("proxy-denied", proxied("403-html")),
        ("proxy-upstream-fail", proxied("503")),
        ("proxy-upstream-fail", proxied("502")),
        ("proxy-not-a-proxy", proxied("405")),
        ("proxy-closes", proxied("fin")),
        ("proxy-timeout", proxied("hang")),
        ("proxy-tunnel-broken", proxied("200-rst")),
        ("proxy-tunnel-broken", proxied("200-html")),
    ],
)
async def test_one_fault_one_cause(cause: str, prepare: Prepare, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    await check(cause, prepare, tmp_path, pki, canary)


async def refused(scene: Scene) -> None:
    scene.lead(API, (await scene.start(refused_port())).port)


async def dropped(scene: Scene) -> None:
    scene.lead(API, (await scene.start(backlog_full())).port)
    scene.options["timeout"] = 0.4


async def local_gateway_gone(scene: Scene) -> None:
    scene.environ["ANTHROPIC_BASE_URL"] = f"http://127.0.0.1:{(await scene.start(refused_port())).port}"


async def local_gateway_hangs(scene: Scene) -> None:
    scene.environ["ANTHROPIC_BASE_URL"] = f"http://127.0.0.1:{(await scene.start(backlog_full())).port}"
    scene.options["timeout"] = 0.4


async def old_tls(scene: Scene) -> None:
    context = scene.pki.server_context(newest=ssl.TLSVersion.TLSv1_1)
    scene.lead(API, (await scene.start(ApiDouble(tls=context))).port)


async def client_certificate(scene: Scene) -> None:
    made = await scene.start(
        ApiDouble(tls=scene.pki.server_context("good", client_ca=scene.pki.company.root), key=scene.canary.api_key)
    )
    scene.at(made, tls=True)


async def base_url_with_v1(scene: Scene) -> None:
    await scene.gateway("ok", "litellm")
    scene.environ["ANTHROPIC_BASE_URL"] += "/v1"


async def prefix_missing(scene: Scene) -> None:
    await scene.gateway("ok", "kong", prefix="/only/they/know")


async def http_on_a_tls_port(scene: Scene) -> None:
    await scene.gateway(leaf="good")
    scene.environ["ANTHROPIC_BASE_URL"] = scene.environ["ANTHROPIC_BASE_URL"].replace("https:", "http:")


async def https_on_a_plain_port(scene: Scene) -> None:
    await scene.fault("plain-http", host=GATEWAY)
    scene.environ["ANTHROPIC_BASE_URL"] = f"https://{GATEWAY}"


async def no_scheme(scene: Scene) -> None:
    made = await scene.gateway()
    scene.environ["ANTHROPIC_BASE_URL"] = f"127.0.0.1:{made.port}"


async def quoted_key(scene: Scene) -> None:
    await scene.api()
    scene.environ["ANTHROPIC_API_KEY"] = f'"{scene.canary.api_key}"'


async def no_key(scene: Scene) -> None:
    await scene.api()
    del scene.environ["ANTHROPIC_API_KEY"]


async def broken_settings(scene: Scene) -> None:
    await scene.api()
    del scene.environ["ANTHROPIC_API_KEY"]
    scene.machine.write(".claude/settings.json", '{"env": {"ANTHROPIC_API_KEY": "' + scene.canary.api_key + '",}}')


async def shadowed_url(scene: Scene) -> None:
    await scene.gateway()
    dead = await scene.start(refused_port())
    scene.machine.write(".claude/settings.json", {"env": {"ANTHROPIC_BASE_URL": f"http://127.0.0.1:{dead.port}"}})


async def conflict(scene: Scene) -> None:
    await scene.gateway(auth="x-api-key", key=scene.canary.auth_token)
    scene.environ["ANTHROPIC_AUTH_TOKEN"] = scene.canary.auth_token


async def proxy_gone(scene: Scene) -> None:
    await scene.api()
    scene.environ["HTTPS_PROXY"] = f"http://{(await scene.start(refused_port())).address}"


async def proxy_gone_and_nothing_without_it(scene: Scene) -> None:
    await refused(scene)
    scene.environ["HTTPS_PROXY"] = f"http://{(await scene.start(refused_port())).address}"


async def proxy_with_a_hash_in_the_password(scene: Scene) -> None:
    await scene.api()
    made = await scene.start(Proxy("407", user="alice:p#ss"))
    scene.environ["HTTPS_PROXY"] = f"http://alice:p#ss@{made.address}"


async def tls_to_a_plain_proxy(scene: Scene) -> None:
    await scene.api()
    made = await scene.proxy()
    scene.environ["HTTPS_PROXY"] = f"https://{made.address}"


async def socks_url(scene: Scene) -> None:
    await scene.api()
    scene.environ["HTTPS_PROXY"] = (await scene.start(Socks5())).url


async def socks_port(scene: Scene) -> None:
    await refused(scene)
    scene.environ["HTTPS_PROXY"] = f"http://{(await scene.start(Socks5())).address}"


async def shadowed_proxy(scene: Scene) -> None:
    await scene.api()
    await scene.proxy()
    scene.environ["https_proxy"] = f"http://{(await scene.start(refused_port())).address}"


async def wrong_proxy_password(scene: Scene) -> None:
    await refused(scene)
    made = await scene.proxy("407")
    scene.environ["HTTPS_PROXY"] = f"http://alice:wrong-password@{made.address}"


async def local_gateway_by_proxy(scene: Scene) -> None:
    made = await scene.start(ApiDouble(identity="plain", key=scene.canary.api_key))
    scene.hears.append(made)
    scene.environ["ANTHROPIC_BASE_URL"] = made.url
    scene.hears.append(await scene.proxy("403"))  # in absolute form a proxy reads everything: so it is configured


async def semicolon_in_no_proxy(scene: Scene) -> None:
    await scene.gateway(leaf="good")
    await scene.proxy("403")
    scene.environ["NO_PROXY"] = "localhost;gw.corp.test"


async def ca_file_missing(scene: Scene) -> None:
    await scene.api(leaf="zscaler")
    scene.environ["NODE_EXTRA_CA_CERTS"] = str(scene.pki.missing)


async def ca_file_garbage(scene: Scene) -> None:
    await scene.api(leaf="zscaler")
    scene.environ["NODE_EXTRA_CA_CERTS"] = str(scene.pki.garbage)


async def ca_file_without_the_root(scene: Scene) -> None:
    await scene.api(leaf="zscaler")
    scene.environ["NODE_EXTRA_CA_CERTS"] = str(scene.pki.company.root)


async def store_of_the_system_ignored(scene: Scene) -> None:
    scene.machine.trust(scene.pki.public.root, scene.pki.zscaler_authority.root)
    await scene.api(leaf="zscaler")
    scene.environ["CLAUDE_CODE_CERT_STORE"] = "bundled"


async def first_run_blocked(scene: Scene) -> None:
    await scene.gateway()
    scene.hears.append(await scene.start(ApiDouble("block-page", tls=scene.pki.server_context())))
    for host in (API, PLATFORM):
        scene.lead(host, scene.hears[-1].port)
    scene.machine.write(".claude.json", {})


async def provider_flag(scene: Scene) -> None:
    await scene.api()
    scene.environ["CLAUDE_CODE_USE_BEDROCK"] = "1"


async def rejected_key(scene: Scene) -> None:
    await scene.api()
    tail = scene.canary.api_key[-20:]
    content = {"hasCompletedOnboarding": True, "customApiKeyResponses": {"rejected": [tail]}}
    scene.machine.write(".claude.json", content)


async def dotenv_only(scene: Scene) -> None:
    await scene.api()
    key = scene.environ.pop("ANTHROPIC_API_KEY")
    scene.machine.write("project/.env", f"ANTHROPIC_API_KEY={key}\n")


async def redirect(scene: Scene) -> None:
    await scene.gateway("redirect-https")


@pytest.mark.parametrize(
    ("cause", "prepare"),
    [
        ("tcp-refused", refused),
        ("tcp-timeout", dropped),
        ("gw-not-running", local_gateway_gone),
        ("gw-hung", local_gateway_hangs),
        ("tls-version-old", old_tls),
        ("tls-client-cert-required", client_certificate),
        ("cfg-base-url-path", base_url_with_v1),
        ("gw-path-not-found", prefix_missing),
        ("cfg-base-url-scheme", http_on_a_tls_port),
        ("cfg-base-url-scheme", https_on_a_plain_port),
        ("cfg-base-url-invalid", no_scheme),
        ("cfg-credential-malformed", quoted_key),
        ("cfg-credential-missing", no_key),
        ("cfg-settings-unreadable", broken_settings),
        ("cfg-settings-shadow", shadowed_url),
        ("cfg-credential-conflict", conflict),
        ("cfg-proxy-stale", proxy_gone),
        ("proxy-down", proxy_gone_and_nothing_without_it),
        ("cfg-proxy-url-invalid", proxy_with_a_hash_in_the_password),
        ("cfg-proxy-scheme-mismatch", tls_to_a_plain_proxy),
        ("cfg-proxy-socks-unsupported", socks_url),
        ("proxy-not-a-proxy", socks_port),
        ("cfg-proxy-shadowed", shadowed_proxy),
        ("proxy-auth-wrong", wrong_proxy_password),
        ("cfg-no-proxy-missing", local_gateway_by_proxy),
        ("cfg-no-proxy-form", semicolon_in_no_proxy),
        ("cfg-ca-file-bad", ca_file_missing),
        ("cfg-ca-file-bad", ca_file_garbage),
        ("cfg-ca-file-wrong", ca_file_without_the_root),
        ("cfg-cert-store", store_of_the_system_ignored),
        ("cfg-preflight-blocked", first_run_blocked),
        ("cfg-provider-flag", provider_flag),
        ("cfg-key-not-approved", rejected_key),
        ("cfg-dotenv-not-read", dotenv_only),
        ("gw-redirect", redirect),
    ],
)
async def test_one_set_up_one_cause(cause: str, prepare: Prepare, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    await check(cause, prepare, tmp_path, pki, canary)
