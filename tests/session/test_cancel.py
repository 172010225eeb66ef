"""A run can be stopped at any moment, ends within its limit, and a probe that crashes is a row."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.session.machine import Machine, run
from tests.session.scene import PLATFORM, Scene
from tui.core import course
from tui.core.ask import Ask, Stage
from tui.core.events import RunEvent, RunFinished, RunStarted, SettingsRead, StageFinished, StageStarted, Status
from tui.core.model import Verdict
from tui.core.probe import runner
from tui.core.probe.wire import Wire
from tui.core.seen import Observation


def others() -> set[asyncio.Task[object]]:
    """All tasks but this test's own."""
    return {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}


async def everything(scene: Scene) -> list[RunEvent]:
    """All events of a run."""
    session = scene.machine.session(detours=tuple(scene.detours))
    return [event async for event in session.run()]


async def stop_after(scene: Scene, number: int) -> tuple[list[RunEvent], bool]:
    """Close the run after so many events; returns what it kept, and whether it left nothing running."""
    session = scene.machine.session(detours=tuple(scene.detours))
    before = others()
    async with aclosing(session.run()) as events:
        count = 0
        async for _ in events:
            count += 1
            if count == number:
                break
    await asyncio.sleep(0)
    servers = {task for task in others() - before if "Server" in repr(task.get_coro())}
    left = others() - before - servers
    if number >= 2:
        assert session.facts is not None
        finished = [e for e in session.events if isinstance(e, StageFinished) and e.status is not Status.NOT_RUN]
        assert len(session.facts.observations) >= len(finished)
        started = sum(isinstance(e, StageStarted) for e in session.events)
        known = len(session.facts.observations) + len(session.facts.not_run)
        assert known >= started
    document = session.document()
    assert document["verdict"] in ("unknown", "healthy")
    return session.events, not left


