"""Cloudflare wants to check for a human.

## What it means
The exit address of this network is distrusted, so Cloudflare answers with a page that only a browser can pass.

## Why we believe it
The answer carries the header cf-mitigated: challenge.

## How to fix
Change the network or the VPN's exit.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement

CODE = "cf-challenge"
EXPLAINS = {
    "cf-waf-block",
    "http-block-page",
    "gw-access-denied",
    "gw-rate-limit",
    "cfg-preflight-blocked",
    "gw-html-frontend",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in way.answers if "challenge" in a.header("cf-mitigated")), None)
    if answer is None:
        return
    yield Finding(
        CODE,
        f"Cloudflare in front of {way.host} wants to check for a human",
        "Programs cannot pass that page. It is shown to addresses that are distrusted, often shared VPN exits.",
        (Evidence(f"{way.host} answers", reply(answer)), Evidence("Header cf-mitigated", "challenge")),
        (
            remedies.steps(
                "other-exit",
                "Change the network or the VPN's exit",
                f"Ray id, if you ask for help: {answer.header('cf-ray') or 'none'}",
            ),
        ),
    )
