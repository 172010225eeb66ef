"""The traffic is inspected by a product whose root this machine trusts.

## What it means
Everything works. A company product or antivirus program decrypts and re-signs the connection, and can read it.

## Why we believe it
The certificate of Anthropic's host is not issued by a public authority, and it is accepted all the same.

## How to fix
Nothing must change. CLAUDE_CODE_CERT_STORE=bundled would break the connection.

## Fix safety
Nothing is changed.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Severity
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import product

CODE = "tls-intercepted-trusted"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tls is None or not way.tls.ok or not facts.target.first_party or not way.tls.issuer:
        return
    if facts.known.public_issuers.search(way.tls.issuer):
        return
    name = product(facts, way.tls.issuer)
    yield Finding(
        CODE,
        f"The traffic is inspected by {name or 'a product of this network'}, and this machine trusts it",
        "It works. Whoever runs that product can read what is sent, your key included.",
        (
            Evidence(f"The certificate of {way.host} is issued by", way.tls.issuer),
            Evidence("It is accepted", way.tls.version),
        ),
        (),
        Severity.NOTE,
    )
