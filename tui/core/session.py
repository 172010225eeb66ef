"""A session: survey → probe → diagnose → plan → apply → verify → report, told as a stream of events."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tui.core import course, judge, knowledge
from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskTcp, Stage
from tui.core.events import (
    Judged,
    RunEvent,
    RunFinished,
    RunStarted,
    SettingsRead,
    StageFinished,
    StageStarted,
    Status,
)
from tui.core.facts import Facts
from tui.core.model import Remedy, Setting
from tui.core.report import rows
from tui.core.request import Request
from tui.core.secret import Redactor, Secret, use_machine_key
from tui.core.seen import Observation
from tui.core.survey import facts as first_facts
from tui.core.survey import survey
from tui.core.world import World


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a run will read and contact, before it does either."""

    files: tuple[tuple[str, bool], ...]
    hosts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass
class Session:
    """One person's visit: several runs, the changes between them, and everything needed to tell about it."""

    request: Request
    world: World
    events: list[RunEvent] = field(default_factory=list)
    facts: Facts | None = None
    redactor: Redactor = field(default_factory=Redactor)

    def __post_init__(self) -> None:
        use_machine_key(machine_key(self.world))

    async def run(self) -> AsyncGenerator[RunEvent, None]:
        """Survey, probe and judge once. Closing the generator cancels every probe."""
        self.events = []
        async with aclosing(self._run()) as events:
            async for event in events:
                self.events.append(event)
                yield event

    async def _run(self) -> AsyncGenerator[RunEvent, None]:
        begun, known = time.monotonic(), knowledge.load()
        found = survey(self.request, self.world, known)
        helper = await self._helper(found.resolutions.get("apiKeyHelper"))
        facts = first_facts(found, self.request, self.world, known, helper)
        for setting in facts.settings:
            if isinstance(setting.value, Secret):
                self.redactor.learn(setting.value)
        if helper:
            self.redactor.learn(helper)
        yield RunStarted(facts.now, facts.client, facts.context, self.redactor.clean(facts.symptom))
        yield SettingsRead(facts.files, facts.settings, tuple(facts.resolutions.values()), facts.target)
        async with aclosing(_Probing(self, facts, begun).run()) as events:
            async for event in events:
                yield event
        assert self.facts is not None
        judgement = judge.judge(self.facts)
        done, left = judge.tested(self.facts)
        root = judgement.root
        yield RunFinished(
            verdict=judge.verdict(self.facts, judgement),
            root_cause=root.code if root else None,
            summary=judge.summary(self.facts, judgement),
            duration_ms=(time.monotonic() - begun) * 1000,
            ranked=judgement.ranked,
            tested=done,
            untested=left,
        )

    async def _helper(self, resolution: object) -> Secret | None:
        """The output of apiKeyHelper, run only where the user allowed it."""
        winner: Setting | None = getattr(resolution, "winner", None)
        if not self.request.exec_helper or winner is None or not winner.text.strip():
            return None
        from tui.core.survey.helper import run_helper

        return await run_helper(winner.text, self.world, self.request.timeout)

    def with_environment(self, remedy: Remedy) -> Session:
        """The same session as it will be once the user has run a remedy's commands: for proving it beforehand."""
        environ = dict(self.world.environ)
        for name, value in remedy.environment:
            if value is None:
                environ.pop(name, None)
            else:
                environ[name] = value.reveal() if isinstance(value, Secret) else value
        return Session(self.request, replace(self.world, environ=environ))


