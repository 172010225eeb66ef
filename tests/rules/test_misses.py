"""Neighbours are told apart by the one observation in which they differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.cases.case import Miss
from tests.rules.invariants import check
from tests.rules.misses import MISSES
from tests.rules.story import Story, Told
from tui.core import judge
from tui.core.model import Role, Severity, Verdict


@pytest.mark.parametrize("miss", MISSES, ids=[miss.name for miss in MISSES])
def test_told_apart(miss: Miss, run: Callable[[Story], Told]) -> None:
    """The other cause is found, and the first is neither the root nor something that stands beside it."""
    facts = run(miss.story).facts
    check(facts)
    judgement = judge.judge(facts)
    root = judgement.root.code if judgement.root else ""
    if not root:
        assert judge.verdict(facts, judgement) is Verdict.HEALTHY
    notes = {r.finding.code for r in judgement.ranked if r.finding.severity is Severity.NOTE}
    assert root == miss.other or (not root and miss.other in notes)
    beside = {r.finding.code for r in judgement.ranked if r.role is not Role.CONSEQUENCE}
    assert miss.code not in beside


def test_a_miss_differs_from_its_case() -> None:
    """Each pair is listed once, and no cause is its own near miss."""
    assert len({miss.name for miss in MISSES}) == len(MISSES)
    assert all(miss.code != miss.other for miss in MISSES)
