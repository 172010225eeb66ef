"""Near misses of edges, portals and filters."""

from __future__ import annotations

from tests.rules.answers import broken, connect, error, hello, http, message, models, page, stream, tls_bad, tls_ok
from tests.rules.cases import edges as base
from tests.rules.cases.case import Miss
from tests.rules.cases.edges import CHALLENGE, CUT, FILTER, FIRST_PARTY, GARBLED, REGION, WAF
from tests.rules.looks import canary, hello_at, shake, small_segments
from tests.rules.story import story
from tests.rules.worlds import KEY, TOKEN, Given, user
from tui.core.seen import Error

FORBIDDEN = error(403, "permission_error", "OAuth authentication is currently not allowed for this organization.")
BEHIND = Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:3128", **KEY))
FRESH_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000", **KEY), state={})
PLAIN_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000", **TOKEN))

MISSES = (
    Miss("http-captive-portal", "tls-hostname-mismatch", base.portal.but(canary(http(204))), "only this host"),
    Miss("region-blocked", "auth-forbidden", base.region.but(hello=hello(), models=FORBIDDEN), "the API's own 403"),
    Miss("region-blocked", "cf-waf-block", base.region.but(hello=WAF, models=WAF), "a page, not JSON"),
    Miss("region-blocked", "cf-challenge", base.region.but(hello=CHALLENGE, models=CHALLENGE), "a challenge"),
    Miss(
        "region-blocked",
        "cfg-preflight-blocked",
        base.region.but(given=FRESH_GATEWAY, hello=hello(), models=models(), first_run_api=REGION),
        "the refused host is not the one that is used",
    ),
    Miss(
        "region-blocked",
        "proxy-denied",
        base.region.but(given=BEHIND, connect=connect(403, "Forbidden")),
        "the 403 answers CONNECT",
    ),
    Miss("cf-challenge", "region-blocked", base.challenge.but(hello=REGION, models=REGION), "the edge's JSON"),
    Miss("cf-challenge", "cf-waf-block", base.challenge.but(hello=WAF, models=WAF), "no challenge header"),
    Miss("cf-waf-block", "cf-challenge", base.waf.but(hello=CHALLENGE, models=CHALLENGE), "a challenge header"),
    Miss("cf-waf-block", "region-blocked", base.waf.but(hello=REGION, models=REGION), "JSON, not a page"),
    Miss("cf-waf-block", "http-block-page", base.waf.but(hello=FILTER, models=FILTER), "not Cloudflare's page"),
    Miss("http-block-page", "region-blocked", base.block_page.but(hello=REGION, models=REGION), "the edge's JSON"),
    Miss(
        "http-block-page",
        "proxy-denied",
        base.block_page.but(given=BEHIND, connect=connect(403, "Forbidden")),
        "an explicit proxy says no",
    ),
    Miss(
        "http-block-page",
        "auth-forbidden",
        base.block_page.but(hello=hello(), models=FORBIDDEN),
        "the API's own 403",
    ),
    Miss("http-empty-reply", "tls-closed", base.empty.but(tls=tls_bad(Error.CLOSED)), "TLS does not complete"),
    Miss(
        "http-empty-reply", "http-reset", base.empty.but(hello=broken(Error.RESET), models=broken(Error.RESET)), "reset"
    ),
    Miss(
        "http-empty-reply",
        "cfg-base-url-scheme",
        base.empty.but(shake("gw.corp.test", 4000, tls_ok()), given=PLAIN_GATEWAY),
        "the port speaks TLS, and the base URL says http",
    ),
    Miss("http-reset", "tls-reset", base.reset.but(tls=tls_bad(Error.RESET)), "TLS does not complete"),
    Miss(
        "http-reset",
        "http-empty-reply",
        base.reset.but(hello=broken(Error.CLOSED), models=broken(Error.CLOSED)),
        "an orderly close",
    ),
    Miss(
        "http-timeout",
        "mtu-blackhole",
        base.silent.but(
            small_segments(hello()), hello=hello(), models=models(), message=message(), size=broken(Error.TIMEOUT)
        ),
        "only the large request hangs",
    ),
    Miss("http-timeout", "tls-timeout", base.silent.but(tls=tls_bad(Error.TIMEOUT)), "TLS does not complete"),
    Miss(
        "http-truncated",
        "sse-cut",
        base.truncated.but(models=models(), message=message(), stream=stream(300, 500, end=700, error=Error.TRUNCATED)),
        "only the stream breaks off",
    ),
    Miss(
        "http-truncated",
        "http-bad-encoding",
        base.truncated.but(models=GARBLED, message=GARBLED),
        "the body is whole but not encoded as it says",
    ),
    Miss("http-bad-encoding", "http-truncated", base.encoding.but(models=CUT, message=CUT), "the body is too short"),
    Miss(
        "http-not-http",
        "tls-not-tls",
        base.not_http.but(
            hello_at("http://gw.corp.test:443", broken(Error.NOT_HTTP)),
            tls=tls_bad(Error.NOT_TLS, first_bytes=b"SSH-2.0-OpenSSH_9.9\r\n"),
        ),
        "TLS does not complete",
    ),
    Miss(
        "http-not-http",
        "gw-upstream-down",
        base.not_http.but(hello=page(502, "502 Bad Gateway"), models=page(502, "502 Bad Gateway")),
        "a web server answers",
    ),
    Miss("http-timeout", "api-error", story(FIRST_PARTY, message=error(500, "api_error", "x")), "an answer comes"),
)
