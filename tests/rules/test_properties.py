"""Whatever is seen, and however little of it: judging never fails, and what it says is consistent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.cases import CASES
from tests.rules.invariants import check
from tests.rules.story import Told
from tui.core.seen import Observation

# The fixtures are read only: a story that was told once stays as it is for all examples.
relaxed = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
codes = st.sampled_from([case.code for case in CASES])


@pytest.fixture(scope="session")
def pool(ends: Mapping[str, Told]) -> Mapping[type, Sequence[Observation]]:
    """Everything that was ever seen in a case, by its kind."""
    found: dict[type, list[Observation]] = defaultdict(list)
    for end in ends.values():
        for seen in end.facts.observations.values():
            if seen not in found[type(seen)]:
                found[type(seen)].append(seen)
    return found


@relaxed
@given(code=codes, data=st.data())
def test_any_part_of_a_case(code: str, data: st.DataObject, ends: Mapping[str, Told]) -> None:
    """In a real run answers come in one by one, in any order, and the rules look after each."""
    facts = ends[code].facts
    seen = list(facts.observations.items())
    kept = data.draw(st.lists(st.sampled_from(seen), unique_by=id)) if seen else []
    dropped = [ask for ask, _ in seen if ask not in dict(kept)]
    refused = data.draw(st.lists(st.sampled_from(dropped), unique_by=id)) if dropped else []
    check(replace(facts, observations=dict(kept), not_run=dict.fromkeys(refused, "no time was left")))


@relaxed
@given(code=codes, data=st.data())
def test_any_mixture_of_answers(
    code: str, data: st.DataObject, ends: Mapping[str, Told], pool: Mapping[type, Sequence[Observation]]
) -> None:
    """Two faults at once, or answers that never go together: still no rule fails."""
    facts = ends[code].facts
    mixed = dict(facts.observations)
    for ask in data.draw(st.lists(st.sampled_from(list(mixed)), unique_by=id, max_size=4)) if mixed else []:
        mixed[ask] = data.draw(st.sampled_from(pool[type(mixed[ask])]))
    check(replace(facts, observations=mixed, consent=data.draw(st.booleans())))
