"""Where a rule must hold its tongue: what would be a false alarm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.answers import (
    cert,
    connect,
    dns_ok,
    error,
    hello,
    http,
    nameserver,
    page,
    refusal,
    stream,
    tcp_bad,
    untrusted,
)
from tests.rules.cases import configuration, edges, files, gateway, network, requests
from tests.rules.looks import canary, direct, hello_at, server_says
from tests.rules.story import Story, Told, story
from tests.rules.worlds import KEY, NOW, PLANTED, TOKEN, Given, user
from tui.core import judge
from tui.core.seen import Error

KEYED = Given(settings=user(**KEY))
GW = "http://gw.corp.test:4000"
WITH_ID = http(403, {"error": {"type": "forbidden", "message": "Request not allowed"}}, request_id="req_1")
BEHIND = Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:3128", **KEY))
BOTH_WORK = Given(env={"ANTHROPIC_BASE_URL": GW}, settings=user(ANTHROPIC_BASE_URL="http://127.0.0.1:4000", **TOKEN))
CASES = (
    ("region-blocked", "the API's own id is there", story(KEYED, models=WITH_ID)),
    ("cfg-settings-shadow", "the value in force works", story(BOTH_WORK, hello_at(GW, hello()))),
    (
        "cfg-all-proxy",
        "the first-run check is over",
        configuration.all_proxy.but(given=configuration.OLD.but(state=Given().state)),
    ),
    (
        "cfg-preflight-blocked",
        "the endpoint does not work either",
        configuration.preflight.but(models=error(401, "authentication_error", "invalid x-api-key")),
    ),
    (
        "cfg-preflight-blocked",
        "the setup is done",
        configuration.preflight.but(given=Given(settings=user(ANTHROPIC_BASE_URL=GW, **KEY))),
    ),
    (
        "cfg-ca-file-bad",
        "this client does not read it",
        configuration.ca_bad.but(
            given=Given(env={"NODE_EXTRA_CA_CERTS": "/etc/no-such.pem", **KEY}, client="python-sdk@2.12.0")
        ),
    ),
    ("cfg-credential-missing", "a saved login is there", story(Given(login=NOW + 3600))),
    ("cfg-credential-missing", "a helper prints it", story(Given(settings={"apiKeyHelper": "/bin/get-key"}))),
    ("cfg-credential-malformed", "it works all the same", story(Given(settings=user(ANTHROPIC_API_KEY="my-token")))),
    (
        "cfg-proxy-shadowed",
        "both spellings name the same",
        story(
            Given(env={"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", **KEY}),
            tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
        ),
    ),
    ("cfg-no-proxy-missing", "the endpoint is Anthropic's", story(BEHIND, direct(hello()), connect=connect(403, "No"))),
    ("auth-invalid-gateway-key", "there is no gateway", story(KEYED, models=refusal(401, "Unauthorized"))),
    ("gw-access-denied", "there is no gateway", story(KEYED, hello=page(403, "No"), models=page(403, "No"))),
    (
        "model-not-found",
        "a gateway without the API's id",
        gateway.no_model.but(message=error(404, "not_found_error", "model: claude-sonnet-5-5", request_id="")),
    ),
    ("dns-hijack", "the endpoint works there", story(KEYED, dns=dns_ok("198.51.100.7"))),
    ("hosts-override", "the endpoint works there", story(KEYED, dns=dns_ok("198.51.100.7", hosts_line=3))),
    ("dns-nxdomain", "the server failed", network.nxdomain.but(server_says(nameserver("SERVFAIL")))),
    ("proxy-denied", "the endpoint is this machine", configuration.no_proxy_missing),
    ("proxy-upstream-fail", "501: no proxy at all", story(BEHIND, connect=connect(501, "Not Implemented"))),
    ("http-captive-portal", "nobody answers in its place", edges.portal.but(canary(http(204)))),
    ("http-block-page", "the page is Cloudflare's", edges.waf),
    (
        "tls-chain-incomplete",
        "the intermediate was sent",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN)),
            tls=untrusted(
                20,
                "unable to get local issuer certificate",
                cert("CN=gw.corp.test", "CN=R11,O=Let's Encrypt,C=US"),
                cert("CN=R11,O=Let's Encrypt,C=US", "CN=ISRG Root X1"),
            ),
        ),
    ),
    ("cfg-model-retired", "it still answers", story(files.retired.given)),
    ("cfg-key-overrides-login", "nobody is logged in", story(KEYED)),
    (
        "cfg-provider-flag",
        "the cloud is set up",
        story(Given(settings=user(CLAUDE_CODE_USE_BEDROCK="1", AWS_PROFILE="w"))),
    ),
    ("secret-file-readable", "only the owner can read it", story(KEYED)),
    (
        "cfg-dotenv-not-read",
        "the key stands elsewhere too",
        story(Given(settings=user(**KEY), dotenv=f"ANTHROPIC_API_KEY={PLANTED.api_key}\n")),
    ),
    ("sse-buffered", "the answer is short", requests.buffered.but(stream=stream(200, 201, 202, 203, 204))),
)


@pytest.mark.parametrize(("code", "because", "told"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_silent(code: str, because: str, told: Story, run: Callable[[Story], Told]) -> None:
    judgement = judge.judge(run(told).facts)
    assert judgement.crashed == ()
    assert code not in {r.finding.code for r in judgement.ranked}, because
