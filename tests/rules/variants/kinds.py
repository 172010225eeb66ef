"""Other faces of what kinds of values, and versions of clients, show."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import error, message, models, refusal
from tests.rules.cases import kinds
from tests.rules.cases.credentials import GW
from tests.rules.cases.kinds import BAD_BETA, BETA, claude
from tests.rules.looks import Look
from tests.rules.story import story
from tests.rules.variants.variant import Variant
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.seen import HttpSeen, Observation


def models_in_version(version: str, seen: HttpSeen) -> Look:
    """The list of models in another version of the API, the credential as it is."""

    def ask(facts: Facts) -> Ask[Observation]:
        own = tuple(replace(c, setting=None) for c in facts.target.credentials)
        return course.models(replace(facts.target, api_version=version), credentials=own)

    return Look(ask, seen)


def headers(text: str) -> Given:
    """A gateway that needs these custom headers."""
    return Given(settings=user(ANTHROPIC_BASE_URL=GW, ANTHROPIC_CUSTOM_HEADERS=text, **TOKEN))


BOTH = f"{BETA},output-300k-2026-03-24"
VARIANTS = (
    Variant(
        "cfg-credential-wrong-kind",
        "an API key as subscription token",
        story(Given(env={"CLAUDE_CODE_OAUTH_TOKEN": PLANTED.api_key}), models=kinds.BAD_KEY),
    ),
    Variant(
        "cfg-credential-wrong-kind",
        "in project settings, where a subscription token does not count",
        story(Given(local=user(ANTHROPIC_API_KEY=PLANTED.oauth_token)), models=kinds.BAD_KEY),
    ),
    Variant(
        "cfg-credential-wrong-kind",
        "a refresh token in an SDK",
        story(
            Given(client="python-sdk@2.12.0", env={"ANTHROPIC_API_KEY": PLANTED.refresh_token}), models=kinds.BAD_KEY
        ),
    ),
    Variant(
        "cfg-credential-host-mismatch",
        "a key with an address of its own",
        story(Given(env={"ANTHROPIC_API_KEY": f"sk-kimi-{'0' * 40}"}), models=kinds.BAD_KEY),
    ),
    Variant(
        "cfg-credential-host-mismatch",
        "a foreign key at a company gateway that refuses it",
        story(
            Given(settings=user(ANTHROPIC_BASE_URL=GW, ANTHROPIC_AUTH_TOKEN=f"sk-or-v1-{'0' * 64}")),
            models=refusal(401, "Invalid token"),
        ),
    ),
    Variant(
        "cfg-helper-failed", "beside a key of its own", story(Given(env=KEY, settings={"apiKeyHelper": kinds.HELPER}))
    ),
    Variant(
        "cfg-managed-policy",
        "an organisation is demanded",
        story(Given(managed={"forceLoginOrgUUID": "8f0c2b1e"}, settings={"apiKeyHelper": "get-key"})),
    ),
    *(
        Variant("cfg-headers-malformed", how, story(headers(text), models=refusal(401, "Missing x-team-key")))
        for text, how in (
            ("x-team: web\\nx-team-key: secret", "a written-out line break"),
            ("x-team-key=secret", "no colon"),
            ("x-team: web\nno colon here", "a line that is lost"),
            ("x team: web", "a blank in a name"),
            ("x-team-key: “secret”", "typographic quotes"),
        )
    ),
    Variant(
        "cfg-betas-rejected",
        "one of two, and only it goes",
        story(
            Given(settings=user(ANTHROPIC_BETAS=BOTH, **KEY)),
            Look(
                lambda f: replace(
                    course.the_message(f),
                    headers=course.api_headers(f.target, f.known.betas),
                ),
                message(),
            ),
            message=BAD_BETA,
        ),
    ),
    Variant(
        "cfg-betas-rejected",
        "seen with the token counter, where no message may be sent",
        story(
            Given(settings=user(ANTHROPIC_BETAS=BETA, **KEY), consent=False),
            Look(lambda f: course.size(replace(f.target, betas=f.known.betas), course.model_of(f)), models()),
            size=BAD_BETA,
        ),
    ),
    Variant("cfg-timeout-value", "nought", story(Given(settings=user(API_TIMEOUT_MS="0", **KEY)))),
    Variant("cfg-timeout-value", "seconds were meant", story(Given(settings=user(API_TIMEOUT_MS="600", **KEY)))),
    Variant(
        "cfg-timeout-value",
        "retries that are no number",
        story(Given(settings=user(CLAUDE_CODE_MAX_RETRIES="none", **KEY))),
    ),
    Variant(
        "cfg-timeout-value",
        "digits only, to an older client",
        story(Given(client="claude-code@2.1.197", settings=user(API_TIMEOUT_MS="6e5", **KEY))),
    ),
    Variant(
        "client-outdated",
        "a dated model of the same line",
        story(
            kinds.outdated.given.but(settings={"model": "claude-opus-5-20260801", "env": KEY}, files=claude("2.0.77"))
        ),
    ),
    Variant(
        "client-sdk-major",
        "the gateway does not know the version of the API",
        kinds.sdk_major.but(
            models_in_version("2023-06-01", models()),
            models=error(400, "invalid_request_error", "anthropic-version: unsupported", request_id=""),
        ),
    ),
)
