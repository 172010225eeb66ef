"""The gateway redirects the API's path.

## What it means
The answer is "look elsewhere". Clients follow it and turn the request into one without a body, which fails in odd ways.

## Why we believe it
A redirect came from the endpoint itself, to the same host.

## How to fix
Write the final address into the base URL.

## Fix safety
Your choice: requests will go straight to the address that the server names.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement

CODE = "gw-redirect"
EXPLAINS = {"gw-path-not-found", "cfg-base-url-path", "gw-html-frontend"}


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("ANTHROPIC_BASE_URL")
    if not way.usable or facts.target.first_party:
        return
    answer = next((a for a in way.answers if a.status in (301, 302, 303, 307, 308)), None)
    if answer is None:
        return
    to = answer.header("location")
    parts = urlsplit(to)
    found: list[Remedy] = []
    better = f"{parts.scheme}://{parts.netloc}{way.url.path}" if parts.scheme and parts.hostname == way.host else ""
    if better and setting is not None:
        found.append(remedies.give(facts, setting, better, "final-address", f"Write {better}", Applicability.CHOICE))
    else:
        found.append(
            remedies.steps(
                "ask-address", "Ask the gateway's owner for the final address", f"{way.url} redirects to {to}."
            )
        )
    yield Finding(
        CODE,
        f"{way.url} redirects requests elsewhere",
        "Clients follow the redirect without the request's body, so the request cannot succeed.",
        (where("The base URL in force", setting), Evidence("It answers", f"HTTP {answer.status}, Location: {to}")),
        tuple(found),
    )
