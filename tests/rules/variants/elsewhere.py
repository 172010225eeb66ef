"""Other faces of causes on the network, at the gateway and in the account."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import (
    broken,
    cert,
    connect,
    connect_bad,
    dns_bad,
    dns_ok,
    error,
    hello,
    http,
    models,
    nameserver,
    page,
    refusal,
    stream,
    tcp_bad,
    tls_bad,
    tls_ok,
    untrusted,
)
from tests.rules.cases import credentials, edges, gateway, network, proxy, requests, tls
from tests.rules.cases.configuration import COMPANY, GW
from tests.rules.looks import (
    canary,
    lookup,
    models_with,
    nothing_else,
    server_says,
    shaken,
    unverified,
)
from tests.rules.story import story
from tests.rules.variants.variant import Variant
from tests.rules.worlds import KEY, NOW, PLANTED, TOKEN, Given, user
from tui.core.model import Header
from tui.core.seen import Error

KEYED = Given(settings=user(**KEY))
OLD_PYTHON = Given(client="python-sdk@0.70.0", env={"ANTHROPIC_BASE_URL": GW, **KEY})
TLS_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN))

VARIANTS = (
    Variant(
        "dns-no-address",
        "the system says that there is no name, the server that there is no address",
        network.nxdomain.but(server_says(nameserver("NOERROR"))),
    ),
    Variant("dns-unreachable", "nothing listens there", network.nxdomain.but(server_says(nameserver("unreachable")))),
    Variant(
        "dns-server-failure",
        "for the name of the proxy",
        proxy.no_name.but(server_says(nameserver("SERVFAIL")), dns=dns_bad(Error.TRY_AGAIN)),
    ),
    Variant("dns-sinkhole", "an address of this machine", network.sinkhole.but(dns=dns_ok("127.0.0.1"))),
    Variant(
        "dns-hijack",
        "nobody accepts there",
        story(KEYED, dns=dns_ok("198.51.100.7"), tcp=tcp_bad(Error.TIMEOUT, "198.51.100.7")),
    ),
    Variant(
        "no-internet",
        "everything is silent",
        network.offline.but(*nothing_else(tcp_bad(Error.TIMEOUT, "142.250.74.4")), tcp=tcp_bad(Error.TIMEOUT)),
    ),
    Variant(
        "mtu-blackhole",
        "the handshake hangs",
        story(KEYED, shaken(tls_ok(), mss=536), tls=tls_bad(Error.TIMEOUT)),
    ),
    Variant(
        "tcp-refused",
        "a gateway on another machine",
        story(TLS_GATEWAY, tcp=tcp_bad(Error.REFUSED, "10.20.0.5")),
    ),
    Variant("proxy-timeout", "it takes the connection", proxy.closes.but(connect=connect_bad(Error.TIMEOUT))),
    Variant("proxy-closes", "with a reset", proxy.closes.but(connect=connect_bad(Error.RESET))),
    Variant("proxy-not-a-proxy", "a web server", proxy.closes.but(connect=connect(405, "Not Allowed", server="nginx"))),
    Variant(
        "proxy-not-a-proxy",
        "something else",
        proxy.closes.but(connect=connect_bad(Error.NOT_HTTP, first_bytes=b"SSH-2.0-")),
    ),
    Variant(
        "proxy-auth-required",
        "for a plain http:// endpoint",
        story(
            Given(settings=user(HTTPS_PROXY=COMPANY, ANTHROPIC_BASE_URL=GW, **TOKEN)),
            hello=page(407, "Proxy Authentication Required", proxy_authenticate="Basic"),
            models=page(407, "Proxy Authentication Required", proxy_authenticate="Basic"),
        ),
    ),
    Variant("proxy-tunnel-broken", "a reset in the tunnel", proxy.broken_tunnel.but(tls=tls_bad(Error.RESET))),
    Variant(
        "tls-intercepted-untrusted",
        "an unknown product on Anthropic's host",
        tls.intercepted.but(tls=untrusted(19, "self-signed in chain", cert("CN=api.anthropic.com", "CN=Lab"))),
    ),
    Variant(
        "clock-skew",
        "behind",
        tls.early.but(canary(replace(http(204), skew=-10 * 86400.0)), unverified(replace(hello(), skew=-10 * 86400.0))),
    ),
    Variant("tls-client-cert-required", "an alert", tls.alert.but(tls=tls_bad(Error.ALERT, 116))),
    Variant(
        "tls-client-cert-required",
        "an alert after the handshake",
        story(TLS_GATEWAY, hello=broken(Error.ALERT), models=broken(Error.ALERT)),
    ),
    Variant(
        "http-captive-portal",
        "the network says so (511)",
        edges.region.but(hello=page(511, "Log in"), models=page(511, "Log in")),
    ),
    Variant(
        "http-captive-portal",
        "a redirect away from Anthropic's host",
        edges.region.but(
            hello=http(302, location="http://login.hotel.test/"), models=http(302, location="http://login.hotel.test/")
        ),
    ),
    Variant(
        "gw-access-denied",
        "a subscription key is wanted",
        gateway.access_denied.but(
            hello=hello(), models=http(401, {"message": "Access denied due to missing subscription key."})
        ),
    ),
    Variant(
        "gw-upstream-down",
        "in the gateway's words",
        gateway.upstream_down.but(
            hello=hello(), models=models(), message=refusal(500, "litellm.APIConnectionError: Connection error.")
        ),
    ),
    Variant(
        "gw-group-denied",
        "the address is not on the list",
        gateway.group_denied.but(message=refusal(403, "您的 IP 不在令牌允许访问的列表中", "new_api_error")),
    ),
    Variant(
        "auth-wrong-header",
        "an older Python SDK",
        story(
            OLD_PYTHON,
            models_with(PLANTED.api_key, Header.BEARER, models()),
            models=refusal(401, "Missing Authorization header"),
        ),
    ),
    Variant("auth-token-expired", "a saved login that has ended", story(Given(login=NOW - 3600))),
    Variant(
        "model-not-found",
        "without a message: it is not in the list",
        story(requests.MISSPELT.but(consent=False)),
    ),
    Variant(
        "api-overloaded",
        "inside a stream",
        story(
            KEYED,
            stream=replace(stream(300, 500, end=700, error=Error.CLOSED), error_type="overloaded_error"),
        ),
    ),
    Variant("billing-credit", "402", story(KEYED, message=http(402, {"error": {"message": "Payment required"}}))),
    Variant("sse-unsupported", "one piece of JSON instead", requests.unsupported.but(stream=http(200, {"id": "x"}))),
    Variant(
        "req-too-large",
        "already for a small message",
        story(KEYED, message=error(413, "request_too_large", "Request exceeds the maximum size")),
    ),
    Variant(
        "tls-hostname-mismatch",
        "an address in the base URL, and no name leads there",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL="https://10.20.0.9", **TOKEN)),
            lookup("gw.corp.test", dns_ok("10.20.0.5")),
            tls=untrusted(64, "IP address mismatch", cert("CN=gw.corp.test", "CN=Corp Root")),
        ),
    ),
    Variant(
        "auth-invalid-key",
        "the 401 names the request in its body only",
        credentials.invalid_key.but(
            models=http(
                401,
                {
                    "type": "error",
                    "error": {"type": "authentication_error", "message": "invalid x-api-key"},
                    "request_id": "req_1",
                },
            )
        ),
    ),
    Variant(
        "gw-not-anthropic",
        "a single model",
        gateway.not_anthropic.but(models=models("gpt-5")),
    ),
    Variant("sse-cut", "after a single event", story(KEYED, stream=stream(300, end=320, error=Error.RESET))),
    Variant("sse-stall", "after a single event", story(KEYED, stream=stream(300, end=4000, error=Error.TIMEOUT))),
    Variant(
        "gw-rate-limit",
        "in front of Anthropic's host",
        story(KEYED, message=http(429, "Too many requests", server="proxy")),
    ),
    Variant(
        "gw-upstream-down",
        "in front of Anthropic's host",
        story(KEYED, message=http(502, "bad gateway")),
    ),
    Variant("gw-upstream-timeout", "in front of Anthropic's host", story(KEYED, message=http(504, "timed out"))),
    Variant(
        "auth-invalid-key",
        "a relay in the API's form, without any id",
        credentials.gateway_key.but(models=error(401, "authentication_error", "invalid x-api-key", request_id="")),
    ),
)
