"""Whole answers, one per mode: what edges, portals, filters, accounts and gateways say instead of the truth."""

from __future__ import annotations

import json
import time

from tests.lab.identities import CLOUDFLARE, api_error, relay_error, unauthorized
from tests.lab.wire import HTML, JSON, Answer, Pairs, nginx_page, page

NGINX: Pairs = (("server", "nginx/1.25.5"),)
RETRY = ("x-should-retry", "true")
BETA = "fine-grained-tool-streaming-2025-05-14"


def _forbidden(kind: str, body: bytes, *headers: tuple[str, str], by: Pairs | None = None) -> Answer:
    return Answer(403, "Forbidden", kind, body, headers, by)


def _rejected(message: str) -> Answer:
    return Answer(400, "Bad Request", JSON, api_error("invalid_request_error", message))


def _cloudflare(status: int, title: str, text: str) -> Answer:
    return Answer(status, "", HTML, page(title, text), (), CLOUDFLARE)


EDGES = {
    "region-block": _forbidden(
        JSON,
        b'{"error":{"type":"forbidden","message":"Request not allowed"}}',
        ("x-robots-tag", "none"),
        by=CLOUDFLARE,
    ),
    "cf-challenge": _forbidden(
        HTML,
        page(
            "Just a moment...",
            "<noscript>Enable JavaScript and cookies to continue</noscript>"
            "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
        ),
        ("cf-mitigated", "challenge"),
        ("server-timing", 'chlray;desc="9a1b"'),
        by=CLOUDFLARE,
    ),
    "cf-waf": _forbidden(
        HTML,
        page(
            "Attention Required! | Cloudflare",
            "<h1>Sorry, you have been blocked</h1><span>Cloudflare Ray ID: <b>9a1b2c3d4e5f6071</b></span>",
        ),
        by=CLOUDFLARE,
    ),
    "cf-1034": _forbidden(
        HTML,
        page("Edge IP Restricted | api.anthropic.com | Cloudflare", "Error <span>1034</span> Edge IP Restricted"),
        by=CLOUDFLARE,
    ),
    "cf-1016": _cloudflare(530, "Origin DNS error | Cloudflare", "Error 1016"),
    "cf-521": _cloudflare(521, "gw.example | 521: Web server is down", "Error code 521"),
    "cf-524": _cloudflare(524, "gw.example | 524: A timeout occurred", "Error code 524"),
}

PORTALS = {
    "captive-302": Answer(
        302,
        "Found",
        HTML,
        page("Redirecting", "login required"),
        (("location", "http://portal.hotel-wifi.test/login?orig=api.anthropic.com"),),
        (),
    ),
    "captive-200": Answer(
        200, "OK", HTML, page("Hotel Guest WiFi - Sign in", "<form action='/login'>room</form>"), (), ()
    ),
    "captive-511": Answer(
        511,
        "Network Authentication Required",
        HTML,
        page("Network Authentication Required", "<a href='/login'>login</a>"),
        (),
        (),
    ),
    "block-page": _forbidden(
        HTML,
        page(
            "Web Page Blocked",
            "<h1>Access to this web page has been blocked in accordance with company policy.</h1>"
            "<p>Category: Artificial Intelligence</p>",
        ),
        by=(),
    ),
    "html-200": Answer(200, "OK", HTML, page("Example Corp AI Portal", "<div id='root'></div>")),
    "empty-200": Answer(200, "OK", JSON, b""),
    "basic-auth": unauthorized(
        nginx_page(401, "Authorization Required"),
        ("www-authenticate", 'Basic realm="Lab Gateway"'),
        kind="text/html",
    ),
}

ACCOUNTS = {
    "invalid-key": unauthorized(api_error("authentication_error", "invalid x-api-key"), ("x-should-retry", "false")),
    "oauth-expired": unauthorized(
        api_error(
            "authentication_error",
            "OAuth token has expired. Please obtain a new token or refresh your existing token.",
        ),
        ("x-should-retry", "false"),
    ),
    "perm403": _forbidden(
        JSON,
        api_error("permission_error", "Your API key does not have permission to use the specified resource"),
    ),
    "oauth403": _forbidden(
        JSON,
        api_error("permission_error", "OAuth authentication is currently not allowed for this organization."),
    ),
    "credit": _rejected(
        "Your credit balance is too low to access the Anthropic API. "
        "Please go to Plans & Billing to upgrade or purchase credits."
    ),
    "org-disabled": _rejected("This organization has been disabled."),
    "beta-reject": _rejected(
        f"Unexpected value(s) `{BETA}` for the `anthropic-beta` header. "
        "Please consult our documentation at docs.anthropic.com or try again without the header."
    ),
    "too-large": Answer(
        413, "Payload Too Large", JSON, api_error("request_too_large", "Request exceeds the maximum size")
    ),
    "overloaded": Answer(529, "", JSON, api_error("overloaded_error", "Overloaded"), (RETRY,)),
    "api500": Answer(500, "Internal Server Error", JSON, api_error("api_error", "Internal server error"), (RETRY,)),
}

