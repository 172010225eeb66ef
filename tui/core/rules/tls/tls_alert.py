"""The server breaks off the TLS handshake.

## What it means
Client and server find no common ground: no shared cipher, or a name that the server does not know.

## Why we believe it
The server sent a TLS alert, whose number was read.

## How to fix
Check the host name; the gateway's owner must check its TLS settings.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tls-alert"
EXPLAINS = {"cfg-preflight-blocked"}
_NAMES = {
    40: "handshake failure",
    42: "bad certificate",
    49: "access denied",
    70: "protocol version",
    80: "internal error",
    112: "unrecognized name",
    116: "certificate required",
    71: "insufficient security",
    120: "no application protocol",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tls is None or way.tls.failure is None or way.tls.failure.error not in (Error.ALERT, Error.TLS):
        return
    if way.tls.alert in (112, 116):
        return
    number = way.tls.alert
    words = f"alert {number} ({_NAMES.get(number, 'unknown')})" if number is not None else way.tls.failure.detail
    yield Finding(
        CODE,
        f"{way.host} breaks off the TLS handshake",
        "The server and the client cannot agree on how to talk.",
        (Evidence("The server sent", words),),
        (
            remedies.steps(
                "check-tls",
                "Check the host name and the gateway's TLS settings",
                f"Send to the gateway's owner: “{way.host}:{way.url.port} answers the ClientHello with {words}.”",
            ),
        ),
    )
