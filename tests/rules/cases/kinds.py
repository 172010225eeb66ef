"""What kinds of values, and versions of clients, alone can show."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.rules.answers import error, http, message, models, refusal, tls_bad
from tests.rules.cases.case import Case
from tests.rules.cases.credentials import GW
from tests.rules.looks import Look, models_with
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, TOKEN, Given, user
from tui.core import course
from tui.core.ask import Ask, Message
from tui.core.facts import Facts
from tui.core.model import Credential, Header
from tui.core.secret import Secret
from tui.core.seen import Error, HttpSeen, Observation

BAD_KEY = error(401, "authentication_error", "invalid x-api-key")
BETA = "context-1m-2025-08-07"
BAD_BETA = error(400, "invalid_request_error", f"Unexpected value(s) `{BETA}` for the `anthropic-beta` header.")
MTLS = {"CLAUDE_CODE_CLIENT_CERT": "/etc/company/alice.pem", "CLAUDE_CODE_CLIENT_KEY": "/etc/company/alice.key"}
HELPER = "/opt/company/bin/get-claude-key --team web"
PACKAGE = "node_modules/@anthropic-ai/claude-code/package.json"
SITE = "project/.venv/lib/python3.12/site-packages"


def claude(version: str, newer: str = "") -> dict[str, str]:
    """The files of Claude Code installed with npm, and perhaps of a newer one that is not first in line."""
    found = {".local/bin/claude": "#!/usr/bin/env node\n", f".local/lib/{PACKAGE}": package(version)}
    return {**found, f".claude/local/{PACKAGE}": package(newer)} if newer else found


def package(version: str) -> str:
    """What npm writes beside the program."""
    return json.dumps({"name": "@anthropic-ai/claude-code", "version": version})


def python(version: str, **beside: str) -> dict[str, str]:
    """The files of a virtual environment with the SDK, and libraries beside it."""
    return {f"{SITE}/{name}-{v}.dist-info/METADATA": "\n" for name, v in {"anthropic": version, **beside}.items()}


def models_as_login(value: str, seen: HttpSeen) -> Look:
    """The list of models with a value in the manner of a subscription token."""

    def ask(facts: Facts) -> Ask[Observation]:
        headers = (*facts.target.headers, ("anthropic-beta", "oauth-2025-04-20"))
        credential = Credential("CLAUDE_CODE_OAUTH_TOKEN", Secret(value), Header.BEARER)
        return course.models(replace(facts.target, headers=headers), credentials=(credential,))

    return Look(ask, seen)


def message_without(beta: str, seen: HttpSeen) -> Look:
    """The message without one of the betas, wherever it was configured."""

    def ask(facts: Facts) -> Ask[Observation]:
        betas = tuple(b for b in facts.target.betas if b != beta)
        headers = tuple((n, v) for n, v in facts.target.headers if v != Secret(beta))
        return course.message(replace(facts.target, betas=betas, headers=headers), Message(course.model_of(facts)))

    return Look(ask, seen)


def greeted_without_certificate(seen: HttpSeen) -> Look:
    """The greeting without the client certificate."""

    def ask(facts: Facts) -> Ask[Observation]:
        bare = replace(facts.target.trust, client_cert="", client_key="", client_passphrase=None)
        return replace(course.hello(facts.target), trust=bare)

    return Look(ask, seen)


wrong_kind = story(
    Given(settings=user(ANTHROPIC_API_KEY=PLANTED.oauth_token)),
    models_as_login(PLANTED.oauth_token, models()),
    models=BAD_KEY,
)
mismatch = story(
    Given(settings=user(ANTHROPIC_BASE_URL="https://api.deepseek.com/anthropic", **KEY)),
    hello=http(404),
    models=refusal(401, "Authentication Fails, Your api key is invalid", "authentication_error"),
)
helper = story(Given(settings={"apiKeyHelper": HELPER}))
managed = story(Given(managed={"forceLoginMethod": "claudeai"}, settings=user(**KEY)))
headers = story(Given(settings=user(ANTHROPIC_CUSTOM_HEADERS='{"X-Team": "web", "X-Cost-Center": "4711"}', **KEY)))
betas = story(Given(settings=user(ANTHROPIC_BETAS=BETA, **KEY)), message_without(BETA, message()), message=BAD_BETA)
timeout = story(Given(settings=user(API_TIMEOUT_MS="3000000000", **KEY)))
mtls = story(
    Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **MTLS, **TOKEN)),
    tls=tls_bad(Error.CA_FILE, detail="client certificate: No such file or directory"),
)
OLD = claude("2.1.100", newer="2.1.300")
outdated = story(Given(client="claude-code", files=OLD, settings={"model": "claude-opus-5", "env": KEY}))
sdk_major = story(
    Given(client="python-sdk", files=python("2.12.0"), env={"ANTHROPIC_BASE_URL": GW, **KEY}),
    models_with(PLANTED.api_key, Header.API_KEY, models()),
    models=refusal(401, "Missing x-api-key header"),
)

CASES = (
    Case("cfg-credential-wrong-kind", wrong_kind),
    Case("cfg-credential-host-mismatch", mismatch),
    Case("cfg-helper-failed", helper),
    Case("cfg-managed-policy", managed),
    Case("cfg-headers-malformed", headers),
    Case("cfg-betas-rejected", betas),
    Case("cfg-timeout-value", timeout),
    Case("cfg-mtls-file", mtls),
    Case("client-outdated", outdated),
    Case("client-sdk-major", sdk_major),
)
