"""Other faces of causes in the configuration."""

from __future__ import annotations

from tests.rules.answers import (
    broken,
    connect,
    connect_bad,
    error,
    hello,
    http,
    models,
    page,
    refusal,
    tcp_bad,
    tcp_ok,
    tls_bad,
    tls_ok,
)
from tests.rules.cases import configuration
from tests.rules.cases.configuration import BAD_KEY, COMPANY, GW, LOCAL, PROXY, SQUID
from tests.rules.looks import (
    direct,
    hello_at,
    models_alone,
    models_at,
    models_with,
    shake,
    through,
    trusting,
    tunnel,
)
from tests.rules.story import story
from tests.rules.variants.variant import Variant
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.model import Header
from tui.core.seen import Error, Hop

KEYED = Given(settings=user(**KEY))
OLD_KEY = "sk-ant-api03-" + "stale-and-never-valid-" * 3
PYTHON = Given(client="python-sdk@2.12.0", env={**KEY})
OLD_PYTHON = Given(client="python-sdk@0.70.0", env={"ANTHROPIC_BASE_URL": GW, **KEY})
TLS_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN))
CA_FILE = tls_bad(Error.CA_FILE)
TWO_KEYS = Given(
    env={"ANTHROPIC_API_KEY": OLD_KEY, "ANTHROPIC_AUTH_TOKEN": PLANTED.auth_token, "ANTHROPIC_BASE_URL": GW}
)

