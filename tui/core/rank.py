"""One root cause out of many findings (pure).

A finding is the root when no present finding explains it; among several, the more severe, the surer, then the one
that stands first in the table. What the root explains is folded beneath it; the rest stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.core.model import Finding, Ranked, Role, Severity


def rank(
    findings: Iterable[Finding], order: Sequence[str], explains: Mapping[str, frozenset[str]]
) -> tuple[Ranked, ...]:
    """Return the findings with their roles, the root first. Notes never become the root."""
    found = list(dict.fromkeys(findings))
    place = {code: number for number, code in enumerate(order)}
    codes = {f.code for f in found if f.severity > Severity.NOTE}
    causes = {f.code: _explained_by(f.code, codes, explains) for f in found}
    serious = [f for f in found if f.severity > Severity.NOTE]
    free = [f for f in serious if not causes[f.code]] or serious
    free.sort(key=lambda f: (-f.severity, -f.confidence, place.get(f.code, len(place))))
    root = free[0] if free else None

    def role(finding: Finding) -> Role:
        if finding is root:
            return Role.ROOT
        if finding.severity is Severity.NOTE:
            return Role.NOTE
        if root and finding.code in _reach(root.code, codes, explains):
            return Role.CONSEQUENCE
        return Role.INDEPENDENT

    ranked = [Ranked(f, role(f), tuple(sorted(causes[f.code]))) for f in found]
    weight = {Role.ROOT: 0, Role.CONSEQUENCE: 1, Role.INDEPENDENT: 2, Role.NOTE: 3}
    ranked.sort(key=lambda r: (weight[r.role], -r.finding.severity, place.get(r.finding.code, len(place))))
    return tuple(ranked)


def _explained_by(code: str, present: set[str], explains: Mapping[str, frozenset[str]]) -> set[str]:
    return {other for other in present if other != code and code in explains.get(other, frozenset())}


def _reach(code: str, present: set[str], explains: Mapping[str, frozenset[str]]) -> set[str]:
    """Everything that a cause explains, directly or through what it explains."""
    reached: set[str] = set()
    todo = [code]
    while todo:
        for next_code in explains.get(todo.pop(), frozenset()) & present:
            if next_code not in reached and next_code != code:
                reached.add(next_code)
                todo.append(next_code)
    return reached
