"""The questions of one run: put as soon as they may be, judged after each answer, until nothing is left to ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tui.core import course, judge
from tui.core.ask import Ask, AskHttp, Stage
from tui.core.events import Judged, RunEvent, StageFinished, StageStarted, Status
from tui.core.facts import Facts
from tui.core.report import derived, rows
from tui.core.request import Request
from tui.core.secret import Redactor, Secret
from tui.core.seen import Observation
from tui.core.world import World


@dataclass
class Probing:
    """One run. ``begun`` is the monotonic time (seconds) from which its time limit counts."""

    request: Request
    world: World = field(repr=False)
    redactor: Redactor
    facts: Facts
    begun: float
    _observations: dict[Ask[Observation], Observation] = field(default_factory=dict)
    _not_run: dict[Ask[Observation], str] = field(default_factory=dict)
    _pending: dict[asyncio.Task[Observation], Ask[Observation]] = field(default_factory=dict)
    _shown: tuple[object, ...] | None = None

    async def run(self) -> AsyncGenerator[RunEvent, None]:
        """Yield the rows as they start and end, and the findings whenever they change.

        Closing the generator cancels every probe; ``facts`` keeps what was seen until then.
        """
        from tui.core.probe.network import Network
        from tui.core.probe.runner import put
        from tui.core.probe.trust import TrustStore
        from tui.core.probe.wire import Wire

        network = Network(self.request.detours)
        trust = self.facts.target.trust
        wire = Wire(self.world, network, TrustStore(self.world), self.redactor, self.request.timeout, trust)
        deadline = self.begun + self.request.limit
        try:
            while True:
                self._update()
                judgement = judge.judge(self.facts)
                if judgement.ranked != self._shown:
                    self._shown = judgement.ranked
                    yield Judged(judgement.ranked)
                usual = list(course.following(self.facts))
                for ask in dict.fromkeys([*usual, *judgement.wanted]):
                    if self._may_put(ask):
                        self._pending[asyncio.create_task(put(ask, wire))] = ask
                        yield StageStarted(key_of(ask), stage_of(ask), ask.about, ask not in usual)
                if not self._pending:
                    break
                left = max(0.0, deadline - time.monotonic())
                done, _ = await asyncio.wait(self._pending, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if not done:
                    break
                for task in done:
                    yield self._finish(task, self._pending.pop(task), usual)
        finally:
            await self._stop()
            network.close()
        for row in derived.rows(self.facts):
            yield row
        for ask in self._pending.values():
            yield StageFinished(key_of(ask), stage_of(ask), ask.about, Status.NOT_RUN, None, "no time was left")

    async def _stop(self) -> None:
        for task, ask in self._pending.items():
            task.cancel()
            self._not_run[ask] = "no time was left"
        if self._pending:
            await asyncio.gather(*self._pending, return_exceptions=True)
        self._update()

    def _update(self) -> None:
        self.facts = replace(
            self.facts,
            observations=MappingProxyType(dict(self._observations)),
            not_run=MappingProxyType(dict(self._not_run)),
        )

    def _may_put(self, ask: Ask[Observation]) -> bool:
        if ask in self._observations or ask in self._not_run or ask in self._pending.values():
            return False
        refusal = refuse(ask, self.request, self.facts)
        if refusal:
            self._not_run[ask] = refusal
        return not refusal

    def _finish(
        self, task: asyncio.Task[Observation], ask: Ask[Observation], usual: list[Ask[Observation]]
    ) -> StageFinished:
        problem = task.exception()
        if problem is not None:
            self._not_run[ask] = f"our probe failed ({type(problem).__name__})"
            return StageFinished(key_of(ask), stage_of(ask), ask.about, Status.NOT_RUN, None, self._not_run[ask])
        seen = task.result()
        self._observations[ask] = seen
        status, detail, values = rows.row(ask, seen)
        return StageFinished(key_of(ask), stage_of(ask), ask.about, status, seen.ms, detail, values, ask not in usual)


def refuse(ask: Ask[Observation], request: Request, facts: Facts) -> str:
    """Say why a question may not be put, or nothing. The only gate through which anything leaves the machine."""
    target = facts.target
    if request.offline:
        return "offline"
    if not request.canaries and host_of(ask) in facts.known.canaries:
        return "--no-canary"
    if not isinstance(ask, AskHttp):
        return ""
    if ask.credentials or any(isinstance(value, Secret) for _, value in ask.headers):
        own = target.url
        if own is None or (ask.url.host, ask.url.port) != (own.host, own.port) or ask.via != target.proxy:
            return "a credential is only sent where the configuration sends it"
        if own.scheme == "https" and (ask.url.scheme != "https" or (target.trust.verify and not ask.trust.verify)):
            return "a credential is only sent as safely as the configuration sends it"
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
    return ask.url.host if isinstance(ask, AskHttp) else str(getattr(ask, "host", ""))