@dataclass
class _Probing:
    """The questions of one run: put as soon as they may be, judged after each answer, until nothing is left to ask."""

    session: Session
    facts: Facts
    begun: float
    observations: dict[Ask[Observation], Observation] = field(default_factory=dict)
    not_run: dict[Ask[Observation], str] = field(default_factory=dict)
    pending: dict[asyncio.Task[Observation], Ask[Observation]] = field(default_factory=dict)

    async def run(self) -> AsyncGenerator[RunEvent, None]:
        from tui.core.probe.network import Network
        from tui.core.probe.runner import put
        from tui.core.probe.trust import TrustStore
        from tui.core.probe.wire import Wire

        request, world = self.session.request, self.session.world
        network = Network(request.detours)
        wire = Wire(world, network, TrustStore(world), self.session.redactor, request.timeout)
        deadline = self.begun + request.limit
        last: tuple[object, ...] | None = None
        try:
            while True:
                judgement = judge.judge(self._now())
                if judgement.ranked != last:
                    last = judgement.ranked
                    yield Judged(judgement.ranked)
                usual = list(course.following(self.facts))
                for ask in dict.fromkeys([*usual, *judgement.wanted]):
                    if ask in self.observations or ask in self.not_run or ask in self.pending.values():
                        continue
                    refusal = self._refusal(ask)
                    if refusal:
                        self.not_run[ask] = refusal
                        continue
                    self.pending[asyncio.create_task(put(ask, wire))] = ask
                    yield StageStarted(key_of(ask), stage_of(ask), ask.about, ask not in usual)
                if not self.pending:
                    break
                done, _ = await asyncio.wait(
                    self.pending, timeout=max(0.0, deadline - time.monotonic()), return_when=asyncio.FIRST_COMPLETED
                )
                if not done:
                    break
                for task in done:
                    yield self._finish(task, self.pending.pop(task), usual)
        finally:
            for task, ask in self.pending.items():
                task.cancel()
                self.not_run[ask] = "no time was left"
            if self.pending:
                await asyncio.gather(*self.pending, return_exceptions=True)
            self.session.facts = self._now()
        for ask in self.pending.values():
            yield StageFinished(key_of(ask), stage_of(ask), ask.about, Status.NOT_RUN, None, "no time was left")

    def _now(self) -> Facts:
        self.facts = replace(
            self.facts,
            observations=MappingProxyType(dict(self.observations)),
            not_run=MappingProxyType(dict(self.not_run)),
        )
        return self.facts

    def _finish(
        self, task: asyncio.Task[Observation], ask: Ask[Observation], usual: list[Ask[Observation]]
    ) -> StageFinished:
        problem = task.exception()
        if problem is not None:
            self.not_run[ask] = f"our probe failed ({type(problem).__name__})"
            return StageFinished(key_of(ask), stage_of(ask), ask.about, Status.NOT_RUN, None, self.not_run[ask])
        seen = task.result()
        self.observations[ask] = seen
        status, detail, values = rows.row(ask, seen)
        return StageFinished(key_of(ask), stage_of(ask), ask.about, status, seen.ms, detail, values, ask not in usual)

    def _refusal(self, ask: Ask[Observation]) -> str:
        """Why a question may not be put, or an empty string. The only gate through which anything leaves the machine."""
        request, target = self.session.request, self.facts.target
        if request.offline:
            return "offline"
        if not request.canaries and host_of(ask) in self.facts.known.canaries:
            return "--no-canary"
        if isinstance(ask, AskHttp):
            own = target.url
            if ask.credentials or any(isinstance(v, Secret) for _, v in ask.headers):
                if own is None or (ask.url.host, ask.url.port) != (own.host, own.port) or ask.via != target.proxy:
                    return "a credential is only sent where the configuration sends it"
                if own.scheme == "https" and ask.url.scheme != "https":
                    return "a credential is not sent in clear where the configuration encrypts it"
            if ask.message and not request.send_message and not ask.path.endswith("count_tokens"):
                return "a real message needs your consent (--send-message)"
        return ""


def key_of(ask: Ask[Observation]) -> str:
    """The identity of a row: equal for equal questions within a run."""
    return f"{stage_of(ask)}-{hash(ask) & 0xFFFFFFFF:08x}"


def stage_of(ask: Ask[Observation]) -> Stage:
    """The row that a question belongs to."""
    return ask.purpose if isinstance(ask, AskHttp) else ask.stage


def host_of(ask: Ask[Observation]) -> str:
    """The host that a question is about."""
    match ask:
        case AskHttp():
            return ask.url.host
        case AskDns() | AskTcp() | AskConnect():
            return ask.host
    return str(getattr(ask, "host", ""))


def machine_key(world: World) -> bytes:
    """The key of this machine's fingerprints, made on first use (0600 in the state folder)."""
    path = world.state / "fingerprint.key"
    try:
        return path.read_bytes()[:32]
    except OSError:
        pass
    key = os.urandom(16)
    try:
        world.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
    except OSError:
        pass  # without a place to keep it, the key lives for this run
    return key
