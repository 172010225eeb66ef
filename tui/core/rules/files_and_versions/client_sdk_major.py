"""A new major version of the SDK sends what this gateway does not take.

## What it means
Since Python 2.0 and TypeScript 1.0 the SDKs send the API key as Authorization: Bearer (before: x-api-key) and a newer
anthropic-version. Anthropic takes both; a gateway that knows only the old form refuses the new one. These versions also
refuse sampling fields such as temperature in your program.

## Why we believe it
The version of the SDK is in force, and the same request in the form of the version before was accepted.

## How to fix
Let the gateway's owner accept the new form, send the old one yourself, or stay below the new major version.

## Fix safety
Nothing is changed by us: it is your program and their gateway.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.ask import AskHttp
from tui.core.facts import Facts
from tui.core.model import ClientName, Credential, Evidence, Finding, Header, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "client-sdk-major"
EXPLAINS = {
    "auth-wrong-header",
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "auth-forbidden",
    "gw-access-denied",
    "gw-auth-stripped",
    "api-bad-request",
}
_KEY = "ANTHROPIC_API_KEY"
_MAJORS = {ClientName.PYTHON_SDK: (2,), ClientName.TYPESCRIPT_SDK: (1,)}
_STAY = {
    ClientName.PYTHON_SDK: "pip install 'anthropic<2'",
    ClientName.TYPESCRIPT_SDK: "npm install '@anthropic-ai/sdk@<1'",
}
_BEFORE = "2023-06-01"
"""The anthropic-version that all versions before sent."""


def check(facts: Facts) -> Judgement:
    way, sent, client = Way(facts), facts.target.credentials, facts.client
    if client.name not in _MAJORS or client.release < _MAJORS[client.name] or facts.target.first_party:
        return
    refused = way.models if way.usable else None
    if refused is None or refused.status not in (400, 401, 403) or len(sent) != 1 or sent[0].name != _KEY:
        return
    old = replace(sent[0], header=Header.API_KEY, setting=None)
    for changed, ask in _before(facts, old):
        seen = facts.seen(ask)
        if seen is None:
            yield ask
            return
        if seen.status == 200 and seen.shape is Shape.MODELS:
            name = client.title.removeprefix("the ")
            yield Finding(
                CODE,
                f"Version {client.version} of the {name} sends {changed}, which {way.host} refuses",
                "The major version before sent it in another form, and that form is accepted.",
                (
                    where("The credential in force", sent[0].setting),
                    Evidence(f"Version {client.version}", f"read from {client.found}" if client.found else "assumed"),
                    Evidence("As this version sends it", reply(refused)),
                    Evidence("As the version before sent it", "accepted, HTTP 200"),
                ),
                _remedies(facts, way.host),
            )
            return


def _before(facts: Facts, old: Credential) -> tuple[tuple[str, AskHttp], ...]:
    """The same request with what the new major version changed taken back; a 401 or 403 is about the key only."""
    version = replace(facts.target, api_version=_BEFORE)
    both = ("the key as Bearer and a newer anthropic-version", course.models(version, credentials=(old,)))
    header = ("the key as Authorization: Bearer", course.models(facts.target, credentials=(old,)))
    new = replace(facts.target.credentials[0], setting=None)
    number = ("a newer anthropic-version", course.models(version, credentials=(new,)))
    refused = Way(facts).models
    return (number, both) if refused is not None and refused.status == 400 else (header,)


def _remedies(facts: Facts, host: str) -> tuple[Remedy, ...]:
    name = facts.client.name
    option = "default_headers" if name is ClientName.PYTHON_SDK else "defaultHeaders"
    line = f"Pass {option} with x-api-key (and anthropic-version {_BEFORE} if that is refused too) to the client."
    return (
        remedies.run("stay-below", "Stay with the major version that this gateway takes", _STAY[name]),
        remedies.steps("old-form", "Or send the old form from your program", line),
        remedies.steps(
            "ask-gateway",
            "Or ask the owner of the gateway",
            "Tell them: since 2026-10-21 the Anthropic SDKs send the key as Authorization: Bearer, and "
            f"anthropic-version 2026-10-21. {host} should accept both.",
        ),
    )
