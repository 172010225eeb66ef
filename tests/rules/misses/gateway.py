"""Near misses of the gateway."""

from __future__ import annotations

from tests.rules.answers import (
    broken,
    connect,
    error,
    hello,
    http,
    message,
    models,
    page,
    refusal,
    tcp_bad,
    tcp_ok,
)
from tests.rules.cases import gateway as base
from tests.rules.cases.case import Miss
from tests.rules.cases.edges import PORTAL, REGION
from tests.rules.cases.gateway import BAD_GATEWAY, CHAT, GATEWAY, GW, NO_ROUTE, WEB
from tests.rules.looks import canary, models_at, small_segments
from tests.rules.worlds import KEY, NOW, Given, user
from tui.core.seen import Error

FIRST_PARTY = Given(settings=user(**KEY))
ELSEWHERE = Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000"))
BEHIND = Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:3128", **KEY))
BAD_KEY = error(401, "authentication_error", "invalid x-api-key")
OVERLOADED = error(529, "overloaded_error", "Overloaded")
INTERNAL = error(500, "api_error", "Internal server error")
FORBIDDEN = error(403, "permission_error", "OAuth authentication is currently not allowed for this organization.")
LIMITED = error(429, "rate_limit_error", "This request would exceed the rate limit.", retry_after="17")
USED_UP = error(
    429,
    "rate_limit_error",
    "This request would exceed your account's rate limit.",
    anthropic_ratelimit_unified_status="rejected",
    anthropic_ratelimit_unified_reset=str(int(NOW + 3600)),
)
NAMED_MODEL = error(404, "not_found_error", "model: claude-opus-5-5")

