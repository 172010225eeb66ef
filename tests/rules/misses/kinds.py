"""Near misses of what kinds of values, and versions of clients, show."""

from __future__ import annotations

from tests.rules.answers import error, message, models, refusal, tcp_bad, tls_ok
from tests.rules.cases import configuration, credentials, gateway, kinds, requests
from tests.rules.cases import tls as handshakes
from tests.rules.cases.case import Miss
from tests.rules.cases.configuration import LOCAL
from tests.rules.cases.credentials import GATEWAY, GW, KEY_AT_GATEWAY
from tests.rules.cases.kinds import BAD_BETA, BAD_KEY, BETA, MTLS, claude, message_without, python
from tests.rules.looks import models_with, trusting
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core.model import Header
from tui.core.seen import Error

DEEPSEEK = "https://api.deepseek.com/anthropic"
OPENROUTER_KEY = f"sk-or-v1-{'0' * 64}"
UNKNOWN = refusal(401, "无效的令牌", "new_api_error")
PYTHON = Given(client="python-sdk@2.12.0")
TOO_OLD = error(
    400,
    "invalid_request_error",
    "Claude Code 2.1.258 does not support this model; version 2.1.280 or newer is required",
)


def key(value: str, **more: str) -> Given:
    """A machine with this value as its API key."""
    return Given(settings=user(ANTHROPIC_API_KEY=value, **more))


def custom(headers: str, **more: str) -> Given:
    """A machine with these custom headers."""
    return Given(settings=user(ANTHROPIC_CUSTOM_HEADERS=headers, **(more or KEY)))


WRONG_KIND = (
    Miss(
        "cfg-credential-wrong-kind", "auth-invalid-key", kinds.wrong_kind.but(given=Given(settings=user(**KEY))), "fits"
    ),
    Miss("cfg-credential-wrong-kind", "", kinds.wrong_kind.but(models=models()), "it is accepted as it is"),
    Miss(
        "cfg-credential-wrong-kind",
        "auth-token-expired",
        credentials.expired.but(given=Given(env={"ANTHROPIC_AUTH_TOKEN": PLANTED.oauth_token})),
        "a subscription token that goes as Bearer, as it should",
    ),
    Miss(
        "cfg-credential-wrong-kind",
        "cfg-credential-host-mismatch",
        kinds.wrong_kind.but(given=key(PLANTED.oauth_token, ANTHROPIC_BASE_URL=DEEPSEEK)),
        "another vendor takes no kind of Anthropic's",
    ),
    Miss(
        "cfg-credential-wrong-kind",
        "cfg-credential-malformed",
        kinds.wrong_kind.but(given=key(f'"{PLANTED.api_key}"')),
        "quotation marks around the right kind",
    ),
    Miss(
        "auth-invalid-key",
        "cfg-credential-wrong-kind",
        credentials.invalid_key.but(given=key(PLANTED.admin_key)),
        "an admin key cannot send messages",
    ),
    Miss(
        "auth-invalid-key",
        "cfg-credential-wrong-kind",
        credentials.invalid_key.but(given=Given(env={"CLAUDE_CODE_OAUTH_TOKEN": PLANTED.refresh_token})),
        "a refresh token is no credential",
    ),
    Miss(
        "auth-invalid-key",
        "cfg-credential-wrong-kind",
        credentials.invalid_key.but(given=key(f"sk-proj-{'0' * 40}")),
        "a key of OpenAI, which has no Anthropic endpoint",
    ),
    Miss(
        "auth-invalid-gateway-key",
        "cfg-credential-wrong-kind",
        credentials.gateway_key.but(
            models_with(PLANTED.auth_token, Header.BEARER, models()),
            given=Given(settings=user(ANTHROPIC_BASE_URL=GW, ANTHROPIC_AUTH_TOKEN=f"Bearer {PLANTED.auth_token}")),
        ),
        "the word Bearer was copied along",
    ),
)

MISMATCH = (
    Miss(
        "cfg-credential-host-mismatch",
        "auth-invalid-gateway-key",
        kinds.mismatch.but(given=key("sk-0123456789abcdef0123456789abcdef", ANTHROPIC_BASE_URL=DEEPSEEK)),
        "a key that may well be this vendor's",
    ),
    Miss(
        "cfg-credential-host-mismatch",
        "auth-invalid-gateway-key",
        kinds.mismatch.but(given=KEY_AT_GATEWAY, models=UNKNOWN),
        "a company gateway may take any key",
    ),
    Miss(
        "cfg-credential-host-mismatch",
        "auth-invalid-key",
        kinds.mismatch.but(
            given=key(PLANTED.api_key, ANTHROPIC_BASE_URL="https://gateway.ai.cloudflare.com/v1/a/b/anthropic"),
            models=BAD_KEY,
        ),
        "a gateway that passes Anthropic's keys on",
    ),
    Miss("cfg-credential-host-mismatch", "", kinds.mismatch.but(models=models()), "it is accepted"),
    Miss(
        "auth-invalid-key",
        "cfg-credential-host-mismatch",
        credentials.invalid_key.but(given=Given(settings=user(ANTHROPIC_AUTH_TOKEN=OPENROUTER_KEY))),
        "a key of OpenRouter at Anthropic",
    ),
    Miss(
        "auth-invalid-gateway-key",
        "cfg-credential-host-mismatch",
        credentials.gateway_key.but(
            given=Given(
                settings=user(ANTHROPIC_BASE_URL="https://api.z.ai/api/anthropic", ANTHROPIC_AUTH_TOKEN=OPENROUTER_KEY)
            )
        ),
        "a key of one vendor at another",
    ),
)

