"""A session that plays a script: the same events every time, real files in a folder of its own, no network.

Start the wizard on one of them by hand:

    python -m tests.journeys.scripted base-url [dark|light|terminal] [--plain]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path

from tui.core import knowledge
from tui.core.events import RunEvent, SettingsRead, StageFinished
from tui.core.facts import Facts
from tui.core.inventory import Inventory
from tui.core.model import Change, Context, Remedy, Resolution
from tui.core.repair.model import FilePlan, Plan, Refused
from tui.core.report.provenance import trace
from tui.core.request import Request

NOW = 1_795_600_800.0  # 2026-11-25, so that pictures do not change with the day


@dataclass(frozen=True, slots=True)
class Expected:
    """What the first step says."""

    files: tuple[tuple[str, bool], ...]
    hosts: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What a session plays: the events before and after the fix, and the file that the fix is about.

    ``hang`` names the row that never ends. ``file`` is the name of the file as shown, ``before`` and ``after`` its
    text; ``masks`` are what a diff shows instead of what it must not.
    """

    name: str
    outlook: Expected
    broken: tuple[RunEvent, ...]
    mended: tuple[RunEvent, ...] = ()
    file: str = ""
    before: str = ""
    after: str = ""
    masks: tuple[tuple[str, str], ...] = ()
    hang: str = ""


@dataclass
class ScriptedSession:
    """Plays a script. ``pace`` is seconds between two events; zero still gives way to the screen."""

    request: Request
    script: Script
    folder: Path
    pace: float = 0.0
    runs: list[Request] = field(default_factory=list)
    closed: int = 0
    _changes: list[Change] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The file of the script."""
        return self.folder / Path(self.script.file).name

    @property
    def applied(self) -> bool:
        """True while the fix is in force."""
        return bool(self._changes) and not self._changes[-1].undone

    def prepare(self) -> ScriptedSession:
        """Write the file of the script."""
        if self.script.file:
            self.path.write_text(self.script.before, encoding="utf-8")
        return self

    def outlook(self) -> Expected:
        return self.script.outlook

    async def run(self) -> AsyncGenerator[RunEvent, None]:
        self.runs.append(self.request)
        events = self.script.mended if self.applied and self.script.mended else self.script.broken
        try:
            for event in events:
                if isinstance(event, StageFinished) and event.key == self.script.hang:
                    await asyncio.Event().wait()
                await asyncio.sleep(self.pace)
                yield event
        finally:
            self.closed += 1

    async def inventory(self) -> Inventory:
        read = next(event for event in self.script.broken if isinstance(event, SettingsRead))
        client, context = read.target.client, Context.TERMINAL
        wins = {one.name: Resolution(one.name, one, (), "only the dotenv file sets it") for one in read.settings}
        facts = Facts(client, context, read.target, knowledge.load(), NOW, read.settings, wins)
        return Inventory(facts, trace(read.settings, {(client, context): wins}))

    def plan(self, code: str, remedy: Remedy) -> Plan:
        before, after = self.script.before, self.script.after
        if self.path.read_text(encoding="utf-8") != before:
            raise Refused("The file was changed by somebody else in the meantime.")
        diff = "".join(
            unified_diff(before.splitlines(True), after.splitlines(True), self.script.file, self.script.file, n=2)
        )
        for clear, masked in self.script.masks:
            diff = diff.replace(clear, masked)
        file = FilePlan(
            str(self.path), self.script.file, str(self.path), before.encode(), after.encode(), diff, notes=()
        )
        return Plan(remedy, code, (file,))

    def apply(self, plan: Plan) -> Change:
        self.path.write_text(self.script.after, encoding="utf-8")
        change = Change(f"c{len(self._changes) + 1}", str(self.path), self.script.file, plan.code, NOW)
        self._changes.append(change)
        return change

    def undo(self, change_id: str | None = None) -> Change:
        if not self.applied:
            raise Refused("There is nothing to undo.")
        if self.path.read_text(encoding="utf-8") != self.script.after:
            raise Refused(f"{self.script.file} was changed after the fix, so it is left alone.")
        self.path.write_text(self.script.before, encoding="utf-8")
        self._changes[-1] = replace(self._changes[-1], undone=True)
        return self._changes[-1]

    def changes(self) -> tuple[Change, ...]:
        return tuple(self._changes)

    def explain(self, code: str) -> str:
        return (
            f"# The base URL has the wrong path\n\n`{code}`\n\n"
            "## What it means\n\nThe client adds `/v1/messages` itself.\n\n"
            "## Why we believe it\n\nThe same request answers one level up.\n\n"
            "## How to fix\n\nRemove `/v1` from the end of the base URL.\n\n"
            "## Fix safety\n\nSafe. Only the end of one value changes.\n"
        )

    def export(self, form: str) -> str:
        finished = next((e for e in self.script.broken if type(e).__name__ == "RunFinished"), None)
        summary = getattr(finished, "summary", "The check did not end.")
        return f"# unsnarl report\n\nSecrets are masked.\n\n**{summary}**\n"

    def save(self, form: str) -> str:
        suffix = {"markdown": "md", "json": "json", "text": "txt"}[form]
        (self.folder / f"unsnarl-report.{suffix}").write_text(self.export(form), encoding="utf-8")
        return f"./unsnarl-report.{suffix}"


def main(arguments: list[str]) -> int:
    """Start a face on a script, by hand."""
    from tests.journeys.scripts import SCRIPTS

    words = [word for word in arguments if not word.startswith("-")]
    name = words[0] if words else "base-url"
    with tempfile.TemporaryDirectory() as folder:

        def factory(request: Request) -> ScriptedSession:
            return ScriptedSession(request, SCRIPTS[name], Path(folder), pace=0.12).prepare()

        request = Request(project=folder)
        if "--plain" in arguments:
            from tui.plain import run_plain

            return run_plain(factory(request), sys.stdin, sys.stdout)
        from tui.app import Wizard

        app = Wizard(factory, request)
        if len(words) > 1:
            app.theme = f"unsnarl-{words[1]}"
        app.run()
        return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
