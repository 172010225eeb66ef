"""The base URL cannot be read as an address.

## What it means
ANTHROPIC_BASE_URL must be an absolute address such as https://gateway.example. What is set there lacks http:// or
https://, or carries quotes, spaces or a query, so the client never sends a packet.

## Why we believe it
The value was parsed as the client parses it. Where only the scheme is missing, both schemes were tried on that host.

## How to fix
Write the full address. The scheme that answered is offered first.

## Fix safety
Safe where exactly one scheme answers; otherwise it is your choice.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement
from tui.core.url import Url, parse

CODE = "cfg-base-url-invalid"
EXPLAINS = {"cfg-credential-missing", "cfg-preflight-blocked", "cfg-settings-shadow"}


def check(facts: Facts) -> Judgement:
    setting, problem = facts.winner("ANTHROPIC_BASE_URL"), facts.target.problem
    if not problem or setting is None:
        return
    evidence = [where("The base URL in force", setting), Evidence("It cannot be used", problem)]
    found: list[Remedy] = []
    for url in candidates(setting.text):
        ask = course.hello(replace(facts.target, url=url), url, None, detour=True)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
            continue
        if seen.answered:
            evidence.append(Evidence(f"{url} answers", f"HTTP {seen.status}"))
            found.append(remedies.give(facts, setting, str(url), f"use-{url.scheme}", f"Write {url}"))
    if not found:
        guess = next(iter(candidates(setting.text)), None)
        title = "Write the full address, with http:// or https://"
        if guess is None:
            found.append(remedies.steps("write-address", title, f"{setting.origin}: {title}."))
        else:
            found.append(
                remedies.give(facts, setting, str(guess), "add-scheme", f"Write {guess}", Applicability.CHOICE)
            )
    title = f"The base URL {setting.shown} cannot be used: {problem}"
    yield Finding(
        CODE, title, "The client cannot make an address of it and never sends a request.", tuple(evidence), tuple(found)
    )


def candidates(text: str) -> list[Url]:
    """The addresses that may be meant: without quotes and spaces, with a scheme in front."""
    bare = text.strip().strip("\"'“”‘’`").strip()
    bare = re.sub(r"^(h?t+ps?:?/*|https?:/*)+(?=[^/])", "", bare, flags=re.I) if "://" in bare else bare
    bare = re.split(r"[?#\s]", bare)[0].lstrip("/")
    found = []
    for scheme in ("http", "https") if re.search(r":\d+", bare) else ("https", "http"):
        try:
            found.append(parse(f"{scheme}://{bare}"))
        except ValueError:
            continue
    return found
