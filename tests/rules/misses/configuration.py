"""Near misses of the configuration."""

from __future__ import annotations

from tests.rules.answers import (
    broken,
    cert,
    connect,
    connect_bad,
    dns_bad,
    error,
    http,
    models,
    nameserver,
    page,
    refusal,
    socks,
    tcp_bad,
    tls_bad,
    tls_ok,
    untrusted,
)
from tests.rules.cases import configuration as base
from tests.rules.cases.case import Miss
from tests.rules.cases.configuration import BAD_KEY, COMPANY, GW, LOCAL, NEW_API, PROXY, SQUID, UNTRUSTED, ZSCALER
from tests.rules.cases.edges import REGION
from tests.rules.looks import (
    direct,
    greeted,
    hello_at,
    lookup,
    models_alone,
    models_at,
    models_with,
    server_says,
    shake,
    through,
    trusting,
    tunnel,
    tunnel_by,
)
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.model import Header
from tui.core.seen import Error, Hop

SILENT = broken(Error.TIMEOUT, Hop.TCP)
DENIED = page(403, "ERROR: The requested URL could not be retrieved", **SQUID)
HTTPS_PORT = page(400, "400 The plain HTTP request was sent to HTTPS port", server="nginx/1.27.3")
LOGIN = Given(settings=user(HTTPS_PROXY=PLANTED.proxy_url, **KEY))
SOCKS_PORT = Given(settings=user(HTTPS_PROXY="http://127.0.0.1:1080", **KEY))
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN))
NO_SWITCH = Given(settings=user(**KEY))
TLS_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN))
NAMED_MODEL = error(404, "not_found_error", "model: claude-opus-5-5")

