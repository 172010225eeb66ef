"""Configuration: provable from files and variables, usually confirmed by a probe."""

from __future__ import annotations

from tests.rules.answers import (
    cert,
    connect,
    connect_bad,
    dns_bad,
    error,
    hello,
    http,
    models,
    page,
    refusal,
    socks,
    tcp_bad,
    tls_bad,
    tls_ok,
    untrusted,
)
from tests.rules.cases.case import Case
from tests.rules.looks import (
    direct,
    greeted,
    hello_at,
    models_alone,
    models_at,
    models_with,
    through,
    trusting,
    tunnel,
    tunnel_by,
)
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.model import Header, Proxy
from tui.core.secret import Secret
from tui.core.seen import Error, Hop

GW = "http://gw.corp.test:4000"
LOCAL = "http://127.0.0.1:4000"
PROXY = "http://127.0.0.1:3128"
COMPANY = "http://proxy.corp.test:3128"
ZSCALER = cert("CN=api.anthropic.com", "CN=Zscaler Intermediate Root CA,O=Zscaler Inc.")
SQUID = {"server": "squid/6.10", "x_squid_error": "ERR_ACCESS_DENIED 0", "via": "1.1 proxy (squid/6.10)"}
BAD_KEY = error(401, "authentication_error", "invalid x-api-key")
NEW_API = refusal(401, "无效的令牌", "new_api_error")
PASSWORD = PLANTED.proxy_password
UNTRUSTED = untrusted(20, "unable to get local issuer certificate", ZSCALER)