_UPSTREAM_401 = (
    'litellm.AuthenticationError: AnthropicException - {"type":"error","error":{"type":"authentication_error",'
    '"message":"invalid x-api-key"}}. Received Model Group=claude-sonnet-5'
)

GATEWAYS = {
    "gw502": Answer(502, "Bad Gateway", "text/html", nginx_page(502, "Bad Gateway"), (), NGINX),
    "gw503": Answer(
        503,
        "Service Unavailable",
        HTML,
        page("Service Unavailable", "Down for maintenance"),
        (("retry-after", "120"),),
        (),
    ),
    "gw504": Answer(504, "Gateway Time-out", "text/html", nginx_page(504, "Gateway Time-out"), (), NGINX),
    "gw429": Answer(429, "Too Many Requests", "text/html", nginx_page(429, "Too Many Requests"), (), NGINX),
    "gw-denied": _forbidden("text/html", nginx_page(403, "Forbidden"), by=NGINX),
    "upstream-auth": unauthorized(
        json.dumps({"error": {"message": _UPSTREAM_401, "type": "None", "param": "None", "code": "401"}}).encode()
    ),
    "openai-404": Answer(
        404,
        "Not Found",
        JSON,
        b'{"error":{"message":"Invalid URL (POST /v1/messages)","type":"invalid_request_error",'
        b'"param":null,"code":null}}',
    ),
    "group-denied": _forbidden(JSON, relay_error("分组 default 已被弃用", "new_api_error")),
    "group-no-access": _forbidden(JSON, relay_error("无权访问 vip 分组", "new_api_error")),
    "address-denied": _forbidden(JSON, relay_error("您的 IP 不在令牌允许访问的列表中", "new_api_error")),
    "newapi-401": unauthorized(relay_error("无效的令牌", "new_api_error")),
    "newapi-503": Answer(
        503,
        "Service Unavailable",
        JSON,
        relay_error("当前分组 default 下对于模型 claude-sonnet-5 无可用渠道", "new_api_error", "model_not_found"),
    ),
    "litellm-model-400": Answer(
        400,
        "Bad Request",
        JSON,
        b'{"error":{"message":"/messages: Invalid model name passed in model=claude-sonnet-5. Call `/v1/models` '
        b'to view available models for your key.","type":"None","param":"None","code":"400"}}',
    ),
    "litellm-no-db": Answer(
        400,
        "Bad Request",
        JSON,
        b'{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}',
    ),
}

WHOLE: dict[str, Answer] = EDGES | PORTALS | ACCOUNTS | GATEWAYS

_WINDOWS = (
    ("requests", 50, 49),
    ("tokens", 100000, 99000),
    ("input-tokens", 80000, 79000),
    ("output-tokens", 20000, 19990),
)


def rate_headers(now: float, exhausted: bool = False) -> Pairs:
    """The four rate-limit windows of an organisation; ``now`` is the server's clock (seconds since the epoch)."""
    reset = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + 30))
    pairs: list[tuple[str, str]] = []
    for name, limit, left in _WINDOWS:
        prefix = f"anthropic-ratelimit-{name}"
        pairs += [
            (f"{prefix}-limit", str(limit)),
            (f"{prefix}-remaining", str(0 if exhausted else left)),
            (f"{prefix}-reset", reset),
        ]
    return tuple(pairs)


def limited(mode: str, now: float) -> Answer:
    """``rate429``: the organisation's minute is used up. ``plan429``: the subscription's five hours are."""
    if mode == "rate429":
        message = "This request would exceed your organization's rate limit of 50 requests per minute."
        more: Pairs = (("retry-after", "17"), RETRY, *rate_headers(now, exhausted=True))
    else:
        message = "This request would exceed your account's rate limit. Please try again later."
        more = (
            ("retry-after", "9000"),
            RETRY,
            ("anthropic-ratelimit-unified-status", "rejected"),
            ("anthropic-ratelimit-unified-reset", str(int(now) + 9000)),
            ("anthropic-ratelimit-unified-representative-claim", "five_hour"),
            ("anthropic-ratelimit-unified-5h-utilization", "1.0"),
        )
    return Answer(429, "Too Many Requests", JSON, api_error("rate_limit_error", message), more)


TIMED = ("rate429", "plan429")
