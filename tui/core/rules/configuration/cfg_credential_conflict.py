"""Two credentials are set, and the wrong one decides.

## What it means
An API key and a token are both configured and both are sent. The endpoint looks at one of them, and that one is stale.

## Why we believe it
Each was tried alone at the same endpoint: one is accepted.

## How to fix
Keep the one that is accepted, under the name whose header was accepted, and remove the other.

## Fix safety
Safe for this endpoint. The other credential is removed from the file; a backup is kept.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import (
    Applicability,
    ClientName,
    Credential,
    Edit,
    EditOp,
    Evidence,
    Finding,
    Header,
    Remedy,
    Setting,
)
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "cfg-credential-conflict"
EXPLAINS = {
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "auth-forbidden",
    "auth-wrong-header",
    "gw-access-denied",
    "auth-token-expired",
    "gw-auth-stripped",
    "billing-credit",
    "auth-org-disabled",
}
_NAMES = {Header.API_KEY: "ANTHROPIC_API_KEY", Header.BEARER: "ANTHROPIC_AUTH_TOKEN"}


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    if not way.usable or len(sent) < 2 or facts.client.name is not ClientName.CLAUDE_CODE:
        return
    if sent[0].value == sent[1].value or not any(a.status in (400, 401, 403) for a in way.api_answers):
        return
    tries = [*sent, *(Credential(c.name, c.value, _other(c.header), c.setting) for c in sent)]
    for credential in tries:
        ask = course.models(facts.target, credentials=(credential,))
        seen = facts.seen(ask)
        if seen is None:
            yield ask
            return
        if seen.status == 200 and seen.shape is Shape.MODELS and credential.setting is not None:
            rest = next(c for c in sent if c.value != credential.value)
            yield _finding(facts, credential, rest)
            return


def _other(header: Header) -> Header:
    return Header.BEARER if header is Header.API_KEY else Header.API_KEY


def _finding(facts: Facts, good: Credential, bad: Credential) -> Finding:
    assert good.setting is not None
    kept = _NAMES[good.header]
    return Finding(
        CODE,
        f"Two credentials are set; {bad.name} is refused and spoils {good.name}, which is accepted",
        "Both are sent with every request. The endpoint decides by the wrong one.",
        (
            where("Accepted when sent alone", good.setting),
            where("Not accepted", bad.setting),
            Evidence("The accepted one was sent as", good.header),
        ),
        (_remedy(facts, good, bad.setting, kept),),
    )


def _remedy(facts: Facts, good: Credential, bad: Setting | None, kept: str) -> Remedy:
    title = (
        f"Keep {good.name}"
        + (f" as {kept}" if good.name != kept else "")
        + f" and remove {bad.name if bad else 'the other'}"
    )
    assert good.setting is not None
    if good.name == kept and bad is not None:
        return remedies.drop(facts, bad, "keep-accepted", title)
    paths = {good.setting.origin.path, bad.origin.path if bad else None}
    if None in paths or bad is None:
        commands = (remedies.copy_variable(facts, good.name, kept), remedies.unset(facts, good.name))
        environment = ((kept, good.value), (good.name, None))
        return Remedy(
            "keep-accepted",
            title,
            Applicability.MANUAL,
            commands=commands,
            environment=environment,
            reopen=("this-terminal",),
        )
    edits = (_edit(bad, EditOp.SET, good), _edit(good.setting, EditOp.UNSET, None))
    environment = ((kept, good.value), (good.name, None))
    return Remedy("keep-accepted", title, Applicability.SAFE, edits, reopen=("client",), environment=environment)


def _edit(setting: Setting, op: EditOp, value: Credential | None) -> Edit:
    origin = setting.origin
    return Edit(origin.path or "", origin.shown, op, origin.address or (setting.name,), value.value if value else None)
