"""A settings file cannot be read, so nothing in it is in force.

## What it means
Claude Code drops a whole settings file for one comma too many, without a word in print mode. The base URL, key or
proxy that you wrote there simply does not exist for it.

## Why we believe it
The file was parsed as the client parses it: strict JSON, keys of the right type.

## How to fix
Comments and trailing commas can be removed for you. Anything else is shown with its line.

## Fix safety
Safe: only what strict JSON forbids is removed; every value stays as it is.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import (
    Applicability,
    Edit,
    EditOp,
    Evidence,
    FileSeen,
    FileState,
    Finding,
    OriginKind,
    Remedy,
    Severity,
)
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement

CODE = "cfg-settings-unreadable"
EXPLAINS = {"cfg-credential-missing", "cfg-preflight-blocked", "region-blocked", "tcp-timeout", "tcp-refused"}
_KINDS = (
    OriginKind.MANAGED_SETTINGS,
    OriginKind.LOCAL_SETTINGS,
    OriginKind.PROJECT_SETTINGS,
    OriginKind.USER_SETTINGS,
    OriginKind.STATE,
)
_FATAL = (OriginKind.MANAGED_SETTINGS, OriginKind.STATE)


def check(facts: Facts) -> Judgement:
    if facts.client.name != "claude-code":
        return
    works = Way(facts).works
    for file in facts.files:
        if file.kind not in _KINDS or file.state in (FileState.OK, FileState.MISSING):
            continue
        mild = works and file.kind not in _FATAL
        yield Finding(
            CODE,
            f"{file.shown} cannot be read, so nothing in it is in force",
            "Claude Code ignores the whole file, in print mode without a word.",
            (Evidence("The file does not parse" if file.line else "The file was not read", file.problem, file.origin),),
            (_remedy(file),),
            Severity.DEGRADING if mild else Severity.BLOCKING,
        )


def _remedy(file: FileSeen) -> Remedy:
    if file.repairable:
        edit = Edit(file.path, file.shown, EditOp.TO_STRICT_JSON)
        title = "Remove what strict JSON forbids (comments, trailing commas), and nothing else"
        return Remedy("to-strict-json", title, Applicability.SAFE, (edit,), reopen=("client",))
    place = f" at line {file.line}, column {file.column}" if file.line else ""
    return remedies.steps("repair-by-hand", f"Repair {file.shown}{place}", file.problem or str(file.state))
