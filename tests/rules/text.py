"""A judgement as a text that a person can review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.core import judge
from tui.core.facts import Facts
from tui.core.knowledge import load
from tui.core.model import Evidence, Finding, Ranked, Remedy, Role
from tui.core.repair.plan import make_plan


def page(facts: Facts, code: str, home: Path) -> str:
    """The finding of ``code`` as it is shown, and what stands beside it. Paths are those of its machine."""
    judgement = judge.judge(facts)
    ranked = next(r for r in judgement.ranked if r.finding.code == code)
    lines = [*_finding(ranked.finding, ranked.role), *_others(judgement.ranked, ranked)]
    lines += ["", f"Verdict: {judge.verdict(facts, judgement)}", f"In one sentence: {judge.summary(facts, judgement)}"]
    return "\n".join(lines).replace(str(home), "~").replace(str(home.parent / "root"), "") + "\n"


def _finding(finding: Finding, role: Role) -> Iterator[str]:
    severity, confidence = finding.severity.name.lower(), finding.confidence.name.lower()
    yield f"{finding.code} ({severity}, {confidence}, {role})"
    yield ""
    yield finding.title
    yield finding.explanation
    yield ""
    yield "Why we believe it"
    yield from (f"  {_evidence(one)}" for one in finding.evidence)
    yield ""
    yield "What to do" if finding.remedies else "Nothing to do"
    for number, remedy in enumerate(finding.remedies, 1):
        yield from (f"  {line}".rstrip() for line in _remedy(number, remedy, finding.code))


def _evidence(evidence: Evidence) -> str:
    place = f"   [{evidence.origin}]" if evidence.origin else ""
    return f"{evidence.claim}: {evidence.seen}{place}"


def _remedy(number: int, remedy: Remedy, code: str) -> Iterator[str]:
    yield f"{number}. {remedy.title} ({remedy.kind}, {remedy.applicability.name.lower()})"
    yield from (f"   $ {line}" for line in remedy.commands)
    yield from (f"   - {line}" for line in remedy.steps)
    if remedy.edits:
        yield from (f"   | {line}" for line in make_plan(remedy, code, is_secret=load().is_secret).diff.splitlines())
    if remedy.environment:
        wanted = ((name, "unset" if value is None else value) for name, value in remedy.environment)
        yield f"   then: {', '.join(f'{name}={value}' for name, value in wanted)}"
    if remedy.reopen:
        yield f"   reopen: {', '.join(remedy.reopen)}"


def _others(ranked: tuple[Ranked, ...], own: Ranked) -> Iterator[str]:
    others = [r for r in ranked if r is not own]
    if others:
        yield ""
        yield "Beside it"
    for other in others:
        yield f"  {other.finding.code} ({other.role}): {other.finding.title}"
