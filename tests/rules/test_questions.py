"""What the rules ask: never a credential to another host, and nothing that the person did not allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.rules.cases import BY_CODE, CASES
from tests.rules.story import Told
from tests.rules.worlds import PLANTED
from tui.core import judge, probing
from tui.core.ask import AskHttp
from tui.core.model import Target
from tui.core.secret import Secret

CODES = [case.code for case in CASES]


def carries(ask: AskHttp) -> bool:
    """True if a request holds anything secret."""
    return bool(ask.credentials) or any(isinstance(value, Secret) for _, value in ask.headers)


@pytest.mark.parametrize("code", CODES)
def test_the_gate_refuses_nothing_that_a_rule_asks(code: str, ends: Mapping[str, Told]) -> None:
    """A rule that asked for what is refused anyway would wait for nothing."""
    assert [f"{ask}: {why}" for ask, why in ends[code].put.items() if why] == []


@pytest.mark.parametrize("code", CODES)
def test_credentials_go_where_the_configuration_sends_them(code: str, ends: Mapping[str, Told]) -> None:
    """The same, without the gate: host, port and proxy are the target's wherever a secret is on board."""
    end = ends[code]
    for ask in end.put:
        if isinstance(ask, AskHttp) and carries(ask):
            own = end.facts.target.url
            assert own is not None
            assert (ask.url.host, ask.url.port, ask.via) == (own.host, own.port, end.facts.target.proxy)


def test_the_comparison_carries_credentials_somewhere(ends: Mapping[str, Told]) -> None:
    """Or the two tests above would prove nothing."""
    carrying = {code for code, end in ends.items() if any(isinstance(a, AskHttp) and carries(a) for a in end.put)}
    assert len(carrying) > len(CODES) / 2


@pytest.mark.parametrize("code", CODES)
def test_without_consent_no_message_is_asked_for(code: str, ends: Mapping[str, Told]) -> None:
    """The rules, at the end of a run in which it was not allowed, do not want a message that costs."""
    facts = replace(ends[code].facts, consent=False)
    asked = [ask for ask in judge.judge(facts).wanted if isinstance(ask, AskHttp) and ask.message]
    assert all(ask.path.endswith("count_tokens") for ask in asked)


@pytest.mark.parametrize("code", CODES)
def test_a_row_shows_no_secret(code: str, ends: Mapping[str, Told]) -> None:
    """What is asked is shown on the screen while it runs."""
    PLANTED.assert_clean("\n".join(ask.about for ask in ends[code].put))


def test_the_gate_refuses_a_credential_to_another_host(ends: Mapping[str, Told]) -> None:
    """The gate itself, on the request of a case that is sent elsewhere, by another proxy, or unverified."""
    end = ends["auth-invalid-key"]
    ask = next(ask for ask in end.put if isinstance(ask, AskHttp) and ask.credentials)
    request = BY_CODE["auth-invalid-key"].story.given.request
    away = replace(ask, url=replace(ask.url, host="gateway.example"))
    plain = replace(ask, url=replace(ask.url, scheme="http"))
    blind = replace(ask, trust=replace(ask.trust, verify=False))
    around = replace(end.facts, target=_with_proxy(end.facts.target, ends))
    assert probing.refuse(ask, request, end.facts) == ""
    assert probing.refuse(away, request, end.facts)
    assert probing.refuse(plain, request, end.facts)
    assert probing.refuse(blind, request, end.facts)
    assert probing.refuse(ask, request, around)


def _with_proxy(target: Target, ends: Mapping[str, Told]) -> Target:
    return replace(target, proxy=ends["proxy-down"].facts.target.proxy)
