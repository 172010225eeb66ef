"""The server only speaks TLS 1.1 or older.

## What it means
Current clients refuse these versions.

## Why we believe it
The handshake fails with TLS 1.2 and 1.3 and succeeds when only older versions are offered.

## How to fix
The gateway must enable TLS 1.2 or newer.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tls-version-old"
EXPLAINS = {"tls-alert", "tls-closed", "tls-reset"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if (
        way.tls is None
        or way.tls.failure is None
        or way.tls.failure.error not in (Error.ALERT, Error.CLOSED, Error.TLS)
    ):
        return
    ask = replace(course.tls(facts.target), trust=replace(facts.target.trust, verify=False), newest="1.1")
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif seen.ok:
        yield Finding(
            CODE,
            f"{way.host} only speaks {seen.version}, which current clients refuse",
            "The server is too old, or its TLS settings are.",
            (
                Evidence("Offering TLS 1.2 and 1.3", str(way.tls.failure.error)),
                Evidence("Offering TLS 1.0 and 1.1 only", f"accepted: {seen.version}"),
            ),
            (
                remedies.steps(
                    "enable-tls",
                    "The gateway must enable TLS 1.2 or newer",
                    f"Send: “{way.host}:{way.url.port} only offers {seen.version}.”",
                ),
            ),
        )
