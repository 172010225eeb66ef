"""A filter on this network answers with its own page.

## What it means
A web filter that inspects the traffic refuses the host, often by category, and shows a page of its own.

## Why we believe it
Anthropic's host answers with a web page that neither Anthropic nor Cloudflare made.

## How to fix
Ask IT to allow api.anthropic.com.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import product
from tui.core.seen import Shape

CODE = "http-block-page"
EXPLAINS = {"tls-intercepted-trusted", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or not facts.target.first_party:
        return
    for answer in way.answers:
        if answer.shape is not Shape.HTML or answer.header("cf-ray") or answer.request_id or answer.status == 511:
            continue
        if 300 <= answer.status < 400:
            continue
        name = product(facts, way.tls.issuer) if way.tls else ""
        yield Finding(
            CODE,
            f"A filter on this network answers in place of {way.host}" + (f" ({name})" if name else ""),
            "Its page has nothing to do with Anthropic; the request never arrived there.",
            (
                Evidence(f"What came instead of {way.host}", reply(answer)),
                Evidence("The certificate is issued by", (way.tls.issuer if way.tls else "") or "unknown"),
            ),
            (
                remedies.steps(
                    "allow",
                    "Ask IT to allow the host",
                    f"Send: “Please allow {way.host} (category: artificial intelligence); your filter shows "
                    f"‘{answer.title}’.”",
                ),
            ),
        )
        return
