"""The extra certificate file is valid but lacks the root that is needed.

## What it means
A certificate file is configured and can be read, but the chain that the server presents ends in a root that is not in
it. Often it holds only an intermediate certificate, which clients do not accept as an anchor.

## Why we believe it
The presented chain was compared with the certificates in the file.

## How to fix
Add the root certificate to the file. Get it from your IT department or the gateway's owner, not from the connection.

## Fix safety
Not done for you: whoever owns the root must hand it over.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.configuration.cfg_ca_file_bad import reads
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-ca-file-wrong"
EXPLAINS = {"tls-intercepted-untrusted", "tls-private-ca", "tls-chain-incomplete", "tls-self-signed"}


def check(facts: Facts) -> Judgement:
    tls = Way(facts).tls
    if (
        tls is None
        or tls.failure is None
        or tls.failure.error is not Error.VERIFY
        or tls.verify_code not in (2, 18, 19, 20, 21)
    ):
        return
    for file in facts.ca_files:
        if file.state != "ok" or not reads(facts, file):
            continue
        held = {c.subject for c in file.certificates if c.self_signed}
        top = tls.chain[-1] if tls.chain else None
        needed = (top.subject if top.self_signed else top.issuer) if top else "unknown"
        bare = [c for c in file.certificates if not c.self_signed]
        inside = ", ".join(c.subject for c in file.certificates[:3]) or "nothing"
        if needed in held:
            continue
        detail = (
            "It holds only an intermediate certificate, not the root."
            if bare and not held
            else "It holds other certificates."
        )
        yield Finding(
            CODE,
            f"The certificate file in {file.setting.name} lacks the root that this connection needs",
            f"The server's chain ends in “{needed}”. {detail}",
            (
                where("The setting", file.setting),
                Evidence("The file holds", inside),
                Evidence("The chain needs", needed),
            ),
            (
                remedies.steps(
                    "add-root",
                    f"Add the root certificate to {file.path}",
                    f"Ask your IT department or the gateway's owner for the root certificate “{needed}” (PEM), and "
                    f"append it to {file.path}.",
                ),
            ),
        )