async def test_closed_after_every_single_event(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api()
        scene.lead(PLATFORM, made.port)
        scene.machine.write(".claude.json", {})
        whole = await everything(scene)
        assert len(whole) > 12
        for number in range(1, len(whole) + 1):
            events, clean = await stop_after(scene, number)
            assert len(events) == number
            assert clean, f"tasks are left after event {number}"


async def test_closed_while_everything_hangs(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api("hang-headers")
        begun = time.monotonic()
        session = scene.machine.session(detours=tuple(scene.detours), timeout=30.0)
        before = others()
        async with aclosing(session.run()) as events:
            async for event in events:
                if isinstance(event, StageStarted) and event.stage is Stage.HTTP:
                    break
        assert time.monotonic() - begun < 5
        assert session.facts is not None
        assert "no time was left" in session.facts.not_run.values()
        assert session.facts.seen(course.tls(session.facts.target)) is not None
        assert {t for t in others() - before if "Server" not in repr(t.get_coro())} == set()


async def test_cancelled_from_outside(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api("hang-headers")
        session = scene.machine.session(detours=tuple(scene.detours), timeout=30.0)
        task = asyncio.create_task(run(session))
        async with asyncio.timeout(5):
            while not any(isinstance(e, StageStarted) and e.stage is Stage.HTTP for e in session.events):
                await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert session.facts is not None
        assert session.document()["summary"] == "The check was interrupted."


async def test_run_has_a_limit_of_three_probes(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api("one-byte-a-second")
        begun = time.monotonic()
        async with asyncio.timeout(10):
            finished = await run(scene.machine.session(detours=tuple(scene.detours), timeout=0.3))
        assert time.monotonic() - begun < 0.3 * 3 + 2
        assert finished.verdict is not Verdict.HEALTHY


async def test_what_found_no_time_is_a_row(
    tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A probe that disregards its own limit does not hold up the run."""

    async def deaf(ask: Ask[Observation], wire: Wire) -> Observation:
        await asyncio.sleep(60)
        raise AssertionError("not reached")

    monkeypatch.setattr(runner, "put", deaf)
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api()
        begun = time.monotonic()
        events = [e async for e in scene.machine.session(detours=tuple(scene.detours), timeout=0.1).run()]
        assert time.monotonic() - begun < 5
        rows = [e for e in events if isinstance(e, StageFinished)]
        assert rows
        assert {(r.status, r.ms, r.detail) for r in rows} == {(Status.NOT_RUN, None, "no time was left")}
        assert isinstance(events[-1], RunFinished)
        assert events[-1].verdict is Verdict.UNKNOWN


async def test_probe_that_crashes_is_a_row(
    tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = runner.put

    async def clumsy(ask: Ask[Observation], wire: Wire) -> Observation:
        if ask.stage is Stage.TLS:
            raise RuntimeError(f"secret {canary.api_key}")
        return await original(ask, wire)

    monkeypatch.setattr(runner, "put", clumsy)
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api()
        session = scene.machine.session(detours=tuple(scene.detours))
        finished = await run(session)
        (row,) = [e for e in session.events if isinstance(e, StageFinished) and e.stage is Stage.TLS]
        assert (row.status, row.detail) == (Status.NOT_RUN, "our probe failed (RuntimeError)")
        assert finished.verdict is Verdict.UNKNOWN
        canary.assert_clean(repr(session.events) + session.export("json"))


async def test_rule_that_crashes_hides_no_other(
    tmp_path: Path, pki: Pki, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from tui.core import judge, rules
    from tui.core.facts import Facts
    from tui.core.rules.rule import Judgement

    def broken(facts: Facts) -> Judgement:
        raise ValueError(canary.api_key)

    some = tuple(replace(r, check=broken) if r.code == "region-blocked" else r for r in rules.RULES)
    monkeypatch.setattr(judge, "RULES", some)
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api("invalid-key")
        assert (await scene.run()).root_cause == "auth-invalid-key"


async def test_order_of_events(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api()
        events = await everything(scene)
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[1], SettingsRead)
    assert isinstance(events[-1], RunFinished)
    started = [e.key for e in events if isinstance(e, StageStarted)]
    finished = [e.key for e in events if isinstance(e, StageFinished)]
    assert len(set(started)) == len(started)
    assert sorted(started) == sorted(finished)
    for key in finished:
        begin = next(n for n, e in enumerate(events) if isinstance(e, StageStarted) and e.key == key)
        end = next(n for n, e in enumerate(events) if isinstance(e, StageFinished) and e.key == key)
        assert begin < end


async def test_session_can_run_again(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.api("invalid-key")
        session = scene.machine.session(detours=tuple(scene.detours))
        assert (await run(session)).root_cause == "auth-invalid-key"
        made.mode = "ok"
        assert (await run(session)).verdict is Verdict.HEALTHY
        assert sum(isinstance(e, RunFinished) for e in session.events) == 1


def test_outlook_sends_nothing_and_names_what_will_be_touched(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"HTTPS_PROXY": "http://alice:hunter22@p.test:3128"})
    machine.write("project/.env", "A=1\n")
    seen = machine.session().outlook()
    assert ("~/project/.env", True) in seen.files
    assert ("~/.claude/settings.json", False) in seen.files
    assert seen.hosts == ("p.test:3128 (your proxy)", "api.anthropic.com:443", PLATFORM)
    assert "hunter22" not in repr(seen)
    assert machine.session("claude-code@2.0.77").outlook().hosts[-1] == "console.anthropic.com"
    assert machine.session(offline=True).outlook().hosts == ()
    assert any("64 output tokens" in note for note in machine.session(send_message=True).outlook().notes)
    assert any("example.com" in note for note in machine.session(canaries=True).outlook().notes)


async def test_helper_runs_only_where_allowed(tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        made = await scene.start(ApiDouble(identity="plain", key=canary.helper_output))
        scene.at(made)
        del scene.environ["ANTHROPIC_API_KEY"]
        scene.environ["PATH"] = "/usr/bin:/bin"
        mark = scene.machine.home / "ran"
        command = f"touch {mark}; echo {canary.helper_output}"
        scene.machine.write(".claude/settings.json", {"apiKeyHelper": command})
        await scene.run()
        assert not mark.exists()
        assert (await scene.run(exec_helper=True)).verdict is Verdict.HEALTHY
        assert mark.exists()


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("exit 3", "it ends with exit code 3"),
        ("no-such-program", "its command was not found"),
        ("/etc", "its command may not be executed"),
        ("kill -9 $$", "it is ended by signal 9"),
        ("echo one; echo two", "it prints more than a key"),
        ("echo one two", "it prints more than a key"),
        ("printf 'a\\001b'", "it prints characters that cannot be part of a key"),
        ("true", "it prints nothing"),
        ("sleep 30", "it did not end within 0.3 s"),
        ("yes", "it prints more than 16384 characters"),
        ("head -c 20000 /dev/zero | tr '\\0' x", "it prints more than 16384 characters"),
        ("sleep 30 & echo x", "it did not end within 0.3 s"),
    ],
)
async def test_helpers_that_fail(command: str, problem: str, tmp_path: Path) -> None:
    from tui.core.survey.helper import run_helper

    machine = Machine(tmp_path, {"PATH": "/usr/bin:/bin"})
    async with asyncio.timeout(5):
        made = await run_helper(command, machine.world, 0.3)
    assert made.output is None
    assert made.problem == problem
