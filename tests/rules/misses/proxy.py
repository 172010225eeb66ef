"""Near misses of the proxy."""

from __future__ import annotations

from tests.rules.answers import (
    broken,
    cert,
    connect,
    connect_bad,
    dns_ok,
    error,
    hello,
    page,
    socks,
    tcp_bad,
    tcp_ok,
    tls_bad,
    tls_ok,
    untrusted,
)
from tests.rules.cases import proxy as base
from tests.rules.cases.case import Miss
from tests.rules.cases.edges import REGION
from tests.rules.cases.proxy import BEHIND, LOGGED_IN, PROXY
from tests.rules.looks import direct, greeted, tunnel
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.seen import Error

WITHOUT = Given(settings=user(**KEY))
BASIC = 'Basic realm="corp"'
OPEN = connect(200, "Connection established")
NO_LOGIN = connect(407, "Proxy Authentication Required", proxy_authenticate=BASIC)
WITH_LOGIN = connect(407, "Proxy Authentication Required", sent=True, proxy_authenticate=BASIC)
RAW_PASSWORD = Given(
    settings=user(HTTPS_PROXY=f"http://alice:{PLANTED.proxy_password}@proxy.corp.test:3128", **KEY),
)
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000", **TOKEN))
INTERCEPTED = untrusted(
    20, "unable to get local issuer certificate", cert("CN=api.anthropic.com", "CN=Zscaler Root CA,O=Zscaler Inc.")
)

MISSES = (
    Miss("proxy-down", "cfg-proxy-stale", base.down.but(direct(hello())), "the direct way works"),
    Miss("proxy-down", "tcp-refused", base.down.but(given=WITHOUT), "no proxy is configured"),
    Miss("proxy-down", "proxy-timeout", base.down.but(tcp=tcp_bad(Error.TIMEOUT, "10.20.0.5")), "silence"),
    Miss("proxy-dns-fail", "dns-nxdomain", base.no_name.but(given=WITHOUT), "the endpoint's name fails"),
    Miss(
        "proxy-dns-fail",
        "proxy-down",
        base.no_name.but(dns=dns_ok("10.20.0.5"), tcp=tcp_bad(Error.REFUSED, "10.20.0.5")),
        "the name resolves",
    ),
    Miss("proxy-timeout", "tcp-timeout", base.silent.but(given=WITHOUT), "no proxy is configured"),
    Miss("proxy-timeout", "proxy-down", base.silent.but(tcp=tcp_bad(Error.REFUSED, "10.20.0.5")), "a refusal"),
    Miss(
        "proxy-timeout",
        "http-timeout",
        base.silent.but(tcp=tcp_ok("10.20.0.5"), hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT)),
        "TLS completes",
    ),
    Miss("proxy-auth-required", "proxy-auth-wrong", base.wants_login.but(given=LOGGED_IN, connect=WITH_LOGIN), "sent"),
    Miss(
        "proxy-auth-required",
        "auth-invalid-key",
        base.wants_login.but(connect=OPEN, models=error(401, "authentication_error", "invalid x-api-key")),
        "the API says 401",
    ),
    Miss("proxy-auth-required", "proxy-denied", base.wants_login.but(connect=connect(403, "Forbidden")), "403"),
    Miss("proxy-auth-wrong", "proxy-auth-required", base.wrong_login.but(given=BEHIND, connect=NO_LOGIN), "not sent"),
    Miss(
        "proxy-auth-wrong",
        "cfg-proxy-url-invalid",
        base.wrong_login.but(given=RAW_PASSWORD),
        "the password is not percent-encoded",
    ),
    Miss("proxy-auth-scheme", "proxy-auth-wrong", base.other_login.but(connect=WITH_LOGIN), "Basic is offered"),
    Miss(
        "proxy-denied",
        "region-blocked",
        base.denied.but(connect=OPEN, hello=REGION, models=REGION),
        "the 403 answers the request, not CONNECT",
    ),
    Miss(
        "proxy-denied",
        "proxy-port-denied",
        base.denied.but(tunnel(PROXY, OPEN, port=443), direct(hello()), given=base.GATEWAY),
        "port 443 of the same host is allowed",
    ),
    Miss(
        "proxy-denied",
        "auth-forbidden",
        base.denied.but(connect=OPEN, models=error(403, "permission_error", "Your account may not do this.")),
        "the API was reached",
    ),
    Miss(
        "proxy-denied",
        "http-block-page",
        base.denied.but(
            connect=OPEN,
            tls=tls_ok("CN=FortiGate CA,O=Fortinet"),
            hello=page(403, "Web Page Blocked"),
            models=page(403, "Web Page Blocked"),
        ),
        "the tunnel opens and is inspected",
    ),
    Miss(
        "proxy-port-denied",
        "proxy-denied",
        base.port_denied.but(tunnel(PROXY, connect(403, "Forbidden"), port=443)),
        "port 443 is denied too",
    ),
    Miss(
        "proxy-upstream-fail",
        "api-overloaded",
        base.upstream.but(connect=OPEN, message=error(529, "overloaded_error", "Overloaded")),
        "the API itself answers",
    ),
    Miss(
        "proxy-upstream-fail",
        "api-error",
        base.upstream.but(connect=OPEN, message=error(500, "api_error", "Internal server error")),
        "the API itself answers",
    ),
    Miss(
        "proxy-upstream-fail",
        "gw-upstream-down",
        base.upstream.but(
            given=GATEWAY,
            hello=page(503, "503 Service Unavailable", server="nginx"),
            models=page(503, "503 Service Unavailable", server="nginx"),
        ),
        "it is the gateway at the base URL",
    ),
    Miss(
        "proxy-not-a-proxy", "proxy-closes", base.not_a_proxy.but(greeted(socks(False))), "the port is no SOCKS server"
    ),
    Miss("proxy-not-a-proxy", "proxy-denied", base.not_a_proxy.but(connect=connect(403, "Forbidden")), "a proxy's no"),
    Miss(
        "proxy-not-a-proxy",
        "api-bad-request",
        base.not_a_proxy.but(connect=OPEN, message=error(400, "invalid_request_error", "tools.0: unexpected")),
        "the 400 is the API's",
    ),
    Miss("proxy-closes", "proxy-not-a-proxy", base.closes.but(connect=connect(405, "Not Allowed")), "a web server"),
    Miss(
        "proxy-closes",
        "http-empty-reply",
        base.closes.but(connect=OPEN, hello=broken(Error.CLOSED), models=broken(Error.CLOSED)),
        "TLS with the API completes",
    ),
    Miss("proxy-closes", "tls-reset", base.closes.but(given=WITHOUT, tls=tls_bad(Error.RESET)), "there is no proxy"),
    Miss("proxy-closes", "proxy-timeout", base.closes.but(connect=connect_bad(Error.TIMEOUT)), "silence"),
    Miss(
        "proxy-tunnel-broken", "tls-reset", base.broken_tunnel.but(given=WITHOUT, tls=tls_bad(Error.RESET)), "no proxy"
    ),
    Miss(
        "proxy-tunnel-broken",
        "proxy-closes",
        base.broken_tunnel.but(connect=connect_bad(Error.RESET)),
        "CONNECT is not accepted",
    ),
    Miss(
        "proxy-tunnel-broken",
        "tls-intercepted-untrusted",
        base.broken_tunnel.but(tls=INTERCEPTED),
        "a certificate is presented",
    ),
    Miss(
        "proxy-tunnel-broken", "proxy-upstream-fail", base.broken_tunnel.but(connect=connect(502, "Bad Gateway")), "502"
    ),
)
