"""The path of the base URL is wrong.

## What it means
The client appends /v1/messages to the base URL. A base URL that already ends in /v1 or /v1/messages, or that lacks a
prefix which the gateway needs, leads to a page that does not exist. Claude Code then blames the selected model.

## Why we believe it
The address as configured answers "not found", and the same host with another path answers like the API.

## How to fix
Use the path that answered.

## Fix safety
Safe: the host stays the same, and the new address was tried before it was offered.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, answers_like_api, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import HttpSeen, Shape
from tui.core.url import Url

CODE = "cfg-base-url-path"
EXPLAINS = {
    "gw-path-not-found",
    "gw-not-anthropic",
    "model-not-found",
    "gw-model-not-configured",
    "cfg-settings-shadow",
}
_PREFIXES = ("/anthropic", "/api", "/api/anthropic")


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("ANTHROPIC_BASE_URL")
    if setting is None or not way.usable:
        return
    if facts.offline:
        if way.url.path.endswith(("/v1", "/v1/messages")):
            better = way.url.at(way.url.path.removesuffix("/messages").removesuffix("/v1"))
            yield _finding(facts, better, (where("The base URL in force", setting),), Confidence.LIKELY)
        return
    # A gateway need not know /api/hello: it only tells where a path is written and nothing else is sent.
    greeted = way.answers if way.url.path and not facts.target.credentials else ()
    missing = next((a for a in way.api_answers or greeted if route_is_missing(a)), None)
    if missing is None:
        return
    for url in variants(way.url):
        ask = course.models(facts.target, url)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif answers_like_api(seen):
            evidence = (
                where("The base URL in force", setting),
                Evidence(f"{way.url}/v1/… does not exist", reply(missing)),
                Evidence(f"{url}/v1/… answers like the API", reply(seen) if seen.status != 200 else "HTTP 200"),
            )
            yield _finding(facts, url, evidence, Confidence.PROVEN)
            return


def _finding(facts: Facts, url: Url, evidence: tuple[Evidence, ...], confidence: Confidence) -> Finding:
    setting = facts.winner("ANTHROPIC_BASE_URL")
    assert setting is not None
    default = str(url) == "https://api.anthropic.com"
    title = f"Remove the wrong part: use {url}"
    remedy = remedies.give(facts, setting, str(url), "right-path", title)
    found = [remedy]
    if default:
        found.append(
            remedies.drop(
                facts, setting, "use-default", "Remove the setting: this is the default", Applicability.CHOICE
            )
        )
    return Finding(
        CODE,
        f"The base URL has the wrong path: {setting.shown} should be {url}",
        "The client appends /v1/messages to the base URL, so requests go to a page that does not exist.",
        evidence,
        tuple(found),
        confidence=confidence,
    )


def route_is_missing(seen: HttpSeen) -> bool:
    """True for "there is no such page", as opposed to "there is no such model"."""
    if seen.status not in (404, 405):
        return False
    about_model = "model" in seen.error_message.lower() and "route" not in seen.error_message.lower()
    return not about_model or seen.shape is Shape.HTML


def variants(url: Url) -> list[Url]:
    """Other paths worth trying on the same host, the likeliest first."""
    path = url.path
    found = [path.removesuffix("/messages").removesuffix("/v1"), ""] if path else list(_PREFIXES)
    if path and "/anthropic" not in path:
        found += ["/anthropic"]
    return [url.at(p) for p in dict.fromkeys(found) if p != path]
