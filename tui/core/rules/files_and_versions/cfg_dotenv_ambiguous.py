"""Readers of the .env file disagree about a value.

## What it means
There is no one notation for .env files. The same line gives one value to python-dotenv, another to node, and a third to
docker or to a shell that sources it. What works in one program fails in the next.

## Why we believe it
The file was read by the rules of each of these readers, and the values differ. Where the value in force is refused, the
other one was tried at the same endpoint.

## How to fix
Write the value in the one quoting that all of them read alike.

## Fix safety
Safe: the value that your client reads stays the same. Your choice where another reader's value is the working one.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from tui.core import course
from tui.core.ask import Ask, AskHttp
from tui.core.facts import Disagreement, DotenvSeen, Facts
from tui.core.model import (
    Applicability,
    ClientName,
    Credential,
    Evidence,
    Finding,
    Origin,
    OriginKind,
    Remedy,
    Setting,
    Severity,
)
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret, mask, plain
from tui.core.seen import HttpSeen, Observation, Shape
from tui.core.survey import proxies
from tui.core.url import parse

CODE = "cfg-dotenv-ambiguous"
EXPLAINS = {
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "cfg-credential-malformed",
    "cfg-base-url-invalid",
    "gw-not-running",
    "gw-path-not-found",
    "dns-nxdomain",
}
Value = str | Secret
Tried = Generator[Ask[Observation], None, Value | None]


def check(facts: Facts) -> Judgement:
    if facts.client.name is ClientName.CLAUDE_CODE:
        return
    way = Way(facts)
    for file in facts.dotenv:
        told: set[str] = set()
        for split in file.disagreements:
            setting = facts.winner(split.name)
            if setting is None or setting.origin.path != file.path or split.problem in told:
                continue
            if not split.local:  # what is wrong with the whole file is said once
                told.add(split.problem)
            better: Value | None = None
            if split.local and not way.works:
                better = yield from _working(facts, way, split, setting)
            yield _finding(facts, way, file, split, setting, better)


def _working(facts: Facts, way: Way, split: Disagreement, setting: Setting) -> Tried:
    """The value of another reader that works where the one in force does not, if there is one."""
    others = dict.fromkeys(
        v for _, v in split.values if v is not None and plain(v).strip() and plain(v) != setting.text
    )
    for value in others:
        ask = _question(facts, way, split.name, value)
        if ask is None:
            continue
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif _works(ask, seen):
            return value
    return None


def _works(ask: AskHttp, seen: HttpSeen) -> bool:
    if ask.credentials:
        return seen.status == 200 and seen.shape is Shape.MODELS
    return seen.answered and seen.status < 500


def _question(facts: Facts, way: Way, name: str, value: Value) -> AskHttp | None:
    sent = facts.target.credentials
    if len(sent) == 1 and sent[0].name == name:
        refused = way.models is not None and way.models.status in (401, 403)
        other = Credential(name, Secret(plain(value)), sent[0].header)
        return course.models(facts.target, credentials=(other,)) if refused else None
    lost = (
        not way.usable
        or (way.tcp is not None and not way.tcp.ok)
        or (way.dns is not None and way.dns.error is not None)
    )
    if name != "ANTHROPIC_BASE_URL" or not lost:
        return None
    try:
        url = parse(plain(value))
    except ValueError:
        return None
    proxy = proxies.choose(facts.client, url, facts.resolutions).proxy
    return replace(course.hello(replace(facts.target, url=url), url, proxy, detour=True), credentials=())


def _finding(
    facts: Facts, way: Way, file: DotenvSeen, split: Disagreement, setting: Setting, better: Value | None
) -> Finding:
    origin = Origin(OriginKind.DOTENV, file.path, file.shown, split.line)
    severity = Severity.DEGRADING if split.among_loaders and (way.works or facts.offline) else Severity.NOTE
    evidence = [Evidence("What they read differently", split.problem, origin)]
    readers: dict[Value | None, list[str]] = {}
    for reader, value in split.values:
        readers.setdefault(value, []).append(reader)
    for value, names in readers.items():
        evidence.append(
            Evidence(f"Read by {', '.join(names)}", "not set" if value is None else mask(value) or "(empty)")
        )
    title = f"Readers of {file.shown} disagree about {_names(file, split)}"
    if better is not None:
        severity = Severity.BLOCKING
        title += f", and {file.loader} makes a value of it that does not work"
        evidence.append(Evidence("The value of another reader was tried, and it works", mask(better)))
    return Finding(
        CODE,
        title,
        f"In line {split.line}, {split.problem}.",
        tuple(evidence),
        (_remedy(facts, file, split, setting, better),),
        severity,
    )


def _names(file: DotenvSeen, split: Disagreement) -> str:
    """The variable, or all that suffer from the same thing."""
    names = [split.name] if split.local else [d.name for d in file.disagreements if d.problem == split.problem]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _remedy(facts: Facts, file: DotenvSeen, split: Disagreement, setting: Setting, better: Value | None) -> Remedy:
    quotable = better is None or not set("'\\$`\r\n") & set(plain(better))
    if split.portable and quotable:
        value, how = (setting.value, Applicability.SAFE) if better is None else (better, Applicability.CHOICE)
        return remedies.give(
            facts, setting, value, "quote-alike", "Write the value as all loaders and shells read it alike", how
        )
    lines: tuple[str, ...]
    if split.local:
        lines = (
            f"{file.shown} line {split.line}: no quoting of this value is read alike by all of them.",
            "In a URL, write the character in percent form: # is %23, $ is %24, a quote is %27.",
            "In a path, write / instead of a backslash. A key or token has no such character: copy it anew.",
        )
    else:
        lines = (
            f"Open {file.shown} in your editor. At line {split.line}: {split.problem}.",
            "Save it as UTF-8 without a byte-order mark and with line ends LF. Give every line the form NAME=value.",
        )
    return remedies.steps("write-plainly", "Write the file so that all readers read it alike", *lines)
