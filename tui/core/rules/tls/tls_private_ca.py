"""The gateway's certificate is issued by a private authority that is not trusted.

## What it means
Your company signs its own servers. That is normal for a private host, but this client does not know the company's root.

## Why we believe it
The chain ends in an authority that is in no store in use, and the host is private.

## How to fix
Get the company's root certificate and name it in NODE_EXTRA_CA_CERTS.

## Fix safety
Never done silently: the root must come from its owner.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import product, rejected

CODE = "tls-private-ca"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 2, 19, 20, 21)
    if tls is None or not tls.chain or not way.private:
        return
    leaf, top = tls.chain[0], tls.chain[-1]
    if leaf.self_signed or product(facts, leaf.issuer) or facts.known.public_issuers.search(leaf.issuer):
        return
    root = top.subject if top.self_signed else top.issuer
    yield Finding(
        CODE,
        f"{way.host} has a certificate of a private authority that the client does not trust",
        "For a company's own host that is normal; the client only lacks the company's root certificate.",
        (
            Evidence("Issued by", leaf.issuer),
            Evidence("The root that is needed", root),
            Evidence("No store in use knows it", tls.verify_message),
        ),
        (
            remedies.steps(
                "trust-root",
                "Let the client trust the company's root certificate",
                f"1. Get the root certificate “{root}” (PEM) from your IT department.",
                "2. Set NODE_EXTRA_CA_CERTS to its path in the env block of ~/.claude/settings.json (Python: "
                "SSL_CERT_FILE).",
            ),
        ),
    )
