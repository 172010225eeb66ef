"""The gateway offers only another API.

## What it means
The gateway speaks OpenAI's protocol. It lists models, but has no Messages route, so Claude Code cannot use it directly.

## Why we believe it
The list of models is answered, the Messages path does not exist, and no other path answers either.

## How to fix
Use a gateway with an Anthropic endpoint, or put a translator in between (LiteLLM, claude-code-router).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, many, reply
from tui.core.rules.configuration.cfg_base_url_path import route_is_missing
from tui.core.rules.rule import Judgement

CODE = "gw-not-anthropic"
EXPLAINS = {"gw-path-not-found"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if facts.target.first_party or way.models is None or way.models.status != 200 or way.message is None:
        return
    if not route_is_missing(way.message):
        return
    yield Finding(
        CODE,
        f"{way.host} offers only another API, without Anthropic's Messages",
        "It lists models, but the path that Claude clients use does not exist there.",
        (
            Evidence("List of models", f"HTTP 200, {many(len(way.models.models), 'model')}"),
            Evidence("POST /v1/messages", reply(way.message)),
        ),
        (
            remedies.steps(
                "translator",
                "Use an Anthropic endpoint, or put a translator in between",
                "Ask its owner for the Anthropic address; or run LiteLLM or claude-code-router in front of it.",
            ),
        ),
    )