MISSES = (
    Miss("gw-html-frontend", "http-captive-portal", base.frontend.but(canary(PORTAL)), "a login page for every host"),
    Miss("gw-html-frontend", "gw-wrong-schema", base.frontend.but(models=models(), message=http(200, CHAT)), "JSON"),
    Miss(
        "gw-not-running",
        "tcp-refused",
        base.not_running.but(given=GATEWAY, tcp=tcp_bad(Error.REFUSED, "10.20.0.5")),
        "another machine",
    ),
    Miss(
        "gw-not-running", "gw-hung", base.not_running.but(tcp=tcp_bad(Error.TIMEOUT, "127.0.0.1")), "a process listens"
    ),
    Miss(
        "gw-hung",
        "tcp-timeout",
        base.hung.but(given=GATEWAY, tcp=tcp_bad(Error.TIMEOUT, "10.20.0.5")),
        "another machine",
    ),
    Miss("gw-hung", "gw-not-running", base.hung.but(tcp=tcp_bad(Error.REFUSED, "127.0.0.1")), "nothing listens"),
    Miss(
        "gw-hung",
        "http-timeout",
        base.hung.but(tcp=tcp_ok("127.0.0.1"), hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT)),
        "it accepts the connection",
    ),
    Miss(
        "gw-body-limit",
        "req-too-large",
        base.body_limit.but(size=error(413, "request_too_large", "Request exceeds the maximum size")),
        "the API's own limit",
    ),
    Miss(
        "gw-body-limit",
        "mtu-blackhole",
        base.body_limit.but(small_segments(hello()), size=broken(Error.TIMEOUT)),
        "silence instead of a 413",
    ),
    Miss(
        "gw-upstream-down", "api-error", base.upstream_down.but(hello=hello(), models=INTERNAL), "the API's own error"
    ),
    Miss(
        "gw-upstream-down",
        "api-overloaded",
        base.upstream_down.but(hello=hello(), models=OVERLOADED),
        "the API's own error",
    ),
    Miss(
        "gw-upstream-down",
        "proxy-upstream-fail",
        base.upstream_down.but(given=BEHIND, connect=connect(502, "Bad Gateway")),
        "a forward proxy answers CONNECT",
    ),
    Miss(
        "gw-upstream-down",
        "gw-maintenance",
        base.upstream_down.but(
            hello=page(503, "503 Service Unavailable", retry_after="120"),
            models=page(503, "503 Service Unavailable", retry_after="120"),
        ),
        "it says when to come back",
    ),
    Miss("gw-upstream-timeout", "gw-upstream-down", base.upstream_timeout.but(message=BAD_GATEWAY), "502"),
    Miss("gw-upstream-timeout", "http-timeout", base.upstream_timeout.but(message=broken(Error.TIMEOUT)), "no answer"),
    Miss("gw-maintenance", "api-overloaded", base.maintenance.but(hello=hello(), models=OVERLOADED), "the API's own"),
    Miss(
        "gw-maintenance",
        "gw-upstream-down",
        base.maintenance.but(
            hello=page(503, "503 Service Unavailable", "No server is available to handle this request."),
            models=page(503, "503 Service Unavailable", "No server is available to handle this request."),
        ),
        "nothing is announced",
    ),
    Miss("gw-auth-stripped", "auth-invalid-key", base.stripped.but(models=BAD_KEY), "a key arrived and is invalid"),
    Miss("gw-auth-stripped", "cfg-credential-missing", base.stripped.but(given=ELSEWHERE), "nothing was configured"),
    Miss(
        "gw-access-denied", "auth-invalid-key", base.access_denied.but(hello=hello(), models=BAD_KEY), "the API's 401"
    ),
    Miss(
        "gw-access-denied",
        "proxy-auth-required",
        base.access_denied.but(
            given=BEHIND, connect=connect(407, "Proxy Authentication Required", proxy_authenticate="Basic")
        ),
        "407, from the proxy",
    ),
    Miss("gw-access-denied", "region-blocked", base.access_denied.but(hello=REGION, models=REGION), "the edge's 403"),
    Miss(
        "gw-access-denied", "auth-forbidden", base.access_denied.but(hello=hello(), models=FORBIDDEN), "the API's 403"
    ),
    Miss("gw-rate-limit", "rate-limited", base.rate_limit.but(message=LIMITED), "the API's own form and headers"),
    Miss("gw-rate-limit", "plan-limit", base.rate_limit.but(message=USED_UP), "a subscription's headers"),
    Miss("gw-redirect", "http-captive-portal", base.redirect.but(canary(PORTAL)), "a login page for every host"),
    Miss(
        "gw-redirect",
        "gw-path-not-found",
        base.redirect.but(hello=NO_ROUTE, models=NO_ROUTE, message=NO_ROUTE),
        "404, no redirect",
    ),
    Miss(
        "gw-not-anthropic",
        "cfg-base-url-path",
        base.not_anthropic.but(models_at(f"{GW}/anthropic", models())),
        "another path answers like the API",
    ),
    Miss("gw-not-anthropic", "model-not-found", base.not_anthropic.but(message=NAMED_MODEL), "the 404 names the model"),
    Miss(
        "gw-not-anthropic",
        "gw-path-not-found",
        base.not_anthropic.but(hello=NO_ROUTE, models=NO_ROUTE, message=NO_ROUTE),
        "nothing at all is routed",
    ),
    Miss("gw-wrong-schema", "gw-html-frontend", base.wrong_schema.but(models=WEB, message=WEB), "a page, not JSON"),
    Miss("gw-wrong-schema", "", base.wrong_schema.but(message=message()), "an Anthropic message"),
    Miss("gw-path-not-found", "gw-html-frontend", base.no_route.but(hello=WEB, models=WEB, message=WEB), "a page"),
    Miss(
        "gw-path-not-found",
        "model-not-found",
        base.no_route.but(hello=hello(), models=models(), message=NAMED_MODEL),
        "the 404 names the model",
    ),
    Miss(
        "gw-path-not-found",
        "cfg-base-url-path",
        base.no_route.but(models_at(f"{GW}/anthropic", models())),
        "another path answers like the API",
    ),
    Miss("gw-model-not-configured", "api-overloaded", base.no_model.but(message=OVERLOADED), "the API's own error"),
    Miss(
        "gw-model-not-configured", "gw-upstream-down", base.no_model.but(message=BAD_GATEWAY), "nothing about a model"
    ),
    Miss(
        "gw-model-not-configured",
        "api-bad-request",
        base.no_model.but(message=error(400, "invalid_request_error", "max_tokens: must be positive")),
        "nothing about a model",
    ),
    Miss("gw-model-not-configured", "model-not-found", base.no_model.but(message=NAMED_MODEL), "the API's own 404"),
    Miss(
        "gw-upstream-down",
        "gw-model-not-configured",
        base.upstream_down.but(
            hello=hello(),
            models=models("company-sonnet"),
            message=refusal(503, "分组 default 下模型 claude-opus-5-5 无可用渠道", "new_api_error"),
        ),
        "the relay has no channel for this model, despite the 503",
    ),
    Miss("gw-upstream-auth", "auth-invalid-key", base.upstream_auth.but(models=BAD_KEY), "the list is refused too"),
    Miss(
        "gw-upstream-auth",
        "auth-invalid-gateway-key",
        base.upstream_auth.but(models=refusal(401, "无效的令牌", "new_api_error")),
        "the gateway refuses the client's key",
    ),
    Miss("gw-group-denied", "auth-forbidden", base.group_denied.but(message=FORBIDDEN), "the API's own 403"),
    Miss(
        "gw-group-denied",
        "auth-invalid-gateway-key",
        base.group_denied.but(models=refusal(401, "无效的令牌", "new_api_error")),
        "the token is not known",
    ),
    Miss("gw-group-denied", "region-blocked", base.group_denied.but(message=REGION), "the edge's 403"),
)
