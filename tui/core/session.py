"""A session: survey → probe → diagnose → plan → apply → verify → report, told as a stream of events."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core import judge, knowledge
from tui.core.events import RunEvent, RunFinished, RunStarted, SettingsRead
from tui.core.facts import Facts, Helper
from tui.core.inventory import Inventory
from tui.core.known import Knowledge
from tui.core.machine import machine_key
from tui.core.model import Change, Context, Remedy, Resolution
from tui.core.outlook import Outlook, outlook
from tui.core.probing import Probing
from tui.core.repair.model import Plan, Refused
from tui.core.report import formats
from tui.core.report.document import Document, document
from tui.core.report.provenance import trace
from tui.core.request import Request
from tui.core.rules import BY_CODE
from tui.core.secret import Redactor, Secret, use_machine_key
from tui.core.survey import Survey, survey
from tui.core.survey import facts as first_facts
from tui.core.survey.everyone import who_wins
from tui.core.symptoms import recognise
from tui.core.world import World

if TYPE_CHECKING:
    from tui.core.repair.journal import Journal


@dataclass
class Session:
    """One person's visit: as many runs as it takes, the changes between them, and what is needed to tell about it."""

    request: Request
    world: World = field(repr=False)
    events: list[RunEvent] = field(default_factory=list)
    facts: Facts | None = None
    redactor: Redactor = field(default_factory=Redactor)
    applied: list[Change] = field(default_factory=list)
    _before: dict[str, World] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        use_machine_key(machine_key(self.world))

    @property
    def known(self) -> Knowledge:
        """The tables of knowledge."""
        return knowledge.load()

    def outlook(self) -> Outlook:
        """Say what a run will read and contact; looks at files, sends nothing."""
        return outlook(self.request, self.world, self.known)

    async def run(self) -> AsyncGenerator[RunEvent, None]:
        """Survey, probe and judge once. Closing the generator cancels every probe."""
        self.events = []
        async with aclosing(self._run()) as events:
            async for event in events:
                self.events.append(event)
                yield event

    async def _run(self) -> AsyncGenerator[RunEvent, None]:
        begun = time.monotonic()
        found = await self.survey()
        ran = await self._helper(found.resolutions.get("apiKeyHelper"))
        found = replace(found, helper=ran or found.helper)
        helper = ran.output if ran else None
        facts = first_facts(found, self.request, self.world, self.known, helper)
        self.facts = facts
        self._learn(facts, helper)
        known = recognise(self.known.symptoms, facts.symptom)
        meaning = known[0].meaning if known else ""
        yield RunStarted(facts.now, facts.client, facts.context, self.redactor.clean(facts.symptom), meaning)
        yield SettingsRead(facts.files, facts.settings, tuple(facts.resolutions.values()), facts.target)
        probing = Probing(self.request, self.world, self.redactor, facts, begun)
        try:
            async with aclosing(probing.run()) as events:
                async for event in events:
                    yield event
        finally:
            self.facts = probing.facts
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
            untested=left + judge.unjudged(judgement),
            changes=tuple(self.applied),
        )

    async def survey(self) -> Survey:
        """Read every place; the user's shell is really started only where the user allowed it."""
        if not self.request.exec_shell:
            return survey(self.request, self.world, self.known)
        from tui.core.survey.with_shell import survey_with_shell

        return await survey_with_shell(self.request, self.world, self.known)

    async def inventory(self) -> Inventory:
        """Read every place anew, and say of each name where it comes from and who gets which value."""
        found = await self.survey()
        facts = first_facts(found, self.request, self.world, self.known)
        return Inventory(facts, trace(found.settings, who_wins(found, self.known, self.request)))

    def _learn(self, facts: Facts, helper: Secret | None) -> None:
        """Teach the redactor every secret in every form in which it goes out."""
        target = facts.target
        sent = [value for name, value in target.headers if name not in ("anthropic-beta", "user-agent")]
        password = target.proxy.password if target.proxy else None
        known = [s.value for s in facts.settings] + [c.value for c in target.credentials]
        for secret in (*known, *sent, helper, password):
            if isinstance(secret, Secret):
                self.redactor.learn(secret)

    async def _helper(self, resolution: Resolution | None) -> Helper | None:
        """What became of apiKeyHelper, which is run only where the user allowed it."""
        winner = resolution.winner if resolution else None
        if not self.request.exec_helper or winner is None or not winner.text.strip():
            return None
        from tui.core.survey.helper import run_helper

        return await run_helper(winner.text, self.world, self.request.timeout)

    def with_environment(self, remedy: Remedy) -> Session:
        """The session as it will be once the user has run a remedy's commands: for proving it beforehand."""
        return Session(self.request, self._world_after(remedy))

    def _world_after(self, remedy: Remedy) -> World:
        environ = dict(self.world.environ)
        for name, value in remedy.environment:
            if value is None:
                environ.pop(name, None)
            else:
                environ[name] = value.reveal() if isinstance(value, Secret) else value
        return replace(self.world, environ=environ)

    def plan(self, code: str, remedy: Remedy) -> Plan:
        """Say exactly what a remedy would change. Raises Refused."""
        from tui.core.repair.plan import make_plan

        return make_plan(
            remedy, code, is_secret=self.known.is_secret, running=self.world.processes, home=self.world.home
        )

    def apply(self, plan: Plan) -> Change:
        """Write what was planned: backup, journal, then the files. Raises Refused.

        Where a start-up file was changed, the runs from here on see this terminal as it will be when it is reopened.
        """
        change = self._journal().apply(plan)
        self.applied.append(change)
        if self.request.context is Context.TERMINAL and "new-terminal" in plan.remedy.reopen:
            self._before[change.id] = self.world
            self.world = self._world_after(plan.remedy)
        return change

    def undo(self, change_id: str | None = None) -> Change:
        """Take back the last change, or the named one. Raises Refused over later edits by somebody else."""
        change = self._journal().undo(change_id)
        self.world = self._before.pop(change.id, self.world)
        return change

    def redo(self, change_id: str | None = None) -> Change:
        """Make an undone change again. Raises Refused."""
        return self._journal().redo(change_id)

    def changes(self) -> tuple[Change, ...]:
        """All changes that the journal knows, oldest first."""
        return self._journal().changes()

    def recover(self) -> tuple[str, ...]:
        """Finish or roll back what a killed run left half done; sentences about what was done."""
        return self._journal().recover()

    def delete_backups(self) -> int:
        """Delete all backups; returns how many there were."""
        return self._journal().delete_backups()

    def _journal(self) -> Journal:
        from tui.core.repair.journal import Journal

        return Journal(self.world.state, self.known.is_secret, self.world.now)

    def explain(self, code: str) -> str:
        """The page of a cause, in Markdown. Raises KeyError for a code that does not exist."""
        rule = BY_CODE[code]
        title, _, body = rule.doc.strip().partition("\n")
        return f"# {title}\n\n`{code}`\n{body}\n"

    def document(self) -> Document:
        """The session so far as one JSON object, with the masked diff of every remedy that can be applied."""
        diffs: dict[str, str] = {}
        ranked = self.events[-1].ranked if self.events and isinstance(self.events[-1], RunFinished) else ()
        for item in ranked:
            for remedy in item.finding.remedies:
                if remedy.edits:
                    try:
                        diffs[f"{item.finding.code}/{remedy.id}"] = self.plan(item.finding.code, remedy).diff
                    except Refused:
                        continue
        return document(self.events, diffs, self.applied)

    def export(self, form: str) -> str:
        """The report in a format of :mod:`tui.core.report.formats`. Raises KeyError for an unknown one."""
        return formats.render(self.document(), form)

    def save(self, form: str) -> str:
        """Write the report into the project folder, else into the state folder; returns the path as shown."""
        moment = datetime.datetime.fromtimestamp(self.world.now(), datetime.UTC).strftime("%Y%m%d-%H%M%S")
        name = f"unsnarl-{moment}.{formats.SUFFIXES[form]}"
        text = self.export(form)
        for folder in (Path(self.request.project), self.world.state):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
            except OSError:
                continue
            return self.world.shown(folder / name)
        raise Refused("The report could not be written anywhere.", "unwritable")
