"""The gateway presents a self-signed certificate.

## What it means
A private gateway made its own certificate; no authority vouches for it, so clients refuse.

## Why we believe it
One certificate was presented, and it names itself as its issuer.

## How to fix
Compare its fingerprint with the gateway's owner, save it as PEM, and name it in NODE_EXTRA_CA_CERTS.

## Fix safety
Never done silently: only the fingerprint, compared by another way, shows that it is the right certificate.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import product, rejected

CODE = "tls-self-signed"
EXPLAINS = {"tls-private-ca", "tls-chain-incomplete"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 18, 19, 20)
    if (
        tls is None
        or len(tls.chain) != 1
        or not tls.chain[0].self_signed
        or not way.private
        or product(facts, tls.chain[0].issuer)
    ):
        return
    leaf = tls.chain[0]
    yield Finding(
        CODE,
        f"{way.host} presents a certificate that it signed itself",
        "No authority vouches for it, so the client cannot know whether it is the right server.",
        (
            Evidence("Subject and issuer are the same", leaf.subject),
            Evidence("Fingerprint (SHA-256)", leaf.sha256),
        ),
        (
            remedies.steps(
                "trust-certificate",
                "Trust exactly this certificate, after comparing its fingerprint",
                f"1. Ask the owner of {way.host} for the certificate file and compare the fingerprint above.",
                "2. Set NODE_EXTRA_CA_CERTS to the file in the env block of ~/.claude/settings.json (Python: "
                "SSL_CERT_FILE).",
            ),
        ),
    )
