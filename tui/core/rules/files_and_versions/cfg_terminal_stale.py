"""The files are right, but this terminal still carries an older value.

## What it means
A terminal reads its start-up files when it opens, and never again. What was changed in the files since is not in
force here, nor in programs and tmux panes that this terminal started.

## Why we believe it
A file that this shell reads sets another value than the one in force here, and the value in force does not work.

## How to fix
Open a new terminal, or run the line shown in this one.

## Fix safety
Yours to run: no other program can change the environment of this terminal.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.model import (
    Applicability,
    Confidence,
    Context,
    Credential,
    Evidence,
    Finding,
    OriginKind,
    Remedy,
    Setting,
)
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.files_and_versions.absent import CONSEQUENCES, severity
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Observation, Shape
from tui.core.survey import proxies
from tui.core.url import parse

CODE = "cfg-terminal-stale"
EXPLAINS = CONSEQUENCES | {
    "cfg-base-url-invalid",
    "cfg-base-url-path",
    "cfg-base-url-scheme",
    "cfg-base-url-typo",
    "cfg-credential-malformed",
    "cfg-credential-wrong-kind",
    "cfg-proxy-stale",
    "cfg-proxy-url-invalid",
    "cfg-settings-shadow",
    "gw-not-running",
    "gw-hung",
    "gw-path-not-found",
    "gw-upstream-down",
}
_FILES = (OriginKind.SHELL, OriginKind.DIRENV)


def check(facts: Facts) -> Judgement:
    if facts.context is not Context.TERMINAL:
        return
    way = Way(facts)
    if way.usable and way.works:
        return
    for name, newer in _newer(facts):
        older = facts.winner(name)
        if older is None:
            if severity(facts, name):
                yield _finding(facts, None, newer, "a new terminal has it", Confidence.LIKELY)
                return
            continue
        proof = yield from _compare(facts, way, older, newer)
        if proof:
            yield _finding(facts, older, newer, proof, Confidence.PROVEN)
            return


def _newer(facts: Facts) -> list[tuple[str, Setting]]:
    """Names for which a file of this shell sets another value than the one that this terminal carries."""
    found = []
    for name, resolution in facts.contexts.get(Context.NEW_TERMINAL, {}).items():
        newer, older = resolution.winner, facts.winner(name)
        inherited = older is None or older.origin.kind is OriginKind.ENVIRONMENT
        if newer and newer.origin.kind in _FILES and inherited and newer.text.strip() and _text(older) != newer.text:
            found.append((name, newer))
    return found


def _text(setting: Setting | None) -> str:
    return setting.text if setting else ""


def _compare(facts: Facts, way: Way, older: Setting, newer: Setting) -> Generator[Ask[Observation], None, str]:
    """Ask whether the newer value works; returns the proof in words, or nothing."""
    sent = facts.target.credentials
    if older.name == "ANTHROPIC_BASE_URL":
        try:
            url = parse(newer.text)
        except ValueError:
            return ""
        proxy = proxies.choose(facts.client, url, facts.resolutions).proxy
        ask = replace(course.hello(facts.target, url, proxy, detour=True), credentials=())
        seen = facts.seen(ask)
        if not facts.asked(ask):
            yield ask
        return f"it answers: HTTP {seen.status}" if seen and seen.answered and seen.status < 500 else ""
    used = next((c for c in sent if c.name == older.name), None)
    if used is None or not way.usable or not any(a.status in (401, 403) for a in way.api_answers):
        return ""
    models = course.models(facts.target, credentials=(Credential(used.name, Secret(newer.text.strip()), used.header),))
    answer = facts.seen(models)
    if not facts.asked(models):
        yield models
    return "it is accepted: HTTP 200" if answer and answer.status == 200 and answer.shape is Shape.MODELS else ""


def _finding(facts: Facts, older: Setting | None, newer: Setting, proof: str, sure: Confidence) -> Finding:
    name = newer.name
    state = "still carries another value of" if older else "does not have"
    login = " -l" if "login" in facts.shell.starts[-1] else ""
    secret = isinstance(newer.value, Secret)
    command = f"exec {facts.shell.name}{login}" if secret else remedies.export(facts, name, newer.value)
    remedy = Remedy(
        "reopen",
        "Open a new terminal, or run this in the one that you have",
        Applicability.MANUAL,
        commands=(command,),
        reopen=("new-terminal",),
        environment=((name, newer.value),),
    )
    return Finding(
        CODE,
        f"This terminal {state} {name}; the value in {newer.origin} is newer",
        "A terminal reads its start-up files when it opens. Changes since then are not in force in it.",
        (
            where("In force here", older) if older else Evidence(f"{name} in this terminal", "not set"),
            where("What a new terminal gets", newer),
            Evidence("The newer value", proof),
        ),
        (remedy,),
        confidence=sure,
    )
