"""The base URL is a web page, not an API.

## What it means
The address answers with a page for people: a portal or the front end of a chat program. The API lives under another
path.

## Why we believe it
A request to the API's path gets a web page with status 200, without any redirect.

## How to fix
Point the base URL at the API's path. Common ones were tried; one that answered is offered.

## Fix safety
Safe where the new path answered like the API.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, answers_like_api, reply, where
from tui.core.rules.configuration.cfg_base_url_path import variants
from tui.core.rules.rule import Judgement
from tui.core.seen import Shape

CODE = "gw-html-frontend"
EXPLAINS = {"http-reset", "http-empty-reply", "gw-wrong-schema", "gw-path-not-found", "cfg-base-url-path"}


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("ANTHROPIC_BASE_URL")
    if not way.usable or facts.target.first_party:
        return
    page = next((a for a in way.api_answers if a.status == 200 and a.shape in (Shape.HTML, Shape.EMPTY)), None)
    if page is None or page.failure:
        return
    found: list[Remedy] = []
    for url in variants(way.url):
        ask = course.models(facts.target, url)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif answers_like_api(seen) and setting is not None and not found:
            found.append(remedies.give(facts, setting, str(url), "api-path", f"Use {url}, which answers like the API"))
    if not found:
        found.append(
            remedies.steps(
                "ask-path",
                "Ask the gateway's owner for the address of its Anthropic API",
                f"{way.url} shows a web page.",
            )
        )
    yield Finding(
        CODE,
        f"{way.url} is a web page, not an API",
        "It answers every path with a page for people, with status 200. The client cannot read it.",
        (where("The base URL in force", setting), Evidence("The API's path answers", reply(page))),
        tuple(found),
    )
