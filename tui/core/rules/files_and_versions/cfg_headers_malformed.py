"""ANTHROPIC_CUSTOM_HEADERS is not written as the client reads it.

## What it means
The client wants one “Name: value” on each line. JSON, commas between headers or a written-out \\n are something else:
then headers are lost, become part of another one, or make the client refuse to send anything.

## Why we believe it
The value was read line by line by the client's own rules (measured on Claude Code 2.1.330).

## How to fix
Write one header on each line.

## Fix safety
Safe where the value says clearly which headers are meant; else your choice.
"""

from __future__ import annotations

import json
import re

from tui.core.facts import Facts
from tui.core.model import Applicability, Client, ClientName, Confidence, Evidence, Finding, Remedy, Setting, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import REFUSALS, Way, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret

CODE = "cfg-headers-malformed"
EXPLAINS = REFUSALS | {"gw-path-not-found"}
_NAME = "ANTHROPIC_CUSTOM_HEADERS"
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NEXT = r"(?=\s*(?:[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|authorization)\s*:(?!//))"
_COMMA = re.compile(rf",{_NEXT}", re.I)
_WRITTEN = re.compile(rf"\\r?\\?n{_NEXT}|\\n$", re.I)


def check(facts: Facts) -> Judgement:
    setting = facts.winner(_NAME)
    if setting is None or not setting.text.strip() or not reads(facts):
        return
    stops, why = flaw(setting.text)
    if not why:
        return
    better, works = rewritten(setting.text), Way(facts).works
    evidence = [where("The setting in force", setting)]
    if better:
        names = [line.partition(":")[0][:40] for line in better.split("\n")]
        evidence.append(Evidence("Headers that it probably means", ", ".join(names)))
    effect = "The client refuses to send anything with it." if stops else "Headers are lost, and no message says so."
    yield Finding(
        CODE,
        f"{_NAME} {why}",
        effect,
        (*evidence, Evidence("What the client expects", "one “Name: value” on each line")),
        (_remedy(facts, setting, better),),
        Severity.BLOCKING if stops or not works else Severity.NOTE,
        Confidence.PROVEN if stops and facts.client.name is ClientName.CLAUDE_CODE else Confidence.LIKELY,
    )


def reads(facts: Facts) -> bool:
    """True for a client that reads the variable at all."""
    needs = [n for n in facts.known.needs if n.client == facts.client.name and n.variable == _NAME]
    return all(facts.client.release >= Client(facts.client.name, need.since).release for need in needs)


def flaw(text: str) -> tuple[bool, str]:
    """Whether the client refuses the value, and what is wrong with it as the end of a sentence (empty: nothing)."""
    if _as_json(text) is not None:
        return True, "holds JSON"
    lost = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon:
            lost = lost or f"has no colon in line {number}"
        elif not _TOKEN.fullmatch(name.strip()):
            return True, f"has a name in line {number} that no header can have"
        elif not (value.strip().isascii() and value.strip().replace("\t", " ").isprintable()):
            return True, f"has a character in line {number} that no header can carry"
        elif _WRITTEN.search(value):
            lost = lost or f"has a written-out \\n in line {number} in place of a line break"
        elif _COMMA.search(value):
            lost = lost or f"has several headers in line {number}, with a comma between them"
    return False, lost


def rewritten(text: str) -> str:
    """The same headers as the client wants them, or nothing where that cannot be told."""
    content = _as_json(text)
    if content is not None:
        text = "\n".join(f"{name}: {value}" for name, value in content.items())
    text = _COMMA.sub("\n", _WRITTEN.sub("\n", text))
    lines = [_repaired(line) for line in text.split("\n") if line.strip()]
    better = "\n".join(lines)
    return better if lines and not flaw(better)[1] else ""


def _repaired(line: str) -> str:
    name, colon, value = line.partition(":")
    if not colon:
        name, colon, value = line.partition("=")
    return f"{name.strip()}: {value.strip()}" if colon else line.strip()


def _as_json(text: str) -> dict[str, str] | None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    simple = isinstance(content, dict) and all(isinstance(v, str | int | float) for v in content.values())
    return {str(k): str(v) for k, v in content.items()} if simple else None


def _remedy(facts: Facts, setting: Setting, better: str) -> Remedy:
    if not better:
        line = f"{setting.origin}: write one “Name: value” on each line (in JSON: \\n between them), in plain ASCII."
        return remedies.steps("write-headers", "Write the headers again", line)
    how = Applicability.CHOICE if _COMMA.search(setting.text) or "=" in setting.text else Applicability.SAFE
    title = "Write one header on each line"
    return remedies.give(facts, setting, Secret(better), "rewrite-headers", title, how)
