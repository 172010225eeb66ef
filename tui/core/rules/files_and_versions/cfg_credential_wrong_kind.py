"""A credential of one kind stands in the variable of another.

## What it means
A subscription token was stored as an API key, an admin key or a refresh token was taken for one, the key belongs to a
vendor with no Anthropic endpoint, or the word Bearer was copied along. The value may be perfectly valid for its own
purpose.

## Why we believe it
Every kind begins in its own way, so the value tells what it is. The endpoint refused it (401); where the other variable
or the value without Bearer could be tried, it was.

## How to fix
Give the value the variable of its kind, or put a key of the right kind here.

## Fix safety
Safe where the same value only moves to another variable or loses the word Bearer. A new key only you can create.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.known import CredentialKind
from tui.core.model import (
    ClientName,
    Confidence,
    Credential,
    Evidence,
    Finding,
    Header,
    OriginKind,
    Remedy,
    Setting,
)
from tui.core.rules import remedies
from tui.core.rules.clues import REFUSALS, Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Observation, Shape

CODE = "cfg-credential-wrong-kind"
EXPLAINS = REFUSALS
_OAUTH = "CLAUDE_CODE_OAUTH_TOKEN"
_PROJECT = (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)
_KEYS = "Keys: https://platform.claude.com/settings/keys."


def check(facts: Facts) -> Judgement:
    way, target = Way(facts), facts.target
    if not way.usable or way.works or len({c.value for c in target.credentials}) != 1:
        return
    sent = target.credentials[0]
    setting = sent.setting
    refused = next((a for a in way.api_answers if a.status == 401), None)
    passes_keys_on = way.private or way.host in facts.known.forwarding
    if setting is None or (passes_keys_on and refused is None):
        return
    text = sent.value.reveal().strip()
    kind = facts.known.kind_of(text)
    bearer = text.startswith("Bearer ")
    if bearer:
        title = f"{setting.name} begins with the word Bearer, which does not belong to it"
        means = "The client adds that word itself where it is needed, so the endpoint gets another value."
    elif kind is not None and _misplaced(facts, sent, kind):
        title = f"{setting.name} holds {kind.meaning}"
        means = "It may be valid for its own purpose, but it is not accepted in the place where it stands."
    else:
        return
    moved = _moved(facts, sent, text.removeprefix("Bearer ").strip() if bearer else "")
    accepted = moved is not None and refused is not None and (yield from _accepted(facts, moved))
    evidence = [where("The credential in force", setting)]
    if kind is not None:
        evidence.append(Evidence("Its beginning says that it is", kind.meaning))
    if refused is not None:
        evidence.append(Evidence(f"{way.host} answers", reply(refused)))
    if accepted and moved is not None:
        changed = "Without that word" if bearer else f"As {moved.name}"
        evidence.append(Evidence(f"{changed} it is accepted", "HTTP 200"))
    yield Finding(
        CODE,
        title,
        means,
        tuple(evidence),
        (_remedy(facts, setting, kind, moved),),
        confidence=Confidence.PROVEN if refused is not None else Confidence.LIKELY,
    )


def _misplaced(facts: Facts, sent: Credential, kind: CredentialKind) -> bool:
    """True for a kind that no variable takes, or that this one does not take at this endpoint."""
    host = course.url_of(facts.target).host
    if kind.vendor:  # one with an endpoint of its own is a question of the host
        return facts.target.first_party and not kind.base
    if host in facts.known.hosts and not kind.is_at_home(host):
        return False
    return kind.id in ("anthropic-admin-key", "anthropic-refresh-token") or kind.id == {
        "ANTHROPIC_API_KEY": "anthropic-oauth-token",
        _OAUTH: "anthropic-key",
    }.get(sent.name, "")


def _moved(facts: Facts, sent: Credential, cleaned: str) -> Credential | None:
    """The credential as it should have been written, or None where only another value helps."""
    if cleaned:
        return Credential(sent.name, Secret(cleaned), sent.header, sent.setting)
    kind = facts.known.kind_of(sent.value.reveal().strip())
    if facts.client.name is not ClientName.CLAUDE_CODE or kind is None:
        return None
    if kind.id == "anthropic-oauth-token":
        return Credential(_OAUTH, sent.value, Header.BEARER)
    return Credential("ANTHROPIC_API_KEY", sent.value, Header.API_KEY) if kind.id == "anthropic-key" else None


def _accepted(facts: Facts, moved: Credential) -> Generator[Ask[Observation], None, bool]:
    """Try it at the same endpoint, as the client would send it then."""
    own = tuple((n, v) for n, v in facts.target.headers if v != "oauth-2025-04-20")
    beta = (("anthropic-beta", "oauth-2025-04-20"),) if moved.name == _OAUTH else ()
    ask = course.models(replace(facts.target, headers=own + beta), credentials=(replace(moved, setting=None),))
    yield ask
    seen = facts.seen(ask)
    return seen is not None and seen.status == 200 and seen.shape is Shape.MODELS


def _remedy(facts: Facts, setting: Setting, kind: CredentialKind | None, moved: Credential | None) -> Remedy:
    printed = setting.name == "apiKeyHelper"
    if moved is not None and moved.name == setting.name and not printed:
        title = "Write the value without the word Bearer"
        return remedies.give(facts, setting, moved.value, "without-bearer", title)
    if moved is not None and not printed and not (moved.name == _OAUTH and setting.origin.kind in _PROJECT):
        return remedies.move(facts, setting, moved.name, "right-variable", f"Move the value to {moved.name}")
    place = f"{setting.name} ({setting.origin})"
    if moved is not None and moved.name == _OAUTH and not printed:
        line = f"Remove it from {place}: {_OAUTH} counts only in the user's settings or the environment."
        return remedies.steps("right-variable", f"Put the token into {_OAUTH}", line)
    if printed:
        return remedies.steps("right-output", "Let the helper print a key of the right kind", f"{place}. {_KEYS}")
    lines = [f"Put it into {place}. {_KEYS}"]
    if kind is not None and kind.id == "anthropic-refresh-token":
        lines.append("For a subscription, the command “claude setup-token” prints a token for " + _OAUTH + ".")
    return remedies.steps("right-key", "Create an API key and use it here", *lines)
