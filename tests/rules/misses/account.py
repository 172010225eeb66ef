"""Near misses of credentials, models, requests and streams."""

from __future__ import annotations

from tests.rules.answers import broken, connect, error, http, message, models, page, refusal, stream
from tests.rules.cases import credentials as keys
from tests.rules.cases import requests as base
from tests.rules.cases.case import Miss
from tests.rules.cases.configuration import BAD_KEY
from tests.rules.cases.credentials import FIRST_PARTY, GATEWAY, LOW, SUBSCRIBED
from tests.rules.cases.edges import REGION
from tests.rules.looks import models_at, models_with
from tests.rules.worlds import KEY, NOW, PLANTED, Given, user
from tui.core.model import Header
from tui.core.seen import Error, Hop

QUOTED = Given(settings=user(ANTHROPIC_API_KEY=f'"{PLANTED.api_key}"'))
BEHIND = Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:3128", **KEY))
V1 = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000/v1", **KEY))
UNKNOWN = refusal(401, "无效的令牌", "new_api_error")
FORBIDDEN = error(403, "permission_error", "OAuth authentication is currently not allowed for this organization.")
DISABLED = error(400, "invalid_request_error", "This organization has been disabled.")
NO_CREDIT = error(400, "invalid_request_error", LOW)
ODD = error(400, "invalid_request_error", "tools.0.custom.name: String should match pattern")
LIMITED = error(429, "rate_limit_error", "This request would exceed the rate limit.", retry_after="17")
OVERLOADED = error(529, "overloaded_error", "Overloaded")
BAD_GATEWAY = page(502, "502 Bad Gateway", server="nginx/1.27.3")
UPSTREAM_KEY = refusal(401, "litellm.AuthenticationError: AnthropicException - authentication_error: invalid x-api-key")
USED_UP = error(
    429,
    "rate_limit_error",
    "This request would exceed your account's rate limit.",
    anthropic_ratelimit_unified_status="rejected",
    anthropic_ratelimit_unified_reset=str(int(NOW + 3600)),
)

