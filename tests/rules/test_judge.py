"""Judging: the verdict, the sentence, and what happens when a rule fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tests.rules.answers import broken, error, http, page, stream, tcp_bad
from tests.rules.cases import credentials, files, gateway, network
from tests.rules.story import Story, Told, story
from tests.rules.worlds import KEY, NOW, TOKEN, Given, user
from tui.core import judge
from tui.core.facts import Facts
from tui.core.judge import Judgement
from tui.core.model import Confidence, Role, Verdict
from tui.core.rules import RULES
from tui.core.rules.rule import Judgement as Items
from tui.core.rules.rule import Rule
from tui.core.seen import Error, Hop

Run = Callable[[Story], Told]
HEALTHY = story(Given(settings=user(**KEY)))
GATEWAY = story(Given(settings=user(ANTHROPIC_BASE_URL="http://gw.corp.test:4000", **TOKEN)))


def judged(told: Told) -> tuple[Facts, Judgement]:
    """The facts at the end and what is made of them."""
    return told.facts, judge.judge(told.facts)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (HEALTHY, Verdict.HEALTHY),
        (GATEWAY, Verdict.HEALTHY),
        (network.ipv6, Verdict.DEGRADED),
        (network.refused, Verdict.BROKEN),
        (files.readable, Verdict.HEALTHY),
        (HEALTHY.but(given=HEALTHY.given.but(offline=True)), Verdict.UNKNOWN),
        (HEALTHY.but(given=Given(login=NOW + 3600)), Verdict.UNKNOWN),
        (HEALTHY.but(models=http(418, "teapot"), message=http(418, "teapot")), Verdict.UNKNOWN),
    ],
    ids=["healthy", "gateway", "degraded", "broken", "note only", "offline", "login only", "not explained"],
)
def test_verdict(told: Story, expected: Verdict, run: Run) -> None:
    facts, judgement = judged(run(told))
    assert judge.verdict(facts, judgement) is expected


def test_healthy_names_what_was_tested(run: Run) -> None:
    facts, judgement = judged(run(HEALTHY))
    assert judge.summary(facts, judgement) == (
        "Everything that was tested works: the settings files and variables, the connection to api.anthropic.com, "
        "TLS and the certificate, the credential (list of models), a real message, streaming."
    )


def test_healthy_without_consent_says_what_was_not_tested(run: Run) -> None:
    facts, judgement = judged(run(HEALTHY.but(given=HEALTHY.given.but(consent=False))))
    assert judge.verdict(facts, judgement) is Verdict.HEALTHY
    assert judge.summary(facts, judgement).endswith("Not tested: a real message (not asked for), streaming.")


def test_offline_claims_nothing_about_the_network(run: Run) -> None:
    facts, judgement = judged(run(HEALTHY.but(given=HEALTHY.given.but(offline=True))))
    assert judge.tested(facts) == (("the settings files and variables",), ("everything on the network (--offline)",))
    assert judge.summary(facts, judgement) == (
        "Nothing wrong was found, but not everything could be tested. Tested: the settings files and variables."
        " Not tested: everything on the network (--offline)."
    )


def test_a_saved_login_is_not_tested(run: Run) -> None:
    """Its tokens are never read, so nothing was proven with it."""
    facts, judgement = judged(run(HEALTHY.but(given=Given(login=NOW + 3600))))
    assert "the saved login (its tokens are never read)" in judge.tested(facts)[1]
    assert judge.summary(facts, judgement).startswith("Nothing wrong was found, but not everything could be tested.")


def test_a_provider_is_not_tested(run: Run) -> None:
    """A cloud that is set up is neither a fault nor something that was tried."""
    env = {"CLAUDE_CODE_USE_BEDROCK": "1", "AWS_PROFILE": "work"}
    facts, judgement = judged(run(story(Given(settings=user(**env)))))
    assert judgement.root is None
    assert judge.verdict(facts, judgement) is Verdict.UNKNOWN
    assert "the cloud provider that CLAUDE_CODE_USE_BEDROCK selects" in judge.tested(facts)[1]


def test_a_failure_that_nobody_explains_is_quoted(run: Run) -> None:
    facts, judgement = judged(run(HEALTHY.but(models=http(418, "teapot"), message=http(418, {"error": "teapot"}))))
    assert judge.summary(facts, judgement).startswith("We could not explain this: the endpoint answered 418 teapot.")


def test_a_stream_that_is_no_stream_is_not_healthy(run: Run) -> None:
    """With consent, healthy includes the stream."""
    facts, judgement = judged(run(HEALTHY.but(stream=broken(Error.NOT_HTTP))))
    assert judge.verdict(facts, judgement) is not Verdict.HEALTHY


def test_a_root_is_the_sentence(run: Run) -> None:
    facts, judgement = judged(run(network.refused))
    assert judge.summary(facts, judgement) == (
        "api.anthropic.com:443 refuses the connection, while other hosts accept."
    )


def test_faults_stack_one_is_the_root_and_the_other_stands_beside_it(run: Run) -> None:
    """A stream that is cut has nothing to do with a certificate that others can read."""
    told = HEALTHY.but(given=HEALTHY.given.but(mode=0o644), stream=stream(300, 500, end=600, error=Error.CLOSED))
    facts, judgement = judged(run(told))
    roles = {r.finding.code: r.role for r in judgement.ranked}
    assert roles == {"sse-cut": Role.ROOT, "secret-file-readable": Role.NOTE}
    assert judge.verdict(facts, judgement) is Verdict.DEGRADED


def test_degrading_and_blocking_the_blocking_one_is_the_root(run: Run) -> None:
    told = network.ipv6.but(message=error(529, "overloaded_error", "Overloaded"))
    _, judgement = judged(run(told))
    assert {r.finding.code: r.role for r in judgement.ranked} == {
        "api-overloaded": Role.ROOT,
        "ipv6-broken": Role.INDEPENDENT,
    }


def test_an_answer_that_may_not_be_asked_for_is_not_waited_for(run: Run) -> None:
    """What the run refused counts as settled: the rule says what it knows, and less surely."""
    told = run(network.refused)
    kept = {ask: seen for ask, seen in told.facts.observations.items() if "google" not in ask.about}
    kept = {ask: seen for ask, seen in kept.items() if "example" not in ask.about}
    refused = dict.fromkeys(set(told.facts.observations) - set(kept), "--no-canary")
    facts = replace(told.facts, observations=kept, not_run=refused)
    judgement = judge.judge(facts)
    assert judgement.wanted == ()
    assert judgement.root is not None
    assert judgement.root.code == "tcp-refused"
    assert judgement.root.confidence is Confidence.LIKELY


def test_a_rule_that_crashes_is_named_and_the_others_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(facts: Facts) -> Items:
        yield 1 / 0  # type: ignore[misc]  # a generator that fails when it is asked, as a rule would

    broken_rule = Rule("cfg-broken", crash, frozenset(), "")
    monkeypatch.setattr(judge, "RULES", (broken_rule, *RULES))
    _, judgement = judged(run(network.refused))
    assert judgement.crashed == ("cfg-broken: ZeroDivisionError",)
    assert judgement.root is not None
    assert judgement.root.code == "tcp-refused"
    assert "cfg-broken" in judge.unjudged(judgement)[0]


def test_what_a_rule_found_before_it_crashed_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = next(rule for rule in RULES if rule.code == "tcp-refused")

    def half(facts: Facts) -> Items:
        yield from refused.check(facts)
        raise ZeroDivisionError

    monkeypatch.setattr(judge, "RULES", (Rule("tcp-refused", half, frozenset(), ""),))
    _, judgement = judged(run(network.refused))
    assert judgement.crashed == ("tcp-refused: ZeroDivisionError",)
    assert judgement.root is not None


def test_a_question_is_wanted_once_and_not_after_its_answer(run: Run) -> None:
    """Several rules want the same comparison; it is listed once, and no longer when it is there."""
    told = run(network.refused)
    bare = replace(told.facts, observations={a: s for a, s in told.facts.observations.items() if s is _tcp(told)})
    wanted = judge.judge(bare).wanted
    assert len(wanted) == len(set(wanted))
    assert wanted
    assert not set(wanted) & set(bare.observations)
    assert judge.judge(told.facts).wanted == ()


def _tcp(told: Told) -> object:
    return next(seen for ask, seen in told.facts.observations.items() if ask.about == "api.anthropic.com:443")


def test_before_anything_is_asked_nothing_on_the_network_is_blamed(ends: Mapping[str, Told]) -> None:
    """With no observation at all only causes that files and variables prove may be named."""
    for code, end in ends.items():
        judgement = judge.judge(replace(end.facts, observations={}, not_run={}))
        assert judgement.crashed == ()
        early = {r.finding.code for r in judgement.ranked}
        assert all(one.startswith(("cfg-", "secret-", "client-")) for one in early), f"{code}: {early}"


def test_the_same_gateway_page_is_no_fault_of_the_api(run: Run) -> None:
    """A gateway's own page never becomes an error of Anthropic's."""
    for status in (500, 502, 503, 504):
        told = gateway.upstream_down.but(hello=page(status, "Error"), models=page(status, "Error"))
        codes = {r.finding.code for r in judge.judge(run(told).facts).ranked}
        assert not codes & {"api-error", "api-overloaded"}


def test_a_refused_connection_alone_says_nothing_about_the_key(run: Run) -> None:
    told = credentials.invalid_key.but(tcp=tcp_bad(Error.REFUSED), models=broken(Error.CLOSED, Hop.TCP))
    codes = {r.finding.code for r in judge.judge(run(told).facts).ranked}
    assert not any(code.startswith("auth-") for code in codes)


def test_an_unchecked_certificate_does_not_count_as_tested(run: Run) -> None:
    done, _ = judge.tested(run(files.unchecked).facts)
    assert "TLS (certificate checks are switched off)" in done
    assert "TLS and the certificate" not in done
