"""The same faults under other clients, on other systems and set elsewhere: no rule fails or misleads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.rules.cases import CASES
from tests.rules.cases.case import Case
from tests.rules.invariants import check
from tests.rules.story import Story, Told
from tests.rules.worlds import Given
from tui.core import judge

CLIENTS = (
    "claude-code@1.0.128",
    "claude-code@2.0.77",
    "claude-code@2.1.197",
    "python-sdk@0.70.0",
    "python-sdk@2.12.0",
    "typescript-sdk@0.60.0",
    "typescript-sdk@1.12.0",
)


def exported(given: Given) -> Given:
    """The same values in the environment instead of the user's settings."""
    block = given.settings.get("env") if isinstance(given.settings, Mapping) else None
    if not isinstance(block, Mapping):
        return given
    return given.but(env={**{str(k): str(v) for k, v in block.items()}, **given.env}, settings=None)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_other_client(case: Case, client: str, run: Callable[[Story], Told]) -> None:
    facts = run(case.story.but(given=exported(case.story.given).but(client=client))).facts
    check(facts)
    assert judge.judge(facts).wanted == ()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_other_system(case: Case, platform: str, run: Callable[[Story], Told]) -> None:
    facts = run(case.story.but(given=exported(case.story.given).but(platform=platform))).facts
    check(facts)
    for ranked in judge.judge(facts).ranked:
        for remedy in ranked.finding.remedies:
            for command in remedy.commands:
                foreign = ("export ", "unset ", "sudo ", "chmod ") if platform == "win32" else ("timedatectl", "$env:")
                assert not [word for word in foreign if word in command], command


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_without_consent(case: Case, run: Callable[[Story], Told]) -> None:
    """A run that sends no message asks less; what it still sees must suffice for an honest answer."""
    facts = run(case.story.but(given=case.story.given.but(consent=False))).facts
    check(facts)
    assert judge.judge(facts).wanted == ()


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_offline(case: Case, run: Callable[[Story], Told]) -> None:
    """Offline only files and variables are looked at, and nothing is waited for for ever."""
    end = run(case.story.but(given=case.story.given.but(offline=True)))
    check(end.facts)
    assert not end.facts.observations
    assert all(
        r.finding.code.startswith(("cfg-", "secret-", "auth-", "client-")) for r in judge.judge(end.facts).ranked
    )
