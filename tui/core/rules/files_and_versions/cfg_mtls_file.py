"""The client certificate or its key cannot be used.

## What it means
CLAUDE_CODE_CLIENT_CERT and CLAUDE_CODE_CLIENT_KEY name the certificate with which this client identifies itself. A file
is missing, cannot be read, is not PEM, has expired, needs a passphrase, or the two do not belong together.

## Why we believe it
Both files were opened and parsed, and the key was compared with the certificate.

## How to fix
Correct the path or the passphrase, or get a new certificate from whoever issued it.

## Fix safety
Removing the settings is your choice, and offered only where the endpoint answers without a client certificate.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from tui.core import course
from tui.core.facts import ClientFile, Facts
from tui.core.model import Applicability, ClientName, Confidence, Evidence, Finding, Remedy, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement

CODE = "cfg-mtls-file"
EXPLAINS = {
    "tls-client-cert-required",
    "tls-alert",
    "tls-closed",
    "tls-reset",
    "http-reset",
    "http-empty-reply",
    "api-bad-request",
    "gw-access-denied",
    "cfg-ca-file-bad",
}
_CERTIFICATE, _KEY = "CLAUDE_CODE_CLIENT_CERT", "CLAUDE_CODE_CLIENT_KEY"
_WORDS = {
    "missing": "does not exist",
    "unreadable": "cannot be read",
    "not-pem": "is not in PEM form",
    "locked": "needs a passphrase, and none is set",
    "wrong-passphrase": "does not open with the passphrase that is set",
    "mismatch": "is not the key of the certificate",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if facts.client.name is not ClientName.CLAUDE_CODE or not way.usable or way.url.scheme != "https":
        return
    names = {file.setting.name for file in facts.client_files}
    for file in facts.client_files:
        words, sure = flaw(file, facts.now), True
        if not words and names == {_CERTIFICATE}:
            words, sure = f"has no key beside it: {_KEY} is not set", False
        elif not words and names == {_KEY}:
            words, sure = f"has no certificate beside it: {_CERTIFICATE} is not set", False
        if not words:
            continue
        bare = replace(facts.target.trust, client_cert="", client_key="", client_passphrase=None)
        ask = replace(course.hello(facts.target), trust=bare)
        seen = facts.seen(ask)
        if not facts.asked(ask) and not way.works and not facts.offline:
            yield ask
        proof: tuple[Evidence, ...] = ()
        found = [_right_file(file)]
        if seen is not None and seen.status in (200, 404) and seen.failure is None:
            proof = (Evidence("Without a client certificate it answers", reply(seen)),)
            title = f"Remove {file.setting.name}: {way.host} answers without it"
            found.insert(0, remedies.drop(facts, file.setting, "drop-certificate", title, Applicability.CHOICE))
        yield Finding(
            CODE,
            f"The file in {file.setting.name} {words}",
            "The client cannot identify itself with it, so a server that asks for a certificate turns it away.",
            (where("The setting in force", file.setting), Evidence("The file", f"{file.path} {words}"), *proof),
            tuple(found),
            Severity.NOTE if way.works else Severity.BLOCKING,
            Confidence.PROVEN if sure else Confidence.LIKELY,
        )
        return


def flaw(file: ClientFile, now: float) -> str:
    """What is wrong with a file, as the end of a sentence; empty if nothing is."""
    if file.state != "ok":
        return _WORDS[file.state]
    if file.certificate is None or file.certificate.not_before <= now <= file.certificate.not_after:
        return ""
    early = now < file.certificate.not_before
    moment = file.certificate.not_before if early else file.certificate.not_after
    day = datetime.datetime.fromtimestamp(moment, datetime.UTC).strftime("%Y-%m-%d")
    return f"is valid only from {day} on" if early else f"expired on {day}"


def _right_file(file: ClientFile) -> Remedy:
    title = "Put the right file there, or correct the path"
    if file.state in ("locked", "wrong-passphrase"):
        title = "Set the passphrase"
        line = f"Set CLAUDE_CODE_CLIENT_KEY_PASSPHRASE beside {file.setting.name} in {file.setting.origin}."
    else:
        line = f"{file.setting.origin}: {file.setting.name} must name your own file, in PEM form and still valid."
    return remedies.steps("right-file", title, line, "Whoever runs the gateway issues certificate and key.")
