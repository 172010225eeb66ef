"""Two places set different values, and the wrong one is in force.

## What it means
Claude Code lets the env block of its settings files win over the shell, the reverse of what most people expect. A
value that you exported, and that works, is hidden by another one.

## Why we believe it
The value in force fails, and the hidden one answers. Your key is not sent to find that out.

## How to fix
Remove the value that is in force, so that the working one counts.

## Fix safety
Your choice, because both values were set by somebody.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Credential, Evidence, Finding, OriginKind, Resolution, Setting
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Shape
from tui.core.survey import proxies
from tui.core.url import Url, parse

CODE = "cfg-settings-shadow"
EXPLAINS = {
    "gw-not-running",
    "gw-hung",
    "tcp-refused",
    "tcp-timeout",
    "tcp-unreachable",
    "dns-nxdomain",
    "dns-no-address",
    "gw-path-not-found",
    "gw-upstream-down",
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "no-internet",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or way.works:
        return
    yield from _base_url(facts, way)
    yield from _credentials(facts, way)


def _base_url(facts: Facts, way: Way) -> Judgement:
    resolution = facts.resolutions.get("ANTHROPIC_BASE_URL")
    unreachable = (way.tcp is not None and not way.tcp.ok) or (way.dns is not None and way.dns.error is not None)
    lost = way.hello is not None and (way.hello.failure is not None or way.hello.status >= 500)
    if resolution is None or resolution.winner is None or not (unreachable or lost):
        return
    for hidden in _hidden(resolution):
        url = _other(hidden, way.url)
        if url is None:
            continue
        proxy = proxies.choose(facts.client, url, facts.resolutions).proxy
        ask = replace(course.hello(facts.target, url, proxy, detour=True), credentials=())
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif seen.answered and seen.status < 500:
            yield _finding(facts, resolution.winner, hidden, "does not answer", f"HTTP {seen.status}")
            return


def _hidden(resolution: Resolution | None) -> tuple[Setting, ...]:
    """The values that something hides; a start-up file that this terminal has not read again is no such case."""
    if resolution is None:
        return ()
    kinds = (OriginKind.SHELL, OriginKind.DIRENV)
    later = [one for one, _ in resolution.unread if one.origin.kind in kinds or one.origin.kind.of_session]
    return tuple(s for s in resolution.shadowed if not any(s is one for one in later))


def _other(hidden: Setting, url: Url) -> Url | None:
    try:
        other = parse(hidden.text)
    except ValueError:
        return None
    return None if other == url else other


def _credentials(facts: Facts, way: Way) -> Judgement:
    if way.models is None or way.models.status != 401 or len(facts.target.credentials) != 1:
        return
    sent = facts.target.credentials[0]
    resolution = facts.resolutions.get(sent.name)
    for hidden in _hidden(resolution):
        if not hidden.text.strip() or hidden.text.strip() == sent.value.reveal():
            continue
        ask = course.models(
            facts.target, credentials=(Credential(sent.name, Secret(hidden.text.strip()), sent.header),)
        )
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif seen.status == 200 and seen.shape is Shape.MODELS and resolution and resolution.winner:
            yield _finding(facts, resolution.winner, hidden, "is refused", "HTTP 200")
            return


def _finding(facts: Facts, winner: Setting, hidden: Setting, problem: str, answer: str) -> Finding:
    return Finding(
        CODE,
        f"{winner.name} is set twice, and the value that is in force {problem}",
        f"The value in {winner.origin} hides the one in {hidden.origin}, which works.",
        (
            where(f"In force, and it {problem}", winner),
            where("Hidden, and it works", hidden),
            Evidence("The hidden value was tried", answer),
        ),
        (
            remedies.drop(facts, winner, "drop-winner", f"Remove it from {winner.origin}", Applicability.CHOICE),
            remedies.give(
                facts, winner, hidden.value, "copy-hidden", "Write the working value there", Applicability.CHOICE
            ),
        ),
    )
