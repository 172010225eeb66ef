"""Cloudflare blocks the request.

## What it means
A rule of the site's firewall at Cloudflare refuses this address or request.

## Why we believe it
The answer is Cloudflare's block page, with a Ray id and without a challenge.

## How to fix
Note the Ray id, change the network, or ask the site's support.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "cf-waf-block"
EXPLAINS = {"http-block-page", "gw-access-denied", "cfg-preflight-blocked"}
_PAGE = re.compile(
    r"Attention Required!|you have been blocked|Access denied \| .*Cloudflare|Error 10(06|07|08|09|10|12|20)\b"
)


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    for answer in way.answers:
        cloudflare = bool(answer.header("cf-ray")) or "cloudflare" in answer.header("server").lower()
        if (
            answer.status not in (403, 429)
            or answer.shape is not Shape.HTML
            or not cloudflare
            or answer.header("cf-mitigated")
        ):
            continue
        if not _PAGE.search(answer.title + answer.body):
            continue
        yield Finding(
            CODE,
            f"Cloudflare in front of {way.host} blocks this address or request",
            "A firewall rule at the edge refuses it. The API never saw the request.",
            (
                Evidence(f"{way.host} answers", reply(answer)),
                Evidence("Ray id", answer.header("cf-ray") or "in the page"),
            ),
            (
                remedies.steps(
                    "ray-id",
                    "Note the Ray id, change the network, or ask the site's support",
                    f"Ray id: {answer.header('cf-ray')}",
                ),
            ),
        )
        return
