"""The server wants a client certificate.

## What it means
The gateway only talks to clients that present a certificate of their own (mTLS), and none is configured or it is
refused.

## Why we believe it
The server says so: TLS alert 116, or an answer such as "No required SSL certificate was sent".

## How to fix
Set CLAUDE_CODE_CLIENT_CERT and CLAUDE_CODE_CLIENT_KEY to your certificate and key (PEM).

## Fix safety
Nothing is changed on this machine: only you have the certificate.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

_HUNG_UP = (Error.CLOSED, Error.RESET)
CODE = "tls-client-cert-required"
EXPLAINS = {"api-bad-request", "gw-access-denied", "tls-alert", "http-reset", "http-empty-reply", "http-block-page"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    seen = ""
    if way.tls is not None and way.tls.failure is not None and way.tls.alert in (116, 42):
        seen = f"TLS alert {way.tls.alert}"
    for answer in way.answers:
        if answer.failure is not None and answer.failure.error is Error.ALERT:
            seen = f"TLS alert after the handshake ({answer.failure.detail})"
        elif answer.status in (400, 403, 495, 496) and (
            "SSL certificate" in answer.body or "client certificate" in answer.body.lower()
        ):
            seen = reply(answer)
    hung_up = way.hello is not None and way.hello.failure is not None and way.hello.failure.error in _HUNG_UP
    if not seen and hung_up and way.tls is not None and way.tls.ok:
        # TLS 1.3 hides the request for a certificate; an older handshake shows it.
        ask = replace(course.tls(facts.target), newest="1.2", trust=replace(facts.target.trust, verify=False))
        older = facts.seen(ask)
        if older is None:
            yield ask
        elif older.wants_certificate:
            seen = "it asks for a certificate in the handshake, and hangs up without one"
    if not seen:
        return
    yield Finding(
        CODE,
        f"{way.host} wants a client certificate",
        "It only talks to clients that present a certificate of their own."
        + (" The one that is configured was refused." if facts.target.trust.client_cert else ""),
        (
            Evidence("The server says", seen),
            Evidence("CLAUDE_CODE_CLIENT_CERT", facts.target.trust.client_cert or "not set"),
        ),
        (
            remedies.steps(
                "client-certificate",
                "Set your client certificate and key",
                "Add CLAUDE_CODE_CLIENT_CERT and CLAUDE_CODE_CLIENT_KEY (paths of PEM files) to the env block of "
                "~/.claude/settings.json.",
            ),
        ),
    )
