"""The certificate's key or signature is too weak.

## What it means
The server presents a certificate with a short key or an outdated signature, which current clients refuse.

## Why we believe it
The TLS library says so, and the key's length was read from the certificate.

## How to fix
The gateway's owner must reissue it with at least 2048 bits (RSA) and SHA-256.

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

CODE = "tls-weak-cert"
EXPLAINS = {"tls-intercepted-untrusted", "tls-private-ca"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 66, 67, 68)
    if tls is None:
        return
    bits = f"{tls.chain[0].key_bits} bits" if tls.chain else "unknown"
    yield Finding(
        CODE,
        f"The certificate of {way.host} is too weak for current clients",
        "Its key is too short or its signature outdated.",
        (Evidence("The TLS library says", tls.verify_message), Evidence("Length of the key", bits)),
        (
            remedies.steps(
                "reissue",
                "The gateway's owner must reissue it",
                f"Send: “Please reissue the certificate of {way.host} with at least 2048 bits.”",
            ),
        ),
    )
