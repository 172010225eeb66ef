"""The gateway at the base URL."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import error, http, models, page, refusal, tcp_bad
from tests.rules.cases.case import Case
from tests.rules.looks import models_at
from tests.rules.story import story
from tests.rules.worlds import TOKEN, Given, user
from tui.core.seen import Error

GW = "http://gw.corp.test:4000"
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN))
HERE = Given(settings=user(ANTHROPIC_BASE_URL="http://127.0.0.1:4000", **TOKEN))
WEB = page(200, "Open WebUI")
NO_ROUTE = http(404, {"message": "no Route matched with those values"}, server="kong/3.9.0")
BASIC = page(401, "401 Authorization Required", server="nginx", www_authenticate='Basic realm="gateway"')
BAD_GATEWAY = page(502, "502 Bad Gateway", server="nginx/1.27.3")
CLOSED = page(503, "Service Unavailable", "Down for maintenance", retry_after="120")
MOVED = http(301, "", "Moved Permanently", location="https://gw.corp.test:4000/v1/messages", server="nginx")
CHAT = {"object": "chat.completion", "choices": [{"message": {"role": "assistant", "content": "Hi"}}]}

frontend = story(GATEWAY, models_at(f"{GW}/anthropic", models()), hello=WEB, models=WEB, message=WEB)
not_running = story(HERE, tcp=tcp_bad(Error.REFUSED, "127.0.0.1"))
hung = story(HERE, tcp=tcp_bad(Error.TIMEOUT, "127.0.0.1"))
body_limit = story(GATEWAY, size=page(413, "413 Request Entity Too Large", server="nginx/1.27.3"))
upstream_down = story(GATEWAY, hello=BAD_GATEWAY, models=BAD_GATEWAY)
upstream_timeout = story(
    GATEWAY, message=replace(page(504, "504 Gateway Time-out", server="nginx/1.27.3"), ms=60_000.0)
)
maintenance = story(GATEWAY, hello=CLOSED, models=CLOSED)
stripped = story(GATEWAY, models=error(401, "authentication_error", "x-api-key header is required"))
access_denied = story(GATEWAY, hello=BASIC, models=BASIC)
rate_limit = story(GATEWAY, message=page(429, "429 Too Many Requests", server="nginx/1.27.3"))
redirect = story(GATEWAY, hello=MOVED, models=MOVED)
not_anthropic = story(
    GATEWAY,
    models=models("gpt-5", "gpt-5-mini"),
    message=refusal(404, "Invalid URL (POST /v1/messages)", "invalid_request_error"),
)
wrong_schema = story(GATEWAY, message=http(200, CHAT))
no_route = story(GATEWAY, hello=NO_ROUTE, models=NO_ROUTE, message=NO_ROUTE)
no_model = story(
    GATEWAY.but(settings=user(ANTHROPIC_BASE_URL=GW, ANTHROPIC_MODEL="claude-sonnet-5-5", **TOKEN)),
    models=models("company-haiku", "company-sonnet"),
    message=refusal(
        400, "Invalid model name passed in model=claude-sonnet-5-5. Call `/v1/models`", "invalid_request_error"
    ),
)
upstream_auth = story(
    GATEWAY,
    message=refusal(
        401,
        "litellm.AuthenticationError: AnthropicException - {'type': 'error', 'error': {'type': "
        "'authentication_error', 'message': 'invalid x-api-key'}}",
    ),
)
group_denied = story(GATEWAY, message=refusal(403, "无权访问 vip 分组", "new_api_error"))

CASES = (
    Case("gw-html-frontend", frontend),
    Case("gw-not-running", not_running),
    Case("gw-hung", hung),
    Case("gw-body-limit", body_limit),
    Case("gw-upstream-down", upstream_down),
    Case("gw-upstream-timeout", upstream_timeout),
    Case("gw-maintenance", maintenance),
    Case("gw-auth-stripped", stripped),
    Case("gw-access-denied", access_denied),
    Case("gw-rate-limit", rate_limit),
    Case("gw-redirect", redirect),
    Case("gw-not-anthropic", not_anthropic),
    Case("gw-wrong-schema", wrong_schema),
    Case("gw-path-not-found", no_route),
    Case("gw-model-not-configured", no_model),
    Case("gw-upstream-auth", upstream_auth),
    Case("gw-group-denied", group_denied),
)