MISSES = (
    Miss(
        "auth-wrong-header",
        "auth-invalid-gateway-key",
        keys.wrong_header.but(models_with(PLANTED.api_key, Header.BEARER, UNKNOWN)),
        "the other header does not help",
    ),
    Miss("auth-invalid-gateway-key", "auth-invalid-key", keys.gateway_key.but(models=BAD_KEY), "Anthropic refuses it"),
    Miss(
        "auth-invalid-gateway-key",
        "gw-upstream-auth",
        keys.gateway_key.but(models=models(), message=UPSTREAM_KEY),
        "the client's key is accepted",
    ),
    Miss(
        "api-bad-request",
        "auth-invalid-gateway-key",
        keys.gateway_key.but(models=refusal(400, "No connected db.", "no_db_connection")),
        "a 400 that means an unknown key (LiteLLM)",
    ),
    Miss(
        "auth-invalid-gateway-key",
        "gw-upstream-down",
        keys.gateway_key.but(hello=BAD_GATEWAY, models=BAD_GATEWAY),
        "nothing about a key",
    ),
    Miss(
        "auth-invalid-key",
        "cfg-credential-malformed",
        keys.invalid_key.but(models_with(PLANTED.api_key, Header.API_KEY, models()), given=QUOTED),
        "the value has quotation marks, and is accepted without",
    ),
    Miss("auth-invalid-key", "region-blocked", keys.invalid_key.but(hello=REGION, models=REGION), "the edge refuses"),
    Miss("auth-invalid-key", "auth-token-expired", keys.expired.but(given=SUBSCRIBED), "the API says expired"),
    Miss("auth-token-expired", "auth-invalid-key", keys.expired.but(models=BAD_KEY), "the API says invalid"),
    Miss("auth-token-expired", "auth-forbidden", keys.expired.but(models=FORBIDDEN), "policy, not expiry"),
    Miss("auth-forbidden", "region-blocked", keys.forbidden.but(hello=REGION, models=REGION), "the edge refuses"),
    Miss(
        "auth-forbidden",
        "auth-token-expired",
        keys.forbidden.but(models=error(401, "authentication_error", "OAuth token has expired.")),
        "expiry, not policy",
    ),
    Miss(
        "auth-forbidden",
        "gw-access-denied",
        keys.forbidden.but(given=GATEWAY, hello=page(403, "403 Forbidden"), models=page(403, "403 Forbidden")),
        "the gateway's page",
    ),
    Miss("auth-org-disabled", "api-bad-request", keys.disabled.but(message=ODD), "the request's form"),
    Miss("auth-org-disabled", "billing-credit", keys.disabled.but(message=NO_CREDIT), "money"),
    Miss("billing-credit", "api-bad-request", keys.no_credit.but(message=ODD), "the request's form"),
    Miss("billing-credit", "rate-limited", keys.no_credit.but(message=LIMITED), "429"),
    Miss("plan-limit", "rate-limited", keys.used_up.but(message=LIMITED), "no subscription headers"),
    Miss("rate-limited", "plan-limit", base.rate_limited.but(message=USED_UP), "subscription headers"),
    Miss(
        "model-not-found",
        "cfg-base-url-path",
        base.unknown_model.but(
            models_at("http://gw.corp.test:4000", models()),
            given=V1,
            models=http(404, {"detail": "Not Found"}),
            message=http(404, {"detail": "Not Found"}),
        ),
        "the 404 does not name the model, and the path without /v1 answers",
    ),
    Miss(
        "model-not-found",
        "gw-model-not-configured",
        base.unknown_model.but(
            given=GATEWAY, message=refusal(404, "model: claude-opus-5-5 not found", "not_found_error")
        ),
        "the gateway's list, not Anthropic's",
    ),
    Miss(
        "api-bad-request",
        "model-not-found",
        base.bad_request.but(given=FIRST_PARTY, message=error(404, "not_found_error", "model: claude-opus-5-5")),
        "404 about a model",
    ),
    Miss("api-bad-request", "region-blocked", base.bad_request.but(hello=REGION, models=REGION), "the edge refuses"),
    Miss("api-bad-request", "auth-org-disabled", base.bad_request.but(message=DISABLED), "the account's state"),
    Miss(
        "req-too-large",
        "gw-body-limit",
        base.too_large.but(given=GATEWAY, size=page(413, "413 Request Entity Too Large", server="nginx/1.27.3")),
        "the gateway's page",
    ),
    Miss(
        "rate-limited",
        "gw-rate-limit",
        base.rate_limited.but(given=GATEWAY, message=page(429, "429 Too Many Requests", server="nginx/1.27.3")),
        "the gateway's page",
    ),
    Miss("rate-limited", "api-overloaded", base.rate_limited.but(message=OVERLOADED), "529"),
    Miss("api-overloaded", "rate-limited", base.overloaded.but(message=LIMITED), "429"),
    Miss(
        "api-overloaded",
        "gw-upstream-down",
        base.overloaded.but(given=GATEWAY, message=BAD_GATEWAY),
        "a gateway's page",
    ),
    Miss("api-error", "gw-upstream-down", base.api_error.but(given=GATEWAY, message=BAD_GATEWAY), "a gateway's page"),
    Miss(
        "api-error",
        "proxy-upstream-fail",
        base.api_error.but(given=BEHIND, connect=connect(500, "Internal Server Error")),
        "the 500 answers CONNECT",
    ),
    Miss("api-error", "api-overloaded", base.api_error.but(message=OVERLOADED), "529"),
    Miss("sse-cut", "sse-stall", base.cut.but(stream=stream(300, 500, end=4000, error=Error.TIMEOUT)), "stays open"),
    Miss(
        "sse-cut",
        "http-truncated",
        base.cut.but(models=broken(Error.TRUNCATED, Hop.BODY), message=broken(Error.TRUNCATED, Hop.BODY)),
        "single answers are cut too",
    ),
    Miss(
        "sse-cut",
        "sse-idle-cut",
        base.cut.but(stream=stream(300, 500, 700, end=4700, error=Error.CLOSED)),
        "idle first",
    ),
    Miss(
        "sse-stall", "sse-cut", base.stall.but(stream=stream(300, 500, end=700, error=Error.CLOSED)), "closed at once"
    ),
    Miss(
        "sse-stall",
        "http-timeout",
        base.stall.but(hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT)),
        "nothing is answered at all",
    ),
    Miss(
        "sse-stall",
        "sse-idle-cut",
        base.stall.but(stream=stream(300, 500, 700, end=4000, error=Error.CLOSED)),
        "somebody closes it",
    ),
    Miss(
        "sse-buffered",
        "sse-cut",
        base.buffered.but(stream=stream(1600, 1601, 1602, 1603, 1604, end=1610, error=Error.CLOSED)),
        "the last event is missing",
    ),
    Miss("sse-buffered", "", base.buffered.but(stream=stream(300, 600, 900, 1200, 1500)), "spread over time"),
    Miss("sse-buffered", "sse-unsupported", base.buffered.but(stream=message()), "no events at all"),
    Miss("sse-unsupported", "api-bad-request", base.unsupported.but(message=ODD), "refused without streaming too"),
    Miss(
        "sse-unsupported", "sse-buffered", base.unsupported.but(stream=stream(1600, 1601, 1602, 1603, 1604)), "events"
    ),
    Miss(
        "sse-idle-cut",
        "sse-stall",
        base.idle_cut.but(stream=stream(300, 500, 700, end=4000, error=Error.TIMEOUT)),
        "nobody closes it",
    ),
    Miss(
        "sse-idle-cut",
        "sse-cut",
        base.idle_cut.but(stream=stream(300, 500, 700, end=900, error=Error.RESET)),
        "no silence before the end",
    ),
    Miss(
        "sse-idle-cut",
        "http-reset",
        base.idle_cut.but(hello=broken(Error.RESET), models=broken(Error.RESET)),
        "every request is reset",
    ),
)
