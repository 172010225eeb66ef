"""A line of the .env file is broken, so that a variable of yours is never set.

## What it means
The loader does not stop at a line that it does not understand. It leaves the line out, or takes the next lines for a
part of its value, and the program runs without the variable.

## Why we believe it
The file was read as the loader of your client reads it, and the variable that the line names is not among its values.

## How to fix
Write the line as NAME=value, with both quotes or none.

## Fix safety
Safe where the value can be told from the line. Where it cannot, the line is named and you write it anew.
"""

from __future__ import annotations

from tui.core.facts import BrokenLine, DotenvSeen, Facts, Fault
from tui.core.model import (
    Applicability,
    ClientName,
    Edit,
    EditOp,
    Evidence,
    Finding,
    Origin,
    OriginKind,
    Remedy,
    Severity,
)
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret

CODE = "cfg-dotenv-syntax"
EXPLAINS = {
    "cfg-credential-missing",
    "cfg-credential-malformed",
    "cfg-base-url-invalid",
    "cfg-dotenv-ambiguous",
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "model-not-found",
    "gw-model-not-configured",
}

_VALUE = (str, Secret)
Value = str | Secret | None


def check(facts: Facts) -> Judgement:
    if facts.client.name is ClientName.CLAUDE_CODE:
        return
    for file in facts.dotenv:
        for broken in file.broken:
            lost = tuple(name for name in broken.lost if _misses(facts, file, name))
            if lost:
                yield _finding(facts, file, broken, lost)


def _misses(facts: Facts, file: DotenvSeen, name: str) -> bool:
    """True if nothing else sets the variable, or only an older line of the same file does."""
    setting = facts.winner(name)
    return setting is None or setting.origin.path == file.path


def _finding(facts: Facts, file: DotenvSeen, broken: BrokenLine, lost: tuple[str, ...]) -> Finding:
    origin = Origin(OriginKind.DOTENV, file.path, file.shown, broken.line)
    names = " and ".join(lost)
    title = f"Line {broken.line} of {file.shown} {broken.problem}, so {names} is not set"
    explanation = f"{file.loader} does not complain: it leaves out what it cannot read."
    if broken.fault is Fault.ENCODING:
        title = f"{file.shown} {broken.problem}, so {file.loader} cannot read it"
        explanation = f"The program stops with UnicodeDecodeError at line {broken.line}, before it sets anything."
    elif len(lost) > 1:
        title = title.replace("is not set", "are not set")
    return Finding(
        CODE,
        title,
        explanation,
        (
            Evidence("The line", broken.problem, origin),
            Evidence(f"Not set after {file.loader} has read the file", ", ".join(lost)),
        ),
        (_remedy(facts, file, broken),),
        Severity.DEGRADING if Way(facts).works else Severity.BLOCKING,
    )


def _remedy(facts: Facts, file: DotenvSeen, broken: BrokenLine) -> Remedy:
    if broken.fault is Fault.ENCODING:
        line = (
            f"Open {file.shown} in your editor and save it with the encoding UTF-8. Look at line {broken.line} first."
        )
        return remedies.steps("save-as-utf-8", "Save the file as UTF-8", line)
    if not broken.mendable or (broken.fault is Fault.NAME and facts.all_of(broken.lost[0])):
        line = f"{file.shown} line {broken.line}: write {broken.lost[0]}='value' with the value that you mean."
        return remedies.steps("write-line", "Write the line anew", line)
    edits = tuple(Edit(file.path, file.shown, *change) for change in _changes(broken))
    title = {
        Fault.NAME: f"Correct the name in line {broken.line}",
        Fault.UNSETS: f"Turn line {broken.line} into a comment",
    }.get(broken.fault, f"Write line {broken.line} anew, as it was meant")
    environment = tuple((e.address[0], e.value) for e in edits if e.op is EditOp.SET and isinstance(e.value, _VALUE))
    how = Applicability.CHOICE if broken.fault is Fault.SWALLOWS else Applicability.SAFE
    return Remedy("mend-line", title, how, edits, reopen=("client",), environment=environment)


def _changes(broken: BrokenLine) -> list[tuple[EditOp, tuple[str, ...], Value, int | None]]:
    own = (broken.written,)
    match broken.fault:
        case Fault.NAME:
            return [(EditOp.RENAME, own, broken.lost[0], None)]
        case Fault.UNSETS:
            return [(EditOp.COMMENT, own, None, broken.line)]
        case Fault.SWALLOWS:
            rest = [(EditOp.SET, (name,), value, None) for name, value in broken.inside]
            return [(EditOp.SET, own, broken.meant, broken.line), *rest]
    return [(EditOp.SET, own, broken.meant, broken.line)]
