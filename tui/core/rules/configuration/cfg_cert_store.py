"""The client is told to ignore the system's certificates, and one of them is needed.

## What it means
CLAUDE_CODE_CERT_STORE leaves out "system". The connection is re-signed by a root that this machine trusts but the
client, by that setting, does not.

## Why we believe it
The system's store verifies the chain; the bundled roots do not.

## How to fix
Remove the setting, so that both stores count.

## Fix safety
Safe: it restores the default.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-cert-store"
EXPLAINS = {"tls-intercepted-untrusted", "tls-private-ca", "tls-self-signed", "tls-chain-incomplete"}


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("CLAUDE_CODE_CERT_STORE")
    if setting is None or facts.target.trust.os_store or facts.client.name != "claude-code":
        return
    if way.tls is None or way.tls.failure is None or way.tls.failure.error is not Error.VERIFY:
        return
    ask = course.tls(facts.target, replace(facts.target.trust, os_store=True))
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif seen.ok:
        yield Finding(
            CODE,
            "CLAUDE_CODE_CERT_STORE makes the client ignore a root that this machine trusts",
            f"The certificate is issued by {seen.issuer or 'a root of this machine'}, which only the system's store "
            "knows.",
            (
                where("The setting", setting),
                Evidence("With the bundled roots alone", way.tls.verify_message),
                Evidence("With the system's store", "the certificate is accepted"),
            ),
            (remedies.drop(facts, setting, "drop-cert-store", "Remove CLAUDE_CODE_CERT_STORE"),),
        )
