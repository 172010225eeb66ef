"""Credentials and account."""

from __future__ import annotations

from tests.rules.answers import DAY, error, models, refusal
from tests.rules.cases.case import Case
from tests.rules.looks import models_with
from tests.rules.story import story
from tests.rules.worlds import KEY, NOW, PLANTED, TOKEN, Given, user
from tui.core.model import Header

GW = "http://gw.corp.test:4000"
FIRST_PARTY = Given(settings=user(**KEY))
KEY_AT_GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL=GW, **KEY))
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL=GW, **TOKEN))
SUBSCRIBED = Given(env={"CLAUDE_CODE_OAUTH_TOKEN": PLANTED.oauth_token})
LOW = "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing."

wrong_header = story(
    KEY_AT_GATEWAY,
    models_with(PLANTED.api_key, Header.BEARER, models()),
    models=refusal(401, "Missing Authorization header", www_authenticate="Bearer"),
)
gateway_key = story(GATEWAY, models=refusal(401, "无效的令牌", "new_api_error"))
invalid_key = story(FIRST_PARTY, models=error(401, "authentication_error", "invalid x-api-key"))
expired = story(
    SUBSCRIBED, models=error(401, "authentication_error", "OAuth token has expired. Please obtain a new one.")
)
forbidden = story(
    SUBSCRIBED,
    models=error(403, "permission_error", "OAuth authentication is currently not allowed for this organization."),
)
disabled = story(FIRST_PARTY, message=error(400, "invalid_request_error", "This organization has been disabled."))
no_credit = story(FIRST_PARTY, message=error(400, "invalid_request_error", LOW))
used_up = story(
    SUBSCRIBED,
    message=error(
        429,
        "rate_limit_error",
        "This request would exceed your account's rate limit. Please try again later.",
        anthropic_ratelimit_unified_status="rejected",
        anthropic_ratelimit_unified_reset=str(int(NOW + DAY / 4)),
    ),
)

CASES = (
    Case("auth-wrong-header", wrong_header),
    Case("auth-invalid-gateway-key", gateway_key),
    Case("auth-invalid-key", invalid_key),
    Case("auth-token-expired", expired),
    Case("auth-forbidden", forbidden),
    Case("auth-org-disabled", disabled),
    Case("billing-credit", no_credit),
    Case("plan-limit", used_up),
)