VARIANTS = (
    Variant(
        "cfg-base-url-invalid",
        "quotation marks",
        story(Given(settings=user(ANTHROPIC_BASE_URL='"http://gw.corp.test:4000"', **TOKEN)), hello_at(GW, hello())),
    ),
    Variant(
        "cfg-base-url-invalid",
        "nothing answers at either scheme",
        story(Given(settings=user(ANTHROPIC_BASE_URL="gw.corp.test:4000", **TOKEN))),
    ),
    Variant(
        "cfg-base-url-invalid",
        "the Python SDK and an empty value",
        story(PYTHON.but(env={"ANTHROPIC_BASE_URL": "", **KEY})),
    ),
    Variant(
        "cfg-base-url-path",
        "a prefix is missing",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN)),
            models_at(f"{GW}/anthropic", models()),
            models=http(404, "404 page not found"),
            message=http(404, "404 page not found"),
        ),
    ),
    Variant(
        "cfg-base-url-path",
        "offline, by its look",
        story(configuration.path.given.but(offline=True)),
    ),
    Variant(
        "cfg-base-url-path",
        "the Messages path itself, on Anthropic's host",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL="https://api.anthropic.com/v1/messages", **KEY)),
            models_at("https://api.anthropic.com", models()),
            models=error(404, "not_found_error", "Not found"),
            message=error(404, "not_found_error", "Not found"),
        ),
    ),
    Variant(
        "cfg-base-url-scheme",
        "http on a port that speaks TLS",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN)),
            shake("gw.corp.test", 4000, tls_ok()),
            hello=broken(Error.CLOSED),
            models=broken(Error.CLOSED),
        ),
    ),
    Variant(
        "cfg-base-url-typo",
        "behind a proxy that cannot find the name",
        story(
            Given(settings=user(HTTPS_PROXY=COMPANY, ANTHROPIC_BASE_URL="https://api.antropic.com", **KEY)),
            connect=connect(503, "Service Unavailable", x_squid_error="ERR_DNS_FAIL 0"),
        ),
    ),
    Variant(
        "cfg-settings-unreadable",
        "comments, in a file that is only half of the story",
        story(Given(env=KEY, local='{\n  // mine\n  "env": {}\n}\n'), models=BAD_KEY),
    ),
    Variant(
        "cfg-settings-shadow",
        "a stale key hides a good one",
        story(
            Given(env=KEY, settings=user(ANTHROPIC_API_KEY=OLD_KEY)),
            models_with(PLANTED.api_key, Header.API_KEY, models()),
            models=BAD_KEY,
        ),
    ),
    Variant(
        "cfg-proxy-url-invalid",
        "no scheme in front, in a settings file",
        story(Given(settings=user(HTTPS_PROXY="127.0.0.1:3128", **KEY)), tunnel(PROXY, connect(200, "OK"))),
    ),
    Variant(
        "cfg-proxy-scheme-mismatch",
        "http:// in front of a proxy that speaks TLS",
        story(
            Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:443", **KEY)),
            shake("proxy.corp.test", 443, tls_ok()),
            connect=connect_bad(Error.CLOSED),
        ),
    ),
    Variant(
        "cfg-proxy-shadowed",
        "the hidden one lets through what the other denies",
        story(
            Given(env={"https_proxy": COMPANY, "HTTPS_PROXY": PROXY, **KEY}),
            through(PROXY, "HTTPS_PROXY", hello()),
            connect=connect(403, "Forbidden"),
        ),
    ),
    Variant(
        "cfg-no-proxy-missing",
        "an internal host, and NO_PROXY lists others",
        story(
            Given(
                settings=user(
                    HTTPS_PROXY=COMPANY, NO_PROXY="localhost", ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN
                )
            ),
            direct(hello()),
            connect=connect(503, "Service Unavailable"),
        ),
    ),
    Variant(
        "cfg-no-proxy-missing",
        "the proxy is not there, and the endpoint is on this machine",
        story(
            Given(settings=user(HTTPS_PROXY=COMPANY, ANTHROPIC_BASE_URL=LOCAL, **TOKEN)),
            direct(hello()),
            tcp=tcp_bad(Error.REFUSED, "10.20.0.5"),
        ),
    ),
    Variant(
        "cfg-no-proxy-form",
        "a port behind the name, for an older client",
        story(
            Given(
                settings=user(HTTPS_PROXY=COMPANY, NO_PROXY="gw.corp.test:8080", ANTHROPIC_BASE_URL=GW, **TOKEN),
            ),
            direct(hello()),
            hello=page(403, "ERROR", **SQUID),
            models=page(403, "ERROR", **SQUID),
        ),
    ),
    Variant(
        "cfg-no-proxy-overbroad",
        "the direct way is cut during TLS",
        configuration.no_proxy_overbroad.but(tcp=tcp_ok(), tls=tls_bad(Error.RESET)),
    ),
    Variant(
        "cfg-ca-file-bad",
        "an empty file, and TLS works without it",
        story(
            Given(settings=user(NODE_EXTRA_CA_CERTS="/dev/null", **KEY)),
            trusting(tls_ok(), extra=()),
            tls=CA_FILE,
        ),
    ),
    Variant(
        "cfg-credential-missing",
        "the Python SDK",
        story(PYTHON.but(env={})),
    ),
    Variant(
        "cfg-credential-malformed",
        "a placeholder",
        story(Given(settings=user(ANTHROPIC_API_KEY="your-api-key-here")), models=BAD_KEY),
    ),
    Variant(
        "cfg-credential-malformed",
        "a line break at the end, which the Python SDK sends",
        story(
            PYTHON.but(env={"ANTHROPIC_API_KEY": PLANTED.api_key + "\n"}),
            models_with(PLANTED.api_key, Header.BEARER, models()),
            models=broken(Error.CRASHED, Hop.SEND),
            message=broken(Error.CRASHED, Hop.SEND),
        ),
    ),
    Variant(
        "cfg-credential-malformed",
        "an invisible character",
        story(
            Given(settings=user(ANTHROPIC_API_KEY=PLANTED.api_key[:30] + "\u200b" + PLANTED.api_key[30:])),
            models=BAD_KEY,
        ),
    ),
    Variant(
        "cfg-credential-conflict",
        "both in the environment, and the token only works as a key",
        story(
            TWO_KEYS,
            models_alone("ANTHROPIC_AUTH_TOKEN", models(), Header.API_KEY),
            models=refusal(401, "Missing key"),
        ),
    ),
)
