"""Model and request, and streaming."""

from __future__ import annotations

from tests.rules.answers import error, http, stream
from tests.rules.cases.case import Case
from tests.rules.story import story
from tests.rules.worlds import KEY, TOKEN, Given, user
from tui.core.seen import Error

FIRST_PARTY = Given(settings=user(**KEY))
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000", **TOKEN))
MISSPELT = Given(settings=user(ANTHROPIC_MODEL="claude-sonet-5-5", **KEY))

unknown_model = story(MISSPELT, message=error(404, "not_found_error", "model: claude-sonet-5-5"))
bad_request = story(
    GATEWAY,
    message=error(
        400,
        "invalid_request_error",
        "Unexpected value(s) `per-turn-control-2026-07-01` for the `anthropic-beta` header.",
    ),
)
too_large = story(FIRST_PARTY, size=error(413, "request_too_large", "Request exceeds the maximum size"))
rate_limited = story(
    FIRST_PARTY,
    message=error(
        429,
        "rate_limit_error",
        "This request would exceed the rate limit for your organization of 50 requests per minute.",
        retry_after="17",
        anthropic_ratelimit_requests_remaining="0",
    ),
)
overloaded = story(FIRST_PARTY, message=error(529, "overloaded_error", "Overloaded"))
api_error = story(FIRST_PARTY, message=error(500, "api_error", "Internal server error"))

cut = story(FIRST_PARTY, stream=stream(300, 500, 700, end=900, error=Error.CLOSED))
stall = story(FIRST_PARTY, stream=stream(300, 500, 700, end=4000, error=Error.TIMEOUT))
buffered = story(FIRST_PARTY, stream=stream(1600, 1601, 1602, 1603, 1604, 1606))
unsupported = story(GATEWAY, stream=http(400, {"error": {"message": "streaming is not supported"}}))
idle_cut = story(FIRST_PARTY, stream=stream(300, 500, 700, end=3700, error=Error.RESET))

CASES = (
    Case("model-not-found", unknown_model),
    Case("api-bad-request", bad_request),
    Case("req-too-large", too_large),
    Case("rate-limited", rate_limited),
    Case("api-overloaded", overloaded),
    Case("api-error", api_error),
    Case("sse-cut", cut),
    Case("sse-stall", stall),
    Case("sse-buffered", buffered),
    Case("sse-unsupported", unsupported),
    Case("sse-idle-cut", idle_cut),
)