HELPER = (
    Miss("cfg-helper-failed", "cfg-credential-missing", kinds.helper.but(given=Given()), "no helper is set"),
    Miss("cfg-helper-failed", "", kinds.helper.but(given=Given(settings=user(**KEY))), "a key is set, and no helper"),
    Miss(
        "cfg-credential-missing",
        "cfg-helper-failed",
        configuration.missing.but(given=kinds.helper.given),
        "a helper is set, and its program is not there",
    ),
)

MANAGED = (
    Miss(
        "cfg-managed-policy",
        "",
        kinds.managed.but(given=Given(settings={"forceLoginMethod": "claudeai", "env": KEY})),
        "only an administrator can force a login",
    ),
    Miss(
        "cfg-managed-policy",
        "gw-not-running",
        story(Given(managed=user(ANTHROPIC_BASE_URL=LOCAL, **TOKEN)), tcp=tcp_bad(Error.REFUSED, "127.0.0.1")),
        "nothing of the user's is overruled",
    ),
    Miss("cfg-managed-policy", "cfg-settings-shadow", configuration.shadow, "the winner is the user's own"),
    Miss(
        "cfg-settings-shadow",
        "cfg-managed-policy",
        configuration.shadow.but(
            given=Given(env={"ANTHROPIC_BASE_URL": GW}, managed=user(ANTHROPIC_BASE_URL=LOCAL, **TOKEN))
        ),
        "the winner is the administrator's",
    ),
    Miss(
        "model-not-found",
        "cfg-managed-policy",
        requests.unknown_model.but(given=Given(managed={"model": "claude-sonet-5-5"}, settings=user(**KEY))),
        "the administrator set the model",
    ),
)

HEADERS = (
    Miss(
        "cfg-headers-malformed",
        "",
        kinds.headers.but(given=custom("X-Team: web\nX-Cost-Center: 4711")),
        "one on each line",
    ),
    Miss("cfg-headers-malformed", "", kinds.headers.but(given=custom("X-Team: web, mobile")), "a comma in one value"),
    Miss(
        "cfg-headers-malformed",
        "",
        kinds.headers.but(given=custom('X-Tags: {"team": "web"}, see https://corp.test/x')),
        "JSON and a URL in one value",
    ),
    Miss(
        "cfg-headers-malformed",
        "",
        kinds.headers.but(
            given=Given(client="python-sdk@0.75.0", env={"ANTHROPIC_CUSTOM_HEADERS": '{"X-Team": "web"}', **KEY})
        ),
        "this client does not read it",
    ),
    Miss(
        "gw-access-denied",
        "cfg-headers-malformed",
        gateway.access_denied.but(given=custom("x-auth: secret,x-source: app", ANTHROPIC_BASE_URL=GW, **TOKEN)),
        "the header that the gateway wants is part of another one",
    ),
)

BETAS = (
    Miss(
        "cfg-betas-rejected",
        "api-bad-request",
        kinds.betas.but(message_without(BETA, BAD_BETA)),
        "it is refused without it too",
    ),
    Miss(
        "cfg-betas-rejected",
        "api-bad-request",
        story(Given(settings=user(**KEY)), message=BAD_BETA),
        "no beta is configured",
    ),
    Miss(
        "cfg-betas-rejected",
        "model-not-found",
        kinds.betas.but(message=error(404, "not_found_error", "model: claude-opus-5-5")),
        "the refusal is about the model",
    ),
    Miss(
        "api-bad-request",
        "cfg-betas-rejected",
        requests.bad_request.but(
            message_without(BETA, message()),
            given=PYTHON.but(env={"ANTHROPIC_CUSTOM_HEADERS": f"anthropic-beta: {BETA}", **KEY}),
            message=BAD_BETA,
        ),
        "the beta stands in the custom headers of an SDK",
    ),
)

TIMEOUT = (
    *(
        Miss(
            "cfg-timeout-value",
            "",
            kinds.timeout.but(given=key(PLANTED.api_key, API_TIMEOUT_MS=value)),
            f"{value} is in the range",
        )
        for value in ("600000", "2147483647", "6e5", "1000")
    ),
    Miss(
        "cfg-timeout-value",
        "",
        kinds.timeout.but(given=PYTHON.but(env={"API_TIMEOUT_MS": "3000000000", **KEY})),
        "this client does not read it",
    ),
    Miss(
        "cfg-timeout-value",
        "api-overloaded",
        requests.overloaded.but(given=key(PLANTED.api_key, CLAUDE_CODE_MAX_RETRIES="3")),
        "some retries are left",
    ),
    Miss(
        "api-error",
        "cfg-timeout-value",
        story(key(PLANTED.api_key, API_TIMEOUT_MS="60")),
        "the client gives up before the endpoint answers",
    ),
    Miss(
        "http-timeout",
        "cfg-timeout-value",
        story(key(PLANTED.api_key, API_TIMEOUT_MS="10m")),
        "the limit is no number",
    ),
)

