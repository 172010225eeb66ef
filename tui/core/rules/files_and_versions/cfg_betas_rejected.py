"""A beta feature that you configured is refused by the endpoint.

## What it means
ANTHROPIC_BETAS, or (for the SDKs) an anthropic-beta header in ANTHROPIC_CUSTOM_HEADERS, names a beta that this endpoint
does not know (any more). It then refuses every request.

## Why we believe it
It answers 400 with the beta, and accepts the same request without it.

## How to fix
Remove the beta.

## Fix safety
Safe: the request without it was tried. The feature behind it is not used any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tui.core import course
from tui.core.ask import AskHttp, Message
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Remedy, Setting, Target
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret, plain
from tui.core.seen import HttpSeen

CODE = "cfg-betas-rejected"
EXPLAINS = {"api-bad-request", "gw-access-denied", "auth-forbidden", "gw-upstream-down"}
_BETAS, _HEADERS = "ANTHROPIC_BETAS", "ANTHROPIC_CUSTOM_HEADERS"
_BETA = re.compile(r"beta", re.I)


def check(facts: Facts) -> Judgement:
    way, target = Way(facts), facts.target
    listed = tuple(b for b in target.betas if b not in facts.known.betas and b in _names(facts.value(_BETAS)))
    header = next((plain(v) for n, v in target.headers if n == "anthropic-beta" and isinstance(v, Secret)), "")
    own = (*listed, *_names(header))
    if not way.usable or not own:
        return
    tried = _tried(facts, own)
    if tried is None:
        return
    refused, again = tried
    ask = again(replace(target, betas=tuple(b for b in target.betas if b not in listed), headers=_without(target)))
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if seen.status in (0, 400, 422) or seen.failure is not None:
        return
    named = tuple(b for b in own if b in refused.error_message) or own
    setting = facts.winner(_BETAS if set(named) & set(listed) else _HEADERS)
    if setting is None:
        return
    yield Finding(
        CODE,
        f"{way.host} refuses the beta {', '.join(named)}, which {setting.name} asks for",
        "With it every request is refused; without it the same request passes.",
        (
            where("The setting in force", setting),
            Evidence(f"{way.host} answers", reply(refused)),
            Evidence("The same request without it", f"HTTP {seen.status}"),
        ),
        (_remedy(facts, setting, named),),
    )


def _tried(facts: Facts, own: tuple[str, ...]) -> tuple[HttpSeen, Callable[[Target], AskHttp]] | None:
    """The refused request, and how to put it again for another target."""
    way, model = Way(facts), course.model_of(facts)
    for seen, again in (
        (way.message, lambda target: course.message(target, Message(model))),
        (way.size, lambda target: course.size(target, model)),
        (way.models, course.models),
    ):
        if seen is not None and seen.status in (400, 422):
            about = seen.error_message or seen.body
            if any(b in about for b in own) or _BETA.search(about):
                return seen, again
    return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(b.strip() for b in text.split(",") if b.strip())


def _without(target: Target) -> tuple[tuple[str, str | Secret], ...]:
    """The custom headers without the one that asks for betas."""
    return tuple((n, v) for n, v in target.headers if n != "anthropic-beta" or not isinstance(v, Secret))


def _remedy(facts: Facts, setting: Setting, named: tuple[str, ...]) -> Remedy:
    if setting.name == _BETAS:
        rest = ",".join(b for b in _names(setting.text) if b not in named)
        if rest:
            return remedies.give(facts, setting, rest, "without-beta", f"Remove it from {_BETAS}")
        return remedies.drop(facts, setting, "without-beta", f"Remove {_BETAS}")
    lines = [line for line in setting.text.split("\n") if line.partition(":")[0].strip().lower() != "anthropic-beta"]
    if any(line.strip() for line in lines):
        title = "Remove the anthropic-beta header"
        return remedies.give(facts, setting, Secret("\n".join(lines)), "without-beta", title)
    return remedies.drop(facts, setting, "without-beta", f"Remove {_HEADERS}")
