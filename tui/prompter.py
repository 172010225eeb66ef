"""The five steps as numbered prompts on plain lines: the wizard for screen readers, logs and plain terminals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TextIO

from tui import terms, words
from tui.core.events import StageFinished
from tui.core.model import Ranked, Remedy, Role
from tui.core.repair.model import Refused
from tui.core.report import provenance_text
from tui.hunk import count
from tui.journey import Journey, Run
from tui.plain import answer_lines, diff_lines, row_line
from tui.sessions import Session

PATIENCE = 3.0  # seconds without an event after which a line says what is waited for


class Quit(Exception):
    """The person is done, or the input has ended."""


Act = Callable[[], None]


class Prompter:
    """Asks and answers. Each step prints what it knows, then offers its choices."""

    def __init__(self, session: Session, stdin: TextIO, stdout: TextIO) -> None:
        self.stdin, self.stdout = stdin, stdout
        self.session = session
        self.journey = Journey(session=session, changes=session.changes())
        self.next: Act = self.look

    def walk(self) -> int:
        """Take step after step until there is none."""
        try:
            while True:
                self.next()
        except (Quit, KeyboardInterrupt):
            self.say("", *terms.farewell(self.journey))
        return self.journey.exit_code

    def say(self, *lines: str) -> None:
        """Print lines at once; whoever listens hears them now."""
        for line in lines:
            print(line, file=self.stdout)
        self.stdout.flush()

    def ask(self, question: str) -> str:
        """Print a question and read one line."""
        print(question, end="", file=self.stdout, flush=True)
        answer = self.stdin.readline()
        if not answer:
            self.say("", words.PLAIN_NOTHING_MORE)
            raise Quit
        return answer.strip()

    def offer(self, choices: list[tuple[str, str, Act]]) -> None:
        """Offer numbered choices; each may also have a letter. The chosen one decides what comes next."""
        letters = {key: act for key, _, act in choices if key}
        self.say("")
        for number, (key, label, _) in enumerate(choices, 1):
            self.say(f"  {number}  {label}" + (f"  ({key})" if key else ""))
        while True:
            answer = self.ask(words.PLAIN_CHOOSE).lower() or "1"
            if answer in letters:
                letters[answer]()
                return
            if answer.isdecimal() and 1 <= int(answer) <= len(choices):
                choices[int(answer) - 1][2]()
                return
            self.say(words.PLAIN_NOT_A_CHOICE)

    def title(self, number: int) -> None:
        """Say which step this is."""
        self.say("", words.PLAIN_STEP.format(number=number + 1, name=words.STEPS[number]), "")

    def look(self) -> None:
        """Step 1."""
        self.title(0)
        outlook = self.session.outlook()
        there = [f"  {shown}" for shown, exists in outlook.files if exists]
        absent = ", ".join(shown for shown, exists in outlook.files if not exists)
        self.say(words.WELCOME, "", words.WILL_READ, *there, f"  {words.ENVIRONMENT}")
        if absent:
            self.say(f"  {words.ABSENT.format(files=absent)}")
        self.say("", words.WILL_CONTACT, *(f"  {host}" for host in outlook.hosts), *outlook.notes)
        consent = words.MESSAGE_YES if self.session.request.send_message else words.MESSAGE_NO
        shell = words.SHELL_YES if self.session.request.exec_shell else words.SHELL_NO
        self.offer(
            [
                ("", words.START, self.check),
                ("m", f"{words.MESSAGE_ASK} ({consent})", self.consent),
                ("l", f"{words.SHELL_ASK} ({shell})", self.shell),
                ("s", words.SYMPTOM_ASK, self.symptom),
                *self.common(),
            ]
        )

    def consent(self) -> None:
        """Allow a real message, or no longer."""
        request = self.session.request
        self.session.request = replace(request, send_message=not request.send_message)
        self.say(words.MESSAGE_OFF if request.send_message else words.MESSAGE_ON)

    def shell(self) -> None:
        """Allow starting the login shell, or no longer."""
        request = self.session.request
        self.session.request = replace(request, exec_shell=not request.exec_shell)
        self.say(words.SHELL_OFF if request.exec_shell else words.SHELL_ON)

    def symptom(self) -> None:
        """Take the message that the person saw."""
        self.session.request = replace(self.session.request, symptom=self.ask(words.PLAIN_SYMPTOM))

    def common(self) -> list[tuple[str, str, Act]]:
        """What is possible at every step."""
        undo = [("u", words.UNDO_THIS, self.undo)] if self.journey.undoable else []
        report = [("x", words.PLAIN_SAVE, self.report)] if self.journey.run.over else []
        return [*report, *undo, ("", words.PLAIN_SETTINGS, self.settings), ("q", words.PLAIN_QUIT, self.leave)]

    def settings(self) -> None:
        """Print every setting, its places, and who gets which."""
        try:
            found = asyncio.run(self.session.inventory())
        except Exception as error:  # a fault of ours is an answer, not the end
            self.say(words.BROKE.format(error=type(error).__name__))
            return
        self.say("", provenance_text.render(found.ordered(), found.facts.client, found.facts.context))

    def leave(self) -> None:
        """Quit."""
        raise Quit

    def check(self) -> None:
        """Step 2."""
        self.title(1)
        self.play(keep_was=False)
        self.next = self.cause

    def play(self, keep_was: bool) -> None:
        """Run, and print each row as it ends; Ctrl+C keeps what there is."""
        run = self.journey.begin(keep_was)
        self.say(words.PLAIN_STOP)
        try:
            asyncio.run(self._play(run))
        except KeyboardInterrupt:
            run.stop()
            self.say(words.STOPPED)
        except Exception as error:  # a fault of ours is an answer, not the end
            run.stop(words.BROKE.format(error=type(error).__name__))
        if not run.over:
            run.stop(words.BROKE.format(error=words.NO_ANSWER))

    async def _play(self, run: Run) -> None:
        loop = asyncio.get_running_loop()
        async with aclosing(self.session.run()) as events:
            coming = asyncio.ensure_future(anext(events))
            try:
                while True:
                    done, _ = await asyncio.wait({coming}, timeout=PATIENCE)
                    if not done:
                        self._waiting(run, loop.time())
                        continue
                    try:
                        event = coming.result()
                    except StopAsyncIteration:
                        return
                    run.fold(event, loop.time())
                    if isinstance(event, StageFinished):
                        self.say(row_line(event))
                    coming = asyncio.ensure_future(anext(events))
            finally:
                coming.cancel()
                await asyncio.wait({coming})

    def _waiting(self, run: Run, now: float) -> None:
        for row in run.ordered:
            if row.running:
                self.say("  " + words.PROBE_WAIT.format(about=row.about, seconds=int(now - row.began)))

    def cause(self) -> None:
        """Step 3."""
        self.title(2)
        journey, ranked = self.journey, self.journey.finding
        self.say(*answer_lines(journey.run, ranked))
        choices: list[tuple[str, str, Act]] = []
        for remedy in ranked.finding.remedies if ranked else ():
            choices.append(("", remedy.title, lambda r=remedy: self.fix(ranked, r)))  # type: ignore[misc]
        others = [r for r in (journey.run.root, *journey.run.of(Role.INDEPENDENT)) if r and r is not ranked]
        for other in others:
            choices.append(("", words.ALSO.format(title=other.finding.title), lambda o=other: self.turn(o)))  # type: ignore[misc]
        if ranked:
            choices.append(("d", words.PLAIN_DETAILS, lambda: self.say(self.session.explain(ranked.finding.code))))
        elif not self.session.request.send_message:
            choices.append(("m", words.TRY_MESSAGE, self.try_message))
        self.offer([*choices, ("r", words.AGAIN, self.again), *self.common()])

    def turn(self, other: Ranked) -> None:
        """Look at another finding."""
        self.journey.chosen = other

    def again(self) -> None:
        """Check again."""
        self.next = self.check

    def try_message(self) -> None:
        """Allow a real message and check again."""
        self.consent()
        self.again()

    def fix(self, ranked: Ranked | None, remedy: Remedy) -> None:
        """Step 4."""
        if ranked is None:
            return
        self.title(3)
        self.journey.choose(ranked, remedy)
        self.say(remedy.title)
        if remedy.edits:
            self.edit(ranked, remedy)
            return
        self.say("", words.RUN_YOURSELF if remedy.commands else words.ASK_OWNER, "")
        self.say(*(f"    {line}" for line in (*remedy.commands, *remedy.steps)))
        self.say(*words.reopen(remedy.reopen))
        label = words.RAN if remedy.commands else words.AGAIN
        self.offer([("", words.BACK, lambda: None), ("r", label, self.again), *self.common()])

    def edit(self, ranked: Ranked, remedy: Remedy) -> None:
        """Show a change and apply it on a y."""
        try:
            plan = self.session.plan(ranked.finding.code, remedy)
        except (Refused, OSError) as error:
            self.say(terms.reason(error), words.UNTOUCHED)
            return
        for file in plan.files:
            self.say("", f"{file.shown}: {words.change(*count(file.diff), new=file.before is None)}")
            self.say(*diff_lines(file.diff), *file.notes)
        self.say("", f"{words.RISK}: {terms.APPLICABILITIES[remedy.applicability]}")
        self.say(f"{words.BACKUP}: {words.BACKUP_KEPT}")
        self.say(*words.reopen(remedy.reopen))
        answer = ""
        while answer not in ("y", "yes", "n", "no"):
            answer = self.ask(words.PLAIN_APPLY).lower()
            if answer not in ("y", "yes", "n", "no"):
                self.say(words.PLAIN_YES_OR_NO)
        if answer in ("n", "no"):
            self.say(words.UNTOUCHED)
            return
        try:
            change = self.session.apply(plan)
        except (Refused, OSError) as error:
            self.say(terms.reason(error))
            return
        self.journey.did(change)
        self.say(words.SAVED.format(file=change.shown))
        self.next = self.proof

    def proof(self) -> None:
        """Step 5."""
        self.title(4)
        self.journey.changes = self.session.changes()
        self.play(keep_was=True)
        was, now = self.journey.was, self.journey.run
        self.say("", terms.answer(now, was, self.journey.undone is not None))
        if was:
            self.say(words.PLAIN_WAS.format(text=terms.headline(was)))
        self.say(words.PLAIN_NOW.format(text=terms.headline(now)))
        remedy = self.journey.remedy
        self.say(*words.reopen(remedy.reopen if remedy and not self.journey.undone else ()))
        self.next = self.cause
        if now.root is None:
            self.offer([("q", words.QUIT, self.leave), ("r", words.AGAIN, self.again), *self.common()[:-1]])

    def undo(self) -> None:
        """Take back the last change and look again."""
        try:
            change = self.session.undo()
        except (Refused, OSError) as error:
            self.say(terms.reason(error))
            return
        self.journey.did(change, undone=True)
        self.say(words.UNDONE.format(file=change.shown))
        self.next = self.proof

    def report(self) -> None:
        """Save the report and say where."""
        try:
            self.journey.report = self.session.save("markdown")
        except (Refused, OSError) as error:
            self.say(terms.reason(error))
        else:
            self.say(words.REPORT.format(place=self.journey.report))
