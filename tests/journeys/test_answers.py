"""The other answers: healthy, unknown, commands, steps, stopped."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.journeys.walk import walking
from tui.core.ask import Stage
from tui.core.events import RunEvent, RunFinished, StageStarted, Status
from tui.core.model import Verdict
from tui.journey import Run


async def test_healthy_says_what_was_and_was_not_tested(tmp_path: Path) -> None:
    async with walking("healthy", tmp_path) as walk:
        await walk.press("enter")
        for part in ("Nothing stands in the way.", "What was tested", "What was not tested", "a real message"):
            assert part in walk.text
        await walk.press("enter")
        assert walk.app._exit
        assert walk.app.return_code == 0


async def test_unknown_offers_a_real_message_and_a_report(tmp_path: Path) -> None:
    async with walking("unknown", tmp_path) as walk:
        await walk.press("enter")
        assert "We could not explain this." in walk.text
        assert "Read and save the report" in walk.text
        await walk.press("enter")
        assert walk.session.runs[-1].send_message
        await walk.press("q")
        assert walk.app.return_code == 3


async def test_a_command_is_shown_and_copied_and_never_run(tmp_path: Path) -> None:
    async with walking("proxy", tmp_path) as walk:
        await walk.press("enter", "enter")
        assert "unset HTTPS_PROXY https_proxy" in walk.text
        await walk.press("c")
        assert walk.app.clipboard == "unset HTTPS_PROXY https_proxy"
        assert "Sent to the terminal's clipboard. If it does not arrive" in walk.text
        assert not walk.session.changes()
        await walk.press("r")
        assert len(walk.session.runs) == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("401", ["The API rejects this key", "~/work/shop/.env line 3", "Worth knowing"]),
        ("no-credential", ["No credential is configured", "Log in with Claude Code"]),
        ("proxy", ["a proxy that no longer answers", "the environment of this terminal", "Unable to connect"]),
    ],
)
async def test_a_cause_is_named_with_its_evidence(tmp_path: Path, name: str, words: list[str]) -> None:
    async with walking(name, tmp_path, (120, 36)) as walk:
        await walk.press("enter")
        assert walk.step == "Cause"
        assert [word for word in words if word not in walk.text] == []


async def test_escape_stops_a_hanging_check_and_keeps_what_finished(tmp_path: Path) -> None:
    async with walking("hang", tmp_path) as walk:
        await walk.press("enter")
        assert walk.step == "Check"
        assert "checking" in walk.text
        await walk.press("escape")
        assert "You stopped the check." in walk.text
        rows = {row.stage.value: row.status for row in walk.app.journey.run.rows.values()}
        assert rows == {"dns": Status.PASS, "tcp": Status.PASS, "tls": Status.NOT_RUN}
        assert walk.session.closed == 1
        await walk.press("enter")
        assert walk.step == "Cause"
        assert "You stopped the check." in walk.text
        await walk.press("q")
        assert walk.app.return_code == 130


async def test_a_row_that_waits_says_for_what(tmp_path: Path) -> None:
    async with walking("hang", tmp_path) as walk:
        await walk.press("enter")
        walk.app.clock = lambda: 5.0
        walk.app._tick()
        await walk.pilot.pause()
        assert "still waiting for api.anthropic.com:443, 5 s" in walk.text


async def test_the_clock_is_only_looked_at_while_something_runs(tmp_path: Path) -> None:
    async with walking("base-url", tmp_path) as walk:
        ticks: list[None] = []
        walk.app._tick = lambda: ticks.append(None)  # type: ignore[method-assign]
        await walk.press("enter")
        await walk.pilot.pause(0.6)
        assert ticks == []


async def test_a_fault_of_the_core_is_a_sentence(tmp_path: Path) -> None:
    async with walking("healthy", tmp_path) as walk:
        walk.session.run = _broken  # type: ignore[method-assign]
        await walk.press("enter", "enter")
        assert "The check itself failed (ZeroDivisionError)" in " ".join(walk.text.split())
        await walk.press("q")
        assert walk.app.return_code == 3


async def _broken() -> AsyncGenerator[RunEvent, None]:
    assert 1 / 0
    yield RunFinished(Verdict.HEALTHY, None, "", 0.0, ())


def test_stages_that_were_overtaken_are_not_waited_for() -> None:
    run = Run()
    run.fold(StageStarted("t", Stage.TCP, "127.0.0.1:4000"))
    assert list(run.waiting) == [Stage.TLS, Stage.HTTP, Stage.AUTH, Stage.MODEL]
    run.fold(StageStarted("h", Stage.HTTP, "GET http://127.0.0.1:4000/api/hello"))
    assert list(run.waiting) == [Stage.AUTH, Stage.MODEL]
