"""The server's answer is not HTTP.

## What it means
TLS completes, and then something other than a web server answers.

## Why we believe it
The first line of the answer is no HTTP status line.

## How to fix
The owner of the TLS front must connect it to the right service.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.rules.edges.broken import broken
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "http-not-http"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    yield from broken(
        facts,
        CODE,
        Error.NOT_HTTP,
        (Hop.HEADERS, Hop.SEND),
        "answers with something that is not HTTP",
        "Something other than a web server stands behind the port.",
    )
