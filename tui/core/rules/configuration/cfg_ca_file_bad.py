"""A certificate file of the settings is missing, empty or not PEM.

## What it means
NODE_EXTRA_CA_CERTS (or SSL_CERT_FILE) names a file that the client cannot use. A missing file means that the company's
root is not trusted; a broken one makes every TLS connection fail, even to sites with perfect certificates.

## Why we believe it
The file was opened and parsed.

## How to fix
Put the right certificate there (PEM, beginning with -----BEGIN CERTIFICATE-----), or correct the path.

## Fix safety
Removing the setting is offered only where TLS works without it, and stays your choice.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import CaFile, Facts
from tui.core.model import Applicability, ClientName, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-ca-file-bad"
EXPLAINS = {
    "tls-intercepted-untrusted",
    "tls-private-ca",
    "tls-self-signed",
    "tls-chain-incomplete",
    "cfg-preflight-blocked",
}
_WORDS = {
    "missing": "does not exist",
    "unreadable": "cannot be read",
    "empty": "is empty",
    "not-pem": "is not a PEM certificate",
    "der": "is a certificate in binary (DER) form, not PEM",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    for file in facts.ca_files:
        if file.state == "ok" or not reads(facts, file):
            continue
        if file.state == "missing" and file.setting.name == "NODE_EXTRA_CA_CERTS":
            untrusted = way.tls is not None and way.tls.failure is not None and way.tls.failure.error is Error.VERIFY
            if untrusted and way.tls is not None and way.tls.verify_code in (2, 18, 19, 20, 21):
                yield _finding(facts, file, Severity.BLOCKING, ())
            elif way.tls is not None and way.tls.ok:
                yield _finding(facts, file, Severity.NOTE, ())
            continue
        if not way.usable or way.url.scheme != "https":
            continue
        ask = course.tls(facts.target, replace(facts.target.trust, extra=()))
        if file.setting.name == "SSL_CERT_FILE":
            ask = course.tls(facts.target, replace(facts.target.trust, extra=(), os_store=True, bundled=True))
        seen = facts.seen(ask)
        if seen is None and not facts.offline:
            yield ask
        proof = (Evidence("Without this file TLS works", seen.version),) if seen is not None and seen.ok else ()
        yield _finding(facts, file, Severity.BLOCKING, proof)


def reads(facts: Facts, file: CaFile) -> bool:
    """True if this client reads that variable."""
    python = facts.client.name is ClientName.PYTHON_SDK
    return (
        file.setting.name == ("SSL_CERT_FILE" if python else "NODE_EXTRA_CA_CERTS")
        or facts.client.name == "claude-code"
    )


def _finding(facts: Facts, file: CaFile, severity: Severity, proof: tuple[Evidence, ...]) -> Finding:
    words = _WORDS[file.state]
    found = [
        remedies.steps(
            "right-file",
            "Put the right certificate there, or correct the path",
            f"{file.setting.origin}: {file.setting.name} must name a PEM file with the root certificate of your "
            "company or gateway.",
        )
    ]
    if proof or severity is Severity.NOTE:
        title = f"Remove {file.setting.name}: TLS works without it"
        found.insert(0, remedies.drop(facts, file.setting, "drop-ca-file", title, Applicability.CHOICE))
    harm = (
        "a missing file means its certificates are not trusted"
        if file.state == "missing"
        else "every TLS connection fails with it"
    )
    return Finding(
        CODE,
        f"The certificate file in {file.setting.name} {words}",
        f"The client is told to trust the certificates in that file; {harm}.",
        (where("The setting", file.setting), Evidence("The file", f"{file.path} {words}"), *proof),
        tuple(found),
        severity,
    )
