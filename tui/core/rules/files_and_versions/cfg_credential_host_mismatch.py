"""The credential is of one vendor, the address of another.

## What it means
A key of the Claude Console goes to another vendor's address, or the key of another vendor goes to Anthropic. Both may
be right by themselves; they do not belong together.

## Why we believe it
The beginning of the key tells who issued it, and that is not who runs the host. A refusal (401) confirms it.

## How to fix
Decide which of the two you mean: the address that goes with the key, or a key that goes with the address.

## Fix safety
Your choice: the two ways lead to different models and different bills.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.known import CredentialKind
from tui.core.model import Applicability, Confidence, Evidence, Finding, Remedy, Setting
from tui.core.rules import remedies
from tui.core.rules.clues import REFUSALS, Way, reply, where
from tui.core.rules.rule import Judgement

CODE = "cfg-credential-host-mismatch"
EXPLAINS = REFUSALS
_BASE = "ANTHROPIC_BASE_URL"


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    if not way.usable or way.works or len({c.value for c in sent}) != 1 or sent[0].setting is None:
        return
    kind = facts.known.kind_of(sent[0].value.reveal().strip().removeprefix("Bearer "))
    if kind is None or kind.is_at_home(way.host):
        return
    refused = next((a for a in way.api_answers if a.status == 401), None)
    passes_keys_on = way.private or way.host in facts.known.forwarding
    if passes_keys_on and (refused is None or not kind.vendor):
        return  # such a host may take any key, and Anthropic's first of all
    if facts.target.first_party and not kind.base:
        return  # there is no address to choose: the kind itself is wrong
    setting, base = sent[0].setting, facts.winner(_BASE)
    what = kind.meaning.split(",")[0]
    evidence = [
        where("The credential in force", setting),
        Evidence("Its beginning says that it is", kind.meaning),
        where("The address in force", base) if base else Evidence("The address in force", f"{way.url} (the default)"),
    ]
    if refused is not None:
        evidence.append(Evidence(f"{way.host} answers", reply(refused)))
    yield Finding(
        CODE,
        f"{setting.name} holds {what}, but requests go to {way.host}",
        "A key is only good at the vendor that issued it.",
        tuple(evidence),
        (*_other_address(facts, kind, base, setting), _other_key(way.host, setting, what)),
        confidence=Confidence.PROVEN if refused is not None and not passes_keys_on else Confidence.LIKELY,
    )


def _other_address(facts: Facts, kind: CredentialKind, base: Setting | None, key: Setting) -> tuple[Remedy, ...]:
    """The address that goes with the key."""
    how = Applicability.CHOICE
    if not kind.vendor and base is not None:
        title = f"Use the key where it belongs: remove {_BASE}, so that requests go to api.anthropic.com"
        return (remedies.drop(facts, base, "address-of-key", title, how),)
    if not kind.base:
        return ()
    title = f"Use the key where it belongs: {kind.base}"
    if base is not None:
        return (remedies.give(facts, base, kind.base, "address-of-key", title, how),)
    beside = key if key.name != "apiKeyHelper" else None
    return (remedies.add(facts, _BASE, kind.base, "address-of-key", title, beside, how),)


def _other_key(host: str, setting: Setting, what: str) -> Remedy:
    """A key that goes with the address."""
    put = "Let the helper print it" if setting.name == "apiKeyHelper" else f"Put it into {setting.name}"
    return remedies.steps(
        "key-of-address",
        f"Or keep the address, and use a key of {host}",
        f"{put} ({setting.origin}).",
        f"{host} has received {what} that is not its own: delete that key where it came from and make a new one.",
    )
