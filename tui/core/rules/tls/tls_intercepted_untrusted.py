"""Something re-signs the traffic, and its root is not trusted.

## What it means
A company product, an antivirus program or a debugging proxy decrypts the connection and presents its own certificate.
The client does not know the authority behind it and refuses.

## Why we believe it
The certificate of a public host is issued by a private authority; the issuer often names the product.

## How to fix
Get the root certificate from your IT department (or from the system's store), save it as PEM, and name it in
NODE_EXTRA_CA_CERTS in the env block of ~/.claude/settings.json.

## Fix safety
Never done silently: whoever owns that root can read the traffic. Compare the fingerprint with your IT department.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import product, rejected

CODE = "tls-intercepted-untrusted"
EXPLAINS = {"cfg-preflight-blocked", "tls-chain-incomplete"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 2, 18, 19, 20, 21)
    if tls is None or not tls.chain:
        return
    issuers = " | ".join(c.issuer for c in tls.chain)
    name = product(facts, issuers)
    public = not way.private
    if not name and not public:
        return
    if facts.known.public_issuers.search(tls.chain[0].issuer) and not name:
        return
    top = tls.chain[-1]
    words = name or "an unknown product of this network"
    yield Finding(
        CODE,
        f"Something between you and {way.host} re-signs the traffic ({words}), and the client does not trust it",
        "The certificate is not the host's own. Usually a company proxy; the client knows nothing of its authority.",
        (
            Evidence(f"The certificate of {way.host} is issued by", tls.chain[0].issuer),
            Evidence("No store in use knows that authority", tls.verify_message),
            Evidence("The last certificate presented", f"{top.subject}, SHA-256 {top.sha256[:23]}…"),
        ),
        (
            remedies.steps(
                "trust-root",
                "Let the client trust your company's root certificate",
                "1. Get the root certificate (PEM) from your IT department and compare its fingerprint.",
                "2. Set NODE_EXTRA_CA_CERTS to its path in the env block of ~/.claude/settings.json (Python: "
                "SSL_CERT_FILE).",
                "3. Run the check again. Trusting it lets its owner read the traffic.",
            ),
        ),
    )
