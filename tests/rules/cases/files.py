"""What files and versions alone can show."""

from __future__ import annotations

from tests.rules.answers import DAY, error
from tests.rules.cases.case import Case
from tests.rules.story import story
from tests.rules.worlds import KEY, NOW, PLANTED, Given, user

dotenv_only = story(Given(dotenv=f"# for the app\nANTHROPIC_API_KEY={PLANTED.api_key}\n"))
key_over_login = story(
    Given(settings=user(**KEY), login=NOW + DAY),
    message=error(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
)
declined = story(
    Given(
        env=KEY,
        state={
            "hasCompletedOnboarding": True,
            "customApiKeyResponses": {"approved": [], "rejected": [PLANTED.api_key[-20:]]},
        },
    )
)
provider = story(Given(settings=user(CLAUDE_CODE_USE_BEDROCK="1", **KEY)))
retired = story(
    Given(settings={"model": "claude-3-5-haiku-20241022", "env": KEY}),
    message=error(404, "not_found_error", "model: claude-3-5-haiku-20241022"),
)
unchecked = story(Given(settings=user(NODE_TLS_REJECT_UNAUTHORIZED="0", **KEY)))
readable = story(Given(settings=user(**KEY), mode=0o644))

CASES = (
    Case("cfg-dotenv-not-read", dotenv_only),
    Case("cfg-key-overrides-login", key_over_login),
    Case("cfg-key-not-approved", declined),
    Case("cfg-provider-flag", provider),
    Case("cfg-model-retired", retired),
    Case("cfg-tls-verification-off", unchecked),
    Case("secret-file-readable", readable),
)