invalid = story(
    Given(settings=user(ANTHROPIC_BASE_URL="gw.corp.test:4000", **TOKEN)),
    hello_at(GW, hello()),
)
path = story(
    Given(settings=user(ANTHROPIC_BASE_URL=f"{GW}/v1", **TOKEN)),
    models_at(GW, models()),
    models=http(404, {"detail": "Not Found"}),
    message=http(404, {"detail": "Not Found"}),
)
scheme = story(
    Given(settings=user(ANTHROPIC_BASE_URL="https://127.0.0.1:4000", **TOKEN)),
    hello_at(LOCAL, hello()),
    tls=tls_bad(Error.NOT_TLS, first_bytes=b"HTTP/1.1 400 Bad Request\r\n"),
)
typo = story(
    Given(settings=user(ANTHROPIC_BASE_URL="https://api.antropic.com", **KEY)),
    dns=dns_bad(Error.NO_NAME),
)
unreadable = story(
    Given(settings='{\n  "env": {\n    "ANTHROPIC_BASE_URL": "http://gw.corp.test:4000",\n  }\n}\n'),
)
shadow = story(
    Given(env={"ANTHROPIC_BASE_URL": GW}, settings=user(ANTHROPIC_BASE_URL=LOCAL, **TOKEN)),
    hello_at(GW, hello()),
    tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
)
proxy_invalid = story(
    Given(settings=user(HTTPS_PROXY=f"http://alice:{PASSWORD}@127.0.0.1:3128", **KEY)),
    tunnel_by(Proxy("http", "127.0.0.1", 3128, "alice", Secret(PASSWORD)), connect(200, "Connection established")),
)
proxy_scheme = story(
    Given(settings=user(HTTPS_PROXY="https://127.0.0.1:3128", **KEY)),
    tunnel(PROXY, connect(200, "Connection established")),
    connect=connect_bad(Error.NOT_TLS, Hop.PROXY_TLS),
)
proxy_socks = story(
    Given(settings=user(HTTPS_PROXY="socks5://127.0.0.1:1080", **KEY)),
    greeted(socks(True)),
)
OLD = Given(client="claude-code@2.1.197", env={"ALL_PROXY": PROXY, **KEY}, state={})
ALL = Proxy("http", "127.0.0.1", 3128, variable="ALL_PROXY")
all_proxy = story(
    OLD,
    tunnel_by(ALL, connect(200, "Connection established")),
    tunnel_by(ALL, connect(400, "Bad Request"), absolute=True),
)
proxy_shadowed = story(
    Given(env={"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": PROXY, **KEY}),
    through(PROXY, "HTTPS_PROXY", hello()),
    tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
)
proxy_stale = story(
    Given(settings=user(HTTPS_PROXY=PROXY, **KEY)),
    direct(hello()),
    tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
)
no_proxy_form = story(
    Given(
        settings=user(HTTPS_PROXY=COMPANY, NO_PROXY="localhost;gw.corp.test", ANTHROPIC_BASE_URL=GW, **TOKEN),
    ),
    direct(hello()),
    hello=page(403, "ERROR: The requested URL could not be retrieved", **SQUID),
    models=page(403, "ERROR: The requested URL could not be retrieved", **SQUID),
)
no_proxy_missing = story(
    Given(settings=user(HTTPS_PROXY=COMPANY, ANTHROPIC_BASE_URL=LOCAL, **TOKEN)),
    direct(hello()),
    hello=page(403, "ERROR: The requested URL could not be retrieved", **SQUID),
    models=page(403, "ERROR: The requested URL could not be retrieved", **SQUID),
)
no_proxy_overbroad = story(
    Given(settings=user(HTTPS_PROXY=COMPANY, NO_PROXY="*", **KEY)),
    through(COMPANY, "HTTPS_PROXY", hello()),
    tcp=tcp_bad(Error.TIMEOUT),
)
ca_bad = story(
    Given(settings=user(NODE_EXTRA_CA_CERTS="/etc/company/no-such-root.pem", **KEY)),
    tls=UNTRUSTED,
)
ca_wrong = story(
    Given(
        settings=user(NODE_EXTRA_CA_CERTS="/etc/company/no-such-root.pem", **KEY),
        held=(cert("CN=Zscaler Intermediate Root CA,O=Zscaler Inc.", "CN=Zscaler Root CA,O=Zscaler Inc."),),
    ),
    tls=untrusted(
        20,
        "unable to get local issuer certificate",
        ZSCALER,
        cert("CN=Zscaler Intermediate Root CA,O=Zscaler Inc.", "CN=Zscaler Root CA,O=Zscaler Inc."),
    ),
)
preflight = story(
    Given(settings=user(ANTHROPIC_BASE_URL=GW, **KEY), state={}),
    first_run_api=page(403, "Web Page Blocked"),
)
missing = story(Given())
malformed = story(
    Given(settings=user(ANTHROPIC_API_KEY=f'"{PLANTED.api_key}"')),
    models_with(PLANTED.api_key, Header.API_KEY, models()),
    models=BAD_KEY,
)
conflict = story(
    Given(settings=user(ANTHROPIC_BASE_URL=GW, **KEY, **TOKEN)),
    models_alone("ANTHROPIC_AUTH_TOKEN", models()),
    models=NEW_API,
)
cert_store = story(
    Given(settings=user(CLAUDE_CODE_CERT_STORE="bundled", **KEY)),
    trusting(tls_ok("CN=Zscaler Intermediate Root CA,O=Zscaler Inc."), os_store=True),
    tls=UNTRUSTED,
)

CASES = (
    Case("cfg-base-url-invalid", invalid),
    Case("cfg-base-url-path", path),
    Case("cfg-base-url-scheme", scheme),
    Case("cfg-base-url-typo", typo),
    Case("cfg-settings-unreadable", unreadable),
    Case("cfg-settings-shadow", shadow),
    Case("cfg-proxy-url-invalid", proxy_invalid),
    Case("cfg-proxy-scheme-mismatch", proxy_scheme),
    Case("cfg-proxy-socks-unsupported", proxy_socks),
    Case("cfg-all-proxy", all_proxy),
    Case("cfg-proxy-shadowed", proxy_shadowed),
    Case("cfg-proxy-stale", proxy_stale),
    Case("cfg-no-proxy-form", no_proxy_form),
    Case("cfg-no-proxy-missing", no_proxy_missing),
    Case("cfg-no-proxy-overbroad", no_proxy_overbroad),
    Case("cfg-ca-file-bad", ca_bad),
    Case("cfg-ca-file-wrong", ca_wrong),
    Case("cfg-preflight-blocked", preflight),
    Case("cfg-credential-missing", missing),
    Case("cfg-credential-malformed", malformed),
    Case("cfg-credential-conflict", conflict),
    Case("cfg-cert-store", cert_store),
)