CERTIFICATE = (
    Miss("cfg-mtls-file", "tls-client-cert-required", handshakes.client_cert, "no client certificate is configured"),
    Miss(
        "cfg-mtls-file",
        "",
        story(Given(settings=user(ANTHROPIC_BASE_URL=GW, **MTLS, **TOKEN))),
        "the endpoint speaks no TLS",
    ),
    Miss(
        "cfg-mtls-file",
        "",
        story(PYTHON.but(env={"ANTHROPIC_BASE_URL": "https://gw.corp.test", **MTLS, **KEY})),
        "this client does not read it",
    ),
    Miss(
        "tls-client-cert-required",
        "cfg-mtls-file",
        handshakes.client_cert.but(
            given=Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **MTLS, **TOKEN))
        ),
        "the certificate that is configured is not there",
    ),
)

OUTDATED = (
    Miss(
        "client-outdated", "", kinds.outdated.but(given=kinds.outdated.given.but(files=claude("2.1.219"))), "new enough"
    ),
    Miss(
        "client-outdated",
        "",
        kinds.outdated.but(given=kinds.outdated.given.but(settings={"model": "opus", "env": KEY})),
        "an alias means a model that the client knows",
    ),
    Miss("client-outdated", "", kinds.outdated.but(given=kinds.outdated.given.but(files={})), "its version is unknown"),
    Miss(
        "client-outdated",
        "",
        story(Given(client="python-sdk", files=python("0.39.0", httpx="0.27.2"), env=KEY)),
        "the httpx beside it is old too",
    ),
    Miss(
        "client-outdated",
        "api-bad-request",
        requests.bad_request.but(message=TOO_OLD),
        "the newest client there is",
    ),
    Miss(
        "api-bad-request",
        "client-outdated",
        requests.bad_request.but(given=GATEWAY.but(client="claude-code@2.1.258"), message=TOO_OLD),
        "the endpoint wants a newer client",
    ),
    Miss(
        "tls-intercepted-untrusted",
        "client-outdated",
        handshakes.intercepted.but(
            trusting(tls_ok(handshakes.ZSCALER), os_store=True, bundled=False),
            given=Given(client="python-sdk@0.75.0", env=KEY),
        ),
        "the system trusts it, and a newer SDK would look there",
    ),
    Miss(
        "auth-invalid-gateway-key",
        "client-outdated",
        credentials.gateway_key.but(
            given=Given(
                client="python-sdk@0.75.0",
                env={"ANTHROPIC_BASE_URL": GW, "ANTHROPIC_CUSTOM_HEADERS": "x-team-key: secret", **KEY},
            )
        ),
        "the headers for the gateway are not sent",
    ),
    Miss(
        "client-sdk-major",
        "client-outdated",
        story(Given(client="python-sdk", files=python("0.39.0", httpx="0.28.1"), env=KEY)),
        "an SDK that is too old for the httpx beside it",
    ),
)

MAJOR = (
    Miss(
        "client-sdk-major",
        "auth-wrong-header",
        kinds.sdk_major.but(
            models_with(PLANTED.api_key, Header.BEARER, models()),
            given=kinds.sdk_major.given.but(files=python("1.9.0")),
            models=refusal(401, "Missing Authorization header"),
        ),
        "an SDK before the change",
    ),
    Miss(
        "client-sdk-major",
        "auth-invalid-gateway-key",
        kinds.sdk_major.but(models_with(PLANTED.api_key, Header.API_KEY, UNKNOWN), models=UNKNOWN),
        "the old form is refused too",
    ),
    Miss(
        "client-sdk-major",
        "auth-wrong-header",
        kinds.sdk_major.but(
            models_with(PLANTED.auth_token, Header.API_KEY, models()),
            given=kinds.sdk_major.given.but(env={"ANTHROPIC_BASE_URL": GW, **TOKEN}),
        ),
        "a token went as Bearer before, too",
    ),
    Miss(
        "auth-wrong-header",
        "client-sdk-major",
        credentials.wrong_header.but(
            models_with(PLANTED.api_key, Header.API_KEY, models()),
            given=Given(client="typescript-sdk@1.12.0", env={"ANTHROPIC_BASE_URL": GW, **KEY}),
        ),
        "the new major version chose the header",
    ),
)

MISSES = (
    *WRONG_KIND,
    *MISMATCH,
    *HELPER,
    *MANAGED,
    *HEADERS,
    *BETAS,
    *TIMEOUT,
    *CERTIFICATE,
    *OUTDATED,
    *MAJOR,
)