MISSES = (
    Miss(
        "cfg-base-url-invalid",
        "dns-nxdomain",
        base.invalid.but(given=GATEWAY, dns=dns_bad(Error.NO_NAME)),
        "the address has a scheme, and a look-up happens",
    ),
    Miss(
        "cfg-base-url-path",
        "model-not-found",
        base.path.but(models=models(), message=NAMED_MODEL),
        "the 404 names the model",
    ),
    Miss(
        "cfg-base-url-path",
        "gw-not-anthropic",
        base.path.but(
            models_at(GW, http(404, "404 page not found")),
            models=models("gpt-5"),
            message=refusal(404, "Invalid URL (POST /v1/messages)", "invalid_request_error"),
        ),
        "models are listed, and no other path answers",
    ),
    Miss(
        "cfg-base-url-path",
        "gw-path-not-found",
        base.path.but(models_at(GW, http(404, {"detail": "Not Found"}))),
        "no other path answers",
    ),
    Miss(
        "cfg-base-url-scheme",
        "tls-intercepted-untrusted",
        base.scheme.but(tls=UNTRUSTED),
        "a certificate is presented",
    ),
    Miss(
        "cfg-base-url-scheme",
        "tls-not-tls",
        base.scheme.but(
            hello_at(LOCAL, broken(Error.NOT_HTTP)), tls=tls_bad(Error.NOT_TLS, first_bytes=b"SSH-2.0-OpenSSH_9.9\r\n")
        ),
        "plain HTTP is not answered either",
    ),
    Miss(
        "gw-access-denied",
        "cfg-base-url-scheme",
        story(GATEWAY, shake("gw.corp.test", 4000, tls_ok()), hello=HTTPS_PORT, models=HTTPS_PORT),
        "the refusal is about the HTTPS port",
    ),
    Miss(
        "cfg-base-url-typo",
        "dns-nxdomain",
        base.typo.but(lookup("api.anthropic.com", dns_bad(Error.NO_NAME))),
        "the name that is spelt right does not exist either",
    ),
    Miss(
        "cfg-base-url-typo",
        "dns-unreachable",
        base.typo.but(server_says(nameserver("silent")), dns=dns_bad(Error.TRY_AGAIN)),
        "nobody said that the name does not exist",
    ),
    Miss(
        "cfg-settings-unreadable",
        "cfg-credential-missing",
        base.unreadable.but(given=Given(settings=user(ANTHROPIC_BASE_URL=GW))),
        "the file parses",
    ),
    Miss(
        "cfg-settings-shadow",
        "gw-not-running",
        base.shadow.but(hello_at(GW, SILENT)),
        "the hidden address does not answer either",
    ),
    Miss(
        "cfg-proxy-url-invalid",
        "proxy-down",
        base.proxy_invalid.but(given=LOGIN, tcp=tcp_bad(Error.REFUSED, "127.0.0.1")),
        "the password is percent-encoded, and the proxy is not there",
    ),
    Miss(
        "cfg-proxy-url-invalid",
        "proxy-auth-wrong",
        base.proxy_invalid.but(
            given=LOGIN, connect=connect(407, "Proxy Authentication Required", sent=True, proxy_authenticate="Basic")
        ),
        "the password is percent-encoded and reaches the proxy",
    ),
    Miss(
        "cfg-proxy-scheme-mismatch",
        "proxy-timeout",
        base.proxy_scheme.but(
            tunnel(PROXY, connect_bad(Error.TIMEOUT)), connect=connect_bad(Error.TIMEOUT, Hop.PROXY_TLS)
        ),
        "with http:// the proxy stays silent too",
    ),
    Miss(
        "cfg-proxy-socks-unsupported",
        "proxy-not-a-proxy",
        base.proxy_socks.but(greeted(socks(True)), given=SOCKS_PORT, connect=connect_bad(Error.CLOSED)),
        "the setting says http",
    ),
    Miss(
        "cfg-proxy-socks-unsupported",
        "proxy-down",
        base.proxy_socks.but(given=SOCKS_PORT, tcp=tcp_bad(Error.REFUSED, "127.0.0.1")),
        "the setting says http, and nothing listens",
    ),
    Miss(
        "cfg-all-proxy",
        "region-blocked",
        base.all_proxy.but(
            tunnel_by(base.ALL, connect(200, "OK"), absolute=True), hello=REGION, models=REGION, first_run_api=REGION
        ),
        "the proxy takes the form of the check, and the edge refuses",
    ),
    Miss(
        "cfg-proxy-shadowed",
        "proxy-down",
        base.proxy_shadowed.but(through(PROXY, "HTTPS_PROXY", SILENT)),
        "the hidden proxy does not work either",
    ),
    Miss("cfg-proxy-stale", "proxy-down", base.proxy_stale.but(direct(SILENT)), "the direct way is closed"),
    Miss(
        "cfg-no-proxy-form",
        "proxy-denied",
        base.no_proxy_form.but(direct(SILENT)),
        "the direct way is closed",
    ),
    Miss(
        "cfg-no-proxy-form",
        "cfg-no-proxy-missing",
        base.no_proxy_form.but(
            given=Given(settings=user(HTTPS_PROXY=COMPANY, NO_PROXY="localhost", ANTHROPIC_BASE_URL=GW, **TOKEN))
        ),
        "the host is not listed in any form",
    ),
    Miss(
        "cfg-no-proxy-form",
        "proxy-down",
        base.no_proxy_form.but(direct(SILENT), tcp=tcp_bad(Error.REFUSED, "10.20.0.5")),
        "the proxy is not there, and the direct way is closed",
    ),
    Miss(
        "cfg-no-proxy-missing",
        "gw-access-denied",
        base.no_proxy_missing.but(
            hello=page(403, "403 Forbidden", server="nginx/1.27.3"),
            models=page(403, "403 Forbidden", server="nginx/1.27.3"),
        ),
        "the refusal is the gateway's, not the proxy's",
    ),
    Miss(
        "cfg-no-proxy-missing",
        "proxy-down",
        base.no_proxy_missing.but(direct(SILENT), tcp=tcp_bad(Error.REFUSED, "10.20.0.5")),
        "the direct way is closed",
    ),
    Miss(
        "cfg-no-proxy-missing",
        "proxy-denied",
        base.no_proxy_missing.but(
            given=Given(settings=user(HTTPS_PROXY=COMPANY, ANTHROPIC_BASE_URL=GW, **TOKEN)),
        ).but(direct(SILENT)),
        "another host, which cannot be reached directly",
    ),
    Miss(
        "cfg-no-proxy-missing",
        "gw-not-running",
        base.no_proxy_missing.but(
            given=Given(settings=user(ANTHROPIC_BASE_URL=LOCAL, **TOKEN)), tcp=tcp_bad(Error.REFUSED, "127.0.0.1")
        ),
        "no proxy is set, and nothing listens",
    ),
    Miss(
        "cfg-no-proxy-overbroad",
        "tcp-timeout",
        base.no_proxy_overbroad.but(through(COMPANY, "HTTPS_PROXY", SILENT)),
        "the proxy does not help either",
    ),
    Miss("cfg-ca-file-bad", "tls-intercepted-untrusted", base.ca_bad.but(given=NO_SWITCH), "no file was configured"),
    Miss("cfg-ca-file-bad", "tcp-refused", base.ca_bad.but(tcp=tcp_bad(Error.REFUSED)), "the connection is refused"),
    Miss(
        "cfg-ca-file-bad",
        "cfg-ca-file-wrong",
        base.ca_bad.but(given=base.ca_bad.given.but(held=(cert("CN=Other Root", "CN=Other Root"),))),
        "the file can be read",
    ),
    Miss(
        "cfg-ca-file-wrong",
        "cfg-ca-file-bad",
        base.ca_wrong.but(given=base.ca_wrong.given.but(held=())),
        "the file is missing",
    ),
    Miss(
        "cfg-ca-file-wrong", "tls-intercepted-untrusted", base.ca_wrong.but(given=NO_SWITCH), "no file was configured"
    ),
    Miss(
        "cfg-ca-file-wrong",
        "tls-private-ca",
        base.ca_wrong.but(
            given=TLS_GATEWAY,
            tls=untrusted(20, "unable to get local issuer certificate", cert("CN=gw.corp.test", "CN=Corp Root")),
        ),
        "no file was configured, and the host is private",
    ),
    Miss(
        "cfg-preflight-blocked",
        "http-block-page",
        base.preflight.but(
            given=Given(settings=user(**KEY), state={}),
            hello=page(403, "Web Page Blocked"),
            models=page(403, "Web Page Blocked"),
        ),
        "the blocked host is the one that is used",
    ),
    Miss(
        "cfg-preflight-blocked",
        "region-blocked",
        base.preflight.but(
            given=Given(settings=user(**KEY), state={}), hello=REGION, models=REGION, first_run_api=REGION
        ),
        "the edge refuses the host that is used",
    ),
    Miss(
        "cfg-preflight-blocked",
        "",
        base.preflight.but(given=Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN), state={})),
        "a gateway token skips the check",
    ),
    Miss(
        "cfg-credential-missing",
        "auth-invalid-key",
        base.missing.but(given=NO_SWITCH, models=BAD_KEY),
        "a key is configured and refused",
    ),
    Miss(
        "cfg-credential-missing",
        "gw-auth-stripped",
        base.missing.but(given=GATEWAY, models=error(401, "authentication_error", "x-api-key header is required")),
        "a token was sent, and none arrived",
    ),
    Miss(
        "cfg-credential-malformed",
        "auth-invalid-key",
        base.malformed.but(given=NO_SWITCH),
        "the value is well-formed",
    ),
    Miss(
        "cfg-credential-conflict",
        "auth-invalid-gateway-key",
        base.conflict.but(models_alone("ANTHROPIC_AUTH_TOKEN", NEW_API)),
        "neither is accepted alone",
    ),
    Miss(
        "cfg-credential-conflict",
        "auth-wrong-header",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL=GW, **KEY)),
            models_with(PLANTED.api_key, Header.BEARER, models()),
            models=NEW_API,
        ),
        "there is only one, and the other header takes it",
    ),
    Miss(
        "cfg-cert-store",
        "tls-intercepted-untrusted",
        base.cert_store.but(trusting(UNTRUSTED, os_store=True)),
        "the system's store does not know the root either",
    ),
    Miss(
        "cfg-cert-store",
        "tls-intercepted-trusted",
        base.cert_store.but(given=NO_SWITCH, tls=tls_ok(ZSCALER.issuer)),
        "the system's store is used",
    ),
)
