"""What must hold for any facts whatsoever."""

from __future__ import annotations

import re

from tests.rules.worlds import PLANTED
from tui.core import course, judge
from tui.core.facts import Facts
from tui.core.model import Role, Verdict


def check(facts: Facts) -> None:
    """What must hold for any facts."""
    judgement = judge.judge(facts)
    assert judgement.crashed == ()
    assert not any(facts.asked(ask) for ask in judgement.wanted)
    roots = [r for r in judgement.ranked if r.role is Role.ROOT]
    assert len(roots) <= 1
    word = judge.verdict(facts, judgement)
    assert (word in (Verdict.BROKEN, Verdict.DEGRADED)) == bool(roots)
    text = judge.summary(facts, judgement)
    assert text.endswith((".", "?", "!"))
    for ranked in judgement.ranked:
        finding = ranked.finding
        assert finding.title
        assert finding.explanation
        assert all(e.claim and e.seen for e in finding.evidence), f"{finding.code}: {finding.evidence}"
        assert len({r.id for r in finding.remedies}) == len(finding.remedies), finding.code
        assert all(r.edits or r.commands or r.steps for r in finding.remedies)
        said = [finding.title, finding.explanation, *(f"{e.claim} {e.seen}" for e in finding.evidence)]
        said += [f"{r.title} {r.commands} {r.steps}" for r in finding.remedies]
        PLANTED.assert_clean("\n".join(said))
        for text in said:
            well_worded(text)
    list(course.following(facts))


def well_worded(text: str) -> None:
    """What slips into sentences that are put together from parts."""
    assert "None" not in text, text
    assert "“”" not in text, text
    assert "gateway at api.anthropic.com" not in text, text
    assert not re.search(r"\b1 (seconds|minutes|hours|addresses|models|events)\b", text), text
    depth = 0
    for sign in text:
        depth += {"“": 1, "”": -1}.get(sign, 0)
        assert depth in (0, 1), f"quotes within quotes: {text}"
    assert depth == 0, f"a quote is not closed: {text}"
