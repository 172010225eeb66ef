"""The server does not send a certificate that is needed.

## What it means
The server's own certificate is fine, but the intermediate one between it and the public root is missing. Browsers guess
it, programs do not.

## Why we believe it
Only one certificate was presented, and its issuer is a public authority's intermediate.

## How to fix
The gateway's owner must send the full chain (fullchain.pem).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import rejected

CODE = "tls-chain-incomplete"
EXPLAINS = {"tls-private-ca"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 20, 21)
    if (
        tls is None
        or len(tls.chain) != 1
        or tls.chain[0].self_signed
        or not facts.known.public_issuers.search(tls.chain[0].issuer)
    ):
        return
    leaf = tls.chain[0]
    yield Finding(
        CODE,
        f"{way.host} does not send the intermediate certificate that clients need",
        "Its own certificate is from a public authority, but the link between the two is missing.",
        (
            Evidence("Certificates presented", f"only one, of {leaf.subject}"),
            Evidence("Its issuer, which was not sent", leaf.issuer),
        ),
        (
            remedies.steps(
                "full-chain",
                "The gateway's owner must send the full chain",
                f"Send: “{way.host} sends only its own certificate; please serve fullchain.pem, with {leaf.issuer}.”",
            ),
        ),
    )
