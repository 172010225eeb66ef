"""Every rule recognises its own case, and says so in words that were read by somebody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.lab.golden import Golden
from tests.rules.cases import BY_CODE, CASES
from tests.rules.invariants import check
from tests.rules.story import Told, unused
from tests.rules.text import page
from tests.rules.worlds import PLANTED
from tui.core import judge
from tui.core.model import Role, Severity, Verdict
from tui.core.rules import RULES

CODES = [rule.code for rule in RULES]


def test_every_rule_has_exactly_one_case() -> None:
    assert sorted(case.code for case in CASES) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_root(code: str, ends: Mapping[str, Told]) -> None:
    """The cause is the root, or a note where it hurts nobody; no rule fails, and no question is left open."""
    facts = ends[code].facts
    check(facts)
    judgement = judge.judge(facts)
    assert judgement.wanted == ()
    found = next(r for r in judgement.ranked if r.finding.code == code)
    if found.finding.severity is Severity.NOTE:
        assert judgement.root is None
        assert found.role is Role.NOTE
        assert judge.verdict(facts, judgement) is Verdict.HEALTHY
    else:
        assert judgement.root is found.finding
        blocking = found.finding.severity is Severity.BLOCKING
        assert judge.verdict(facts, judgement) is (Verdict.BROKEN if blocking else Verdict.DEGRADED)


@pytest.mark.parametrize("code", CODES)
def test_nothing_in_a_case_is_idle(code: str, ends: Mapping[str, Told]) -> None:
    """Each observation that a case lists is one that the tool asks for."""
    assert list(unused(BY_CODE[code].story, ends[code])) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.usefixtures("same_fingerprints")
def test_golden(code: str, ends: Mapping[str, Told], golden: Golden) -> None:
    """What is said, word for word. No planted credential is in it."""
    end = ends[code]
    text = page(end.facts, code, end.home)
    PLANTED.assert_clean(text)
    golden(f"tests/rules/golden/{code}.txt", text)


def test_golden_texts_belong_to_a_rule_and_hold_no_credential() -> None:
    """Also those that nobody compares any more."""
    folder = Path(__file__).parent / "golden"
    assert sorted(path.stem for path in folder.iterdir() if ".new" not in path.name) == sorted(CODES)
    for path in folder.iterdir():
        PLANTED.assert_clean(path.read_text("utf-8"))
