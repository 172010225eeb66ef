"""The gateway has no route for the Messages path.

## What it means
The gateway is there, but knows nothing under the address that the client builds from the base URL. A prefix is missing.

## Why we believe it
Its own "no route" message came; the usual other paths do not answer either.

## How to fix
Ask its owner for the prefix and append it to the base URL.

## Fix safety
Nothing is changed on this machine: only its owner knows the prefix.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.configuration.cfg_base_url_path import route_is_missing, variants
from tui.core.rules.rule import Judgement

CODE = "gw-path-not-found"
EXPLAINS = {"model-not-found"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or facts.target.first_party:
        return
    # A gateway need not know /api/hello: only a request of the API's own tells.
    missing = next((a for a in way.api_answers if route_is_missing(a)), None)
    if missing is None or way.works or (way.models is not None and way.models.status == 200):
        return
    if way.message is None and facts.consent and facts.target.credentials:
        return
    tried = [url for url in variants(way.url) if facts.seen(course.models(facts.target, url)) is not None]
    yield Finding(
        CODE,
        f"{way.host} has no route for the address that the client builds",
        "The gateway is there, but the path is not. It probably wants a prefix.",
        (
            where("The base URL in force", facts.winner("ANTHROPIC_BASE_URL")),
            Evidence(f"{way.url}/v1/messages", reply(missing)),
            Evidence("Other paths tried", ", ".join(str(u) for u in tried) or "none"),
        ),
        (
            remedies.steps(
                "ask-prefix",
                "Ask its owner for the prefix of the Anthropic route",
                f"Send: “Under which path does {way.host} serve Anthropic's /v1/messages?” Then append it to "
                "ANTHROPIC_BASE_URL.",
            ),
        ),
    )
