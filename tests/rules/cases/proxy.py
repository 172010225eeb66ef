"""The proxy in between."""

from __future__ import annotations

from tests.rules.answers import connect, connect_bad, dns_bad, hello, socks, tcp_bad, tls_bad
from tests.rules.cases.case import Case
from tests.rules.looks import direct, greeted, tunnel
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.seen import Error

PROXY = "http://proxy.corp.test:3128"
BEHIND = Given(settings=user(HTTPS_PROXY=PROXY, **KEY))
LOGGED_IN = Given(settings=user(HTTPS_PROXY=PLANTED.proxy_url.replace("127.0.0.1", "proxy.corp.test"), **KEY))
GATEWAY = Given(settings=user(HTTPS_PROXY=PROXY, ANTHROPIC_BASE_URL="https://gw.corp.test:8443", **TOKEN))

down = story(BEHIND, tcp=tcp_bad(Error.REFUSED, "10.20.0.5"))
no_name = story(BEHIND, dns=dns_bad(Error.NO_NAME))
silent = story(BEHIND, tcp=tcp_bad(Error.TIMEOUT, "10.20.0.5"))
wants_login = story(
    BEHIND, connect=connect(407, "Proxy Authentication Required", proxy_authenticate='Basic realm="corp"')
)
wrong_login = story(
    LOGGED_IN,
    connect=connect(407, "Proxy Authentication Required", sent=True, proxy_authenticate='Basic realm="corp"'),
)
other_login = story(
    LOGGED_IN, connect=connect(407, "Proxy Authentication Required", sent=True, proxy_authenticate="Negotiate, NTLM")
)
denied = story(BEHIND, connect=connect(403, "Filtered", server="tinyproxy/1.11.1"))
port_denied = story(
    GATEWAY,
    tunnel(PROXY, connect(503, "Service Unavailable"), port=443),
    direct(hello()),
    connect=connect(403, "Forbidden"),
)
upstream = story(BEHIND, connect=connect(503, "Service Unavailable", x_squid_error="ERR_CONNECT_FAIL 110"))
not_a_proxy = story(BEHIND, greeted(socks(True)), connect=connect_bad(Error.CLOSED))
closes = story(BEHIND, connect=connect_bad(Error.CLOSED))
broken_tunnel = story(BEHIND, tls=tls_bad(Error.NOT_TLS, first_bytes=b"HTTP/1.1 200 OK\r\n\r\n<title>Sign in</title>"))

CASES = (
    Case("proxy-down", down),
    Case("proxy-dns-fail", no_name),
    Case("proxy-timeout", silent),
    Case("proxy-auth-required", wants_login),
    Case("proxy-auth-wrong", wrong_login),
    Case("proxy-auth-scheme", other_login),
    Case("proxy-denied", denied),
    Case("proxy-port-denied", port_denied),
    Case("proxy-upstream-fail", upstream),
    Case("proxy-not-a-proxy", not_a_proxy),
    Case("proxy-closes", closes),
    Case("proxy-tunnel-broken", broken_tunnel),
)
