"""Only Claude Code's first-run check fails; your endpoint works.

## What it means
At its first interactive start Claude Code asks api.anthropic.com and platform.claude.com, whatever your base URL is,
and stops with "Unable to connect to Anthropic services" if either does not answer 200. Your own endpoint is not
asked.

## Why we believe it
The endpoint was tried and works; one of the two hosts does not answer 200; the check has not been completed yet.

## How to fix
Mark the first-run setup as done in ~/.claude.json. With a gateway, ANTHROPIC_AUTH_TOKEN instead of ANTHROPIC_API_KEY
also skips the check.

## Fix safety
Safe: one flag in Claude Code's own state file, which it sets itself after a completed setup.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Edit, EditOp, Evidence, Finding, Remedy
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement

CODE = "cfg-preflight-blocked"
EXPLAINS: set[str] = set()


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not facts.target.onboarding or not way.usable:
        return
    fine = way.works or (way.message is None and way.models is not None and way.models.status == 404)
    failed = []
    for ask in course.first_run(facts):
        seen = facts.seen(ask)
        if seen is not None and seen.status != 200:
            failed.append(
                Evidence(
                    f"{ask.url.host} does not answer 200",
                    reply(seen) if seen.answered else str(seen.failure and seen.failure.error),
                )
            )
    if not fine or not failed:
        return
    edit = Edit(facts.state.origin_path, facts.state.origin_shown, EditOp.SET, ("hasCompletedOnboarding",), True)
    yield Finding(
        CODE,
        "Your endpoint works; only Claude Code's first-run check fails",
        "Its first start asks two hosts of Anthropic's whatever your base URL is, and gives up if one of them does "
        "not answer.",
        (
            *failed,
            Evidence(f"{way.url} answers", "the credential is accepted" if way.works else "reachable"),
            Evidence("The first-run setup is not marked as done", facts.state.origin_shown),
        ),
        (
            Remedy(
                "mark-onboarded",
                f"Mark the first-run setup as done in {facts.state.origin_shown}",
                Applicability.SAFE,
                (edit,),
                reopen=("client",),
            ),
        ),
    )
