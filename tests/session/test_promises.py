"""What a run says beside its cause: who answered, what is left, what the message means, what our own rules missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.double import ApiDouble
from tests.rules import answers
from tests.session.machine import KNOWN, Machine
from tui.core import judge
from tui.core.ask import Stage
from tui.core.events import RunFinished, RunStarted, StageFinished, Status
from tui.core.facts import Facts
from tui.core.gateways import identify
from tui.core.model import Evidence, Finding
from tui.core.rules.rule import Judgement, Rule
from tui.core.survey import needs_trust
from tui.core.symptoms import hinted, recognise

KEY = "sk-ant-lab-good"
NOISE = "│ ✻ Claude Code │\n  Unable to connect to Anthropic services\n  Failed to connect to api.anthropic.com: {}\n"


@pytest.mark.parametrize(
    ("identity", "product"), [("litellm", "LiteLLM"), ("newapi", "new-api"), ("kong", "Kong"), ("plain", None)]
)
async def test_a_gateway_is_named_by_its_answers(identity: str, product: str | None, tmp_path: Path) -> None:
    async with ApiDouble("ok", identity, key=KEY) as api:
        machine = Machine(tmp_path, {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_AUTH_TOKEN": KEY})
        events = [event async for event in machine.session().run()]
    row = next(e for e in events if isinstance(e, StageFinished) and e.stage is Stage.GATEWAY)
    assert dict(row.observations)["product"] == product
    assert (product or "no product") in row.detail


def test_a_header_tells_more_than_words_in_a_body() -> None:
    behind = answers.http(404, '{"detail":"nginx says <center>nginx"}', x_litellm_call_id="1")
    found = identify(KNOWN.gateways, [behind])
    assert found is not None
    assert found[0] == "LiteLLM"


async def test_what_is_left_of_the_limits_is_a_row(tmp_path: Path) -> None:
    async with ApiDouble("rate429", "anthropic", key=KEY, only="/v1/messages") as api:
        machine = Machine(tmp_path, {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": KEY})
        machine.onboarded()
        session = machine.session(send_message=True)
        events = [event async for event in session.run()]
    row = next(e for e in events if isinstance(e, StageFinished) and e.stage is Stage.LIMITS)
    assert row.status is Status.WARN
    assert "come back in" in row.detail


@pytest.mark.parametrize(
    ("code", "likely"),
    [("ERR_BAD_REQUEST", "region-blocked"), ("Status 403", "region-blocked"), ("ECONNREFUSED", "cfg-proxy-stale")],
)
def test_a_message_is_recognised_in_its_noise(code: str, likely: str) -> None:
    text = NOISE.format(code)
    assert recognise(KNOWN.symptoms, text)[0].meaning
    assert hinted(KNOWN.symptoms, text)[0] == likely


def test_nothing_is_recognised_in_nothing() -> None:
    assert recognise(KNOWN.symptoms, "  \n") == ()
    assert hinted(KNOWN.symptoms, "all is well") == ()


async def test_the_run_says_what_the_message_means(tmp_path: Path) -> None:
    session = Machine(tmp_path).session(symptom=NOISE.format("ERR_BAD_REQUEST"), offline=True)
    started = [event async for event in session.run() if isinstance(event, RunStarted)]
    assert "400 to 499" in started[0].meaning
    for form in ("text", "markdown"):
        assert "400 to 499" in " ".join(session.export(form).split())


def _says(code: str) -> Rule:
    def check(_: Facts) -> Judgement:
        yield Finding(code, code, "", (Evidence("seen", "so"),))

    return Rule(code, check, frozenset(), "")


def test_a_message_orders_what_is_equally_likely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "RULES", (_says("tcp-refused"), _says("tls-reset")))
    facts = Machine(tmp_path).facts()
    assert judge.judge(facts).ranked[0].finding.code == "tcp-refused"
    facts = Machine(tmp_path / "other").facts(symptom="API Error: Connection dropped (ECONNRESET)")
    assert judge.judge(facts).ranked[0].finding.code == "tls-reset"


async def test_a_rule_of_ours_that_fails_is_said_to_have_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(_: Facts) -> Judgement:
        yield Finding("cfg-all-proxy", "", "", ())  # a finding without evidence is a fault of ours

    monkeypatch.setattr(judge, "RULES", (Rule("cfg-all-proxy", check, frozenset(), ""),))
    events = [event async for event in Machine(tmp_path).session(offline=True).run()]
    finished = events[-1]
    assert isinstance(finished, RunFinished)
    assert any("cfg-all-proxy: ValueError" in phrase for phrase in finished.untested)


def test_a_setting_of_an_untrusted_folder_says_so(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    env = {"ANTHROPIC_BASE_URL": "https://gw.example", "ANTHROPIC_MODEL": "claude-sonnet-5"}
    machine.write("project/.claude/settings.json", {"env": env})
    read = machine.survey()
    assert "only once this folder is trusted" in read.resolutions["ANTHROPIC_BASE_URL"].rule
    assert "trusted" not in read.resolutions["ANTHROPIC_MODEL"].rule
    assert needs_trust(KNOWN, read.settings[0])
    machine.write(".claude.json", {"projects": {str(machine.project): {"hasTrustDialogAccepted": True}}})
    assert "trusted" not in machine.survey().resolutions["ANTHROPIC_BASE_URL"].rule
