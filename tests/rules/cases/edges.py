"""Edges, portals, filters."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import broken, cert, http, page, tls_ok, untrusted
from tests.rules.cases.case import Case
from tests.rules.looks import canary
from tests.rules.story import story
from tests.rules.worlds import KEY, TOKEN, Given, user
from tui.core.seen import Error, Failure, Hop

FIRST_PARTY = Given(settings=user(**KEY))
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN))
PORTAL = http(302, "", "Found", location="http://login.hotel.test/welcome")
EDGE = {"server": "cloudflare", "cf_ray": "8f2c1d-FRA"}
REGION = http(403, {"error": {"type": "forbidden", "message": "Request not allowed"}}, **EDGE)
CHALLENGE = page(403, "Just a moment...", **EDGE, cf_mitigated="challenge")
WAF = page(403, "Attention Required! | Cloudflare", **EDGE)
FILTER = page(403, "Web Page Blocked")
CUT = replace(broken(Error.TRUNCATED, Hop.BODY), received=211)
GARBLED = replace(broken(Error.BAD_ENCODING, Hop.BODY), received=640)

portal = story(
    FIRST_PARTY,
    canary(PORTAL),
    tls=untrusted(62, "hostname mismatch", cert("CN=login.hotel.test")),
)
region = story(FIRST_PARTY, hello=REGION, models=REGION)
challenge = story(FIRST_PARTY, hello=CHALLENGE, models=CHALLENGE)
waf = story(FIRST_PARTY, hello=WAF, models=WAF)
block_page = story(FIRST_PARTY, tls=tls_ok("CN=FortiGate CA,O=Fortinet"), hello=FILTER, models=FILTER)
empty = story(FIRST_PARTY, hello=broken(Error.CLOSED), models=broken(Error.CLOSED))
reset = story(FIRST_PARTY, hello=broken(Error.RESET), models=broken(Error.RESET))
silent = story(FIRST_PARTY, hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT))
truncated = story(FIRST_PARTY, models=CUT, message=CUT)
encoding = story(FIRST_PARTY, models=GARBLED, message=GARBLED)
not_http = story(
    GATEWAY,
    hello=replace(broken(Error.NOT_HTTP), failure=Failure(Hop.HEADERS, Error.NOT_HTTP, "illegal status line")),
    models=broken(Error.NOT_HTTP),
)

CASES = (
    Case("http-captive-portal", portal),
    Case("region-blocked", region),
    Case("cf-challenge", challenge),
    Case("cf-waf-block", waf),
    Case("http-block-page", block_page),
    Case("http-empty-reply", empty),
    Case("http-reset", reset),
    Case("http-timeout", silent),
    Case("http-truncated", truncated),
    Case("http-bad-encoding", encoding),
    Case("http-not-http", not_http),
)
