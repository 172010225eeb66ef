"""The other faces of a cause are recognised too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.invariants import check
from tests.rules.story import Story, Told, unused
from tests.rules.variants import VARIANTS
from tests.rules.variants.variant import Variant
from tui.core import judge


@pytest.mark.parametrize("variant", VARIANTS, ids=[f"{v.code}: {v.how}" for v in VARIANTS])
def test_variant(variant: Variant, run: Callable[[Story], Told]) -> None:
    end = run(variant.story)
    facts = end.facts
    judgement = judge.judge(facts)
    assert judgement.root is not None
    assert judgement.root.code == variant.code
    assert list(unused(variant.story, end)) == []
    check(facts)
