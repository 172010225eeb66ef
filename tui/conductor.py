"""Where the screens meet the session: it starts and stops runs, plans, applies and takes back; it draws nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer
from textual.worker import Worker

from tui import words
from tui.messages import Progress
from tui.pictures import Discreet

if TYPE_CHECKING:  # nothing of the core is loaded before the first paint
    from tui.core.model import Change, Ranked, Remedy
    from tui.core.request import Request
    from tui.journey import Journey
    from tui.sessions import Outlook, Session, SessionFactory

CHECK, CAUSE, FIX, PROOF = 1, 2, 3, 4
SOON = ("tui.terms", *(f"tui.screens.{name}" for name in ("check", "cause", "fix", "proof", "settings")))
TICK = 0.25  # seconds between two looks at the clock, and only while something runs


class Conductor(Discreet):
    """The part of the application that holds the session. ``clock`` is monotonic seconds."""

    def __init__(self, factory: SessionFactory, request: Request, clock: Callable[[], float], plain: bool) -> None:
        super().__init__(ansi_color=True if plain else None)
        self.factory, self.request, self.clock = factory, request, clock
        self.outlook: Outlook | None = None
        self._opened = asyncio.Event()
        self._runner: Worker[None] | None = None
        self._ticker: Timer | None = None

    @cached_property
    def journey(self) -> Journey:
        """Where the person is; the first screen does not need to know yet."""
        from tui.journey import Journey

        return Journey()

    # What the face adds.

    def go(self, number: int) -> None:
        """Show a step."""
        raise NotImplementedError

    def advance(self) -> None:
        """Leave the step Check when its run is over."""
        raise NotImplementedError

    def flash(self, text: str, bad: bool = False) -> None:
        """Answer in one line."""
        raise NotImplementedError

    # The session.

    @work(group="open", exit_on_error=False)
    async def open_session(self) -> None:
        """Load the core and ask what is going to happen; the first screen is painted by then."""

        def load() -> tuple[Session, Outlook, tuple[Change, ...]]:
            for name in SOON:
                import_module(name)
            session = self.factory(self.request)
            return session, session.outlook(), session.changes()

        try:
            self.journey.session, self.outlook, self.journey.changes = await asyncio.to_thread(load)
        except Exception as error:  # a broken folder or a fault of ours is shown, and the window stays
            self.journey.run.stop(words.BROKE.format(error=type(error).__name__))
            self.flash(self.journey.run.failure, bad=True)
            return
        self._opened.set()
        self.screen.post_message(Progress())

    def start(self) -> None:
        """Check from the beginning, on the step Check."""
        if self.running:
            self.flash(words.BUSY_RUNNING)
        elif not self.journey.busy:
            self._begin(keep_was=False)
            self.go(CHECK)

    def _begin(self, keep_was: bool) -> None:
        self.journey.begin(keep_was)
        self._ticker = self._ticker or self.set_interval(TICK, self._tick)
        self._ticker.resume()
        self._runner = self._run()

    @work(group="run", exclusive=True, exit_on_error=False)
    async def _run(self) -> None:
        run = self.journey.run
        try:
            await self._opened.wait()
            session = self.journey.session
            if session is None:
                return
            session.request = self.request
            async with aclosing(session.run()) as events:
                async for event in events:
                    run.fold(event, self.clock())
                    self.screen.post_message(Progress())
            if not run.over:
                run.stop(words.BROKE.format(error=words.NO_ANSWER))
        except Exception as error:  # a fault of ours is an answer too, never the end of the window
            run.stop(words.BROKE.format(error=type(error).__name__))
        self._ended()

    def _ended(self) -> None:
        if self._ticker:
            self._ticker.pause()
        self.screen.post_message(Progress())
        self.advance()

    def _tick(self) -> None:
        self.screen.post_message(Progress())

    @property
    def running(self) -> bool:
        """True while a run goes on."""
        return self._runner is not None and not self.journey.run.over

    def stop(self) -> bool:
        """Stop the run, keep what it found; False if nothing runs."""
        if not self.running:
            return False
        self.workers.cancel_group(self, "run")
        self.journey.run.stop()
        if self._ticker:
            self._ticker.pause()
        self.screen.post_message(Progress())
        return True

    def set_symptom(self, text: str) -> None:
        """Take over the message that a person pasted."""
        self.request = replace(self.request, symptom=text)

    def toggle_message(self) -> None:
        """Allow a real message, or no longer."""
        self.request = replace(self.request, send_message=not self.request.send_message)
        self.screen.post_message(Progress())
        self.flash(words.MESSAGE_ON if self.request.send_message else words.MESSAGE_OFF)

    def toggle_shell(self) -> None:
        """Allow starting the login shell, or no longer."""
        self.request = replace(self.request, exec_shell=not self.request.exec_shell)
        self.screen.post_message(Progress())
        self.flash(words.SHELL_ON if self.request.exec_shell else words.SHELL_OFF)

    def try_message(self) -> None:
        """Allow a real message and check again."""
        self.request = replace(self.request, send_message=True)
        self.start()

    # Changes. Files are read and written in a thread, one thing at a time.

    @work(group="plan", exclusive=True, exit_on_error=False)
    async def open_fix(self, ranked: Ranked, remedy: Remedy) -> None:
        """Show what a remedy would do."""
        journey = self.journey
        journey.choose(ranked, remedy)
        self.go(FIX)
        if remedy.edits and journey.session:
            try:
                plan = await asyncio.to_thread(journey.session.plan, ranked.finding.code, remedy)
            except Exception as error:
                journey.refusal = _reason(error)
            else:
                if journey.remedy is remedy:
                    journey.plan = plan
            self.screen.post_message(Progress())

    @work(group="write", exit_on_error=False)
    async def apply(self) -> None:
        """Write the plan that is on the screen, then check again."""
        journey = self.journey
        session, plan = journey.session, journey.plan
        if session is None or plan is None or journey.busy:
            return
        await self._write(lambda: session.apply(plan), undone=False)

    @work(group="write", exit_on_error=False)
    async def undo(self, asked: bool = False) -> None:
        """Take back the last change, then check again; one from an earlier day only after a question."""
        journey = self.journey
        session, change = journey.session, journey.undoable
        if session is None or change is None:
            self.flash(words.NOTHING_TO_UNDO)
        elif journey.busy or self.running:
            self.flash(words.BUSY_RUNNING)
        elif asked or journey.own(change):
            await self._write(lambda: session.undo(change.id), undone=True)
        else:
            from tui.screens.page import Question

            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(change.when))
            text = words.UNDO_ASK.format(file=change.shown, when=when)
            await self.push_screen(Question(text), lambda yes: self._undo_asked(bool(yes)))

    def _undo_asked(self, yes: bool) -> None:
        if yes:
            self.undo(asked=True)

    async def _write(self, act: Callable[[], Change], undone: bool) -> None:
        journey = self.journey
        change = await self.write(act)
        if isinstance(change, str):
            journey.refusal = change
            journey.plan = None if not undone else journey.plan
            self.flash(change, bad=True)
            self.screen.post_message(Progress())
            return
        journey.did(change, undone)
        journey.plan = None
        self._begin(keep_was=True)
        self.go(PROOF)

    async def write(self, act: Callable[[], Change]) -> Change | str:
        """Write a change, or take one back, in a thread. A sentence where that was refused."""
        journey = self.journey
        journey.busy = True
        try:
            change = await asyncio.to_thread(act)
            if journey.session:
                journey.changes = await asyncio.to_thread(journey.session.changes)
        except Exception as error:
            return _reason(error)
        finally:
            journey.busy = False
        return change

    def save(self, form: str) -> str:
        """Write the report; return its place."""
        if self.journey.session is None:
            raise OSError(words.NO_REPORT)
        self.journey.report = self.journey.session.save(form)
        return self.journey.report


def _reason(error: Exception) -> str:
    from tui.terms import reason

    return reason(error)
