"""The same events as plain lines, and the same five steps as numbered prompts: for pipes, logs, screen readers and
terminals that can do no more. It loads no Textual and knows no colour codes unless it is asked for them."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

from tui import terms, words
from tui.core.events import RunEvent, StageFinished, Status
from tui.core.model import Ranked, Role, Severity
from tui.hunk import parse
from tui.journey import Run
from tui.sessions import Session

_CODES = {Severity.BLOCKING: "\x1b[1;31m", Severity.DEGRADING: "\x1b[1;33m", Severity.NOTE: "\x1b[1m"}


def screen_possible(environ: dict[str, str] | None = None) -> bool:
    """True where full screens can be shown: a terminal on both sides that is more than a typewriter."""
    environ = dict(os.environ) if environ is None else environ
    if environ.get("TERM", "").lower() == "dumb":
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__))


def render(events: Iterable[RunEvent], colour: bool = False, width: int = 0) -> str:
    """A whole run as lines: verdict, cause, evidence, remedies, what else. ``width`` wraps; 0 leaves that to others."""
    run = Run()
    for event in events:
        run.fold(event)
    return "\n".join(answer_lines(run, run.root, colour, width)) + "\n"


def answer_lines(run: Run, ranked: Ranked | None, colour: bool = False, width: int = 0) -> list[str]:
    """The answer of a run, or one of its findings."""
    page = _Page(width)
    done = run.finished
    title = terms.VERDICTS[done.verdict] if done else terms.headline(run)
    page.add(_painted(title, ranked.finding.severity if ranked else None, colour))
    if ranked:
        _cause(page, run, ranked)
    elif done:
        page.add(done.summary)
    failed = [row for row in run.ordered if row.status in (Status.FAIL, Status.WARN) and not row.comparison]
    if failed and not ranked:
        page.group(words.FAILED_ROWS, (f"{terms.STAGES[row.stage]}: {row.detail or row.about}" for row in failed))
    page.group(words.NOTES, (r.finding.title for r in run.of(Role.NOTE)))
    if done and (ranked is None or done.untested):
        page.group(words.TESTED, done.tested if ranked is None else ())
        page.group(words.UNTESTED, done.untested)
    return page.lines


def _cause(page: _Page, run: Run, ranked: Ranked) -> None:
    finding = ranked.finding
    page.add(
        f"{finding.title}  [{finding.code}]",
        f"{terms.SEVERITIES[finding.severity].lower()}, {terms.CONFIDENCES[finding.confidence]}",
    )
    if finding.explanation:
        page.add("", finding.explanation)
    evidence = []
    for item in finding.evidence:
        where = f" ({item.origin})" if item.origin else ""
        seen = f": {item.seen}" if item.seen and item.seen != item.claim else ""
        evidence.append(f"{item.claim}{where}{seen}")
    page.group(words.WHY, evidence, numbered=True)
    if ranked.role is Role.ROOT:
        page.group(words.EXPLAINS, (other.finding.title for other in run.explained_by(finding.code)))
        page.group(words.ALSO_FOUND, (f"{o.finding.title}  [{o.finding.code}]" for o in run.of(Role.INDEPENDENT)))
    remedies = []
    for remedy in finding.remedies:
        remedies.append(f"{remedy.title} ({terms.APPLICABILITIES[remedy.applicability]})")
        remedies += [f"    {line}" for line in (*remedy.commands, *remedy.steps, *words.reopen(remedy.reopen))]
    page.group(words.SUGGEST, remedies)


def _painted(text: str, severity: Severity | None, colour: bool) -> str:
    return f"{_CODES[severity]}{text}\x1b[0m" if colour and severity is not None else text


class _Page:
    """Lines as they are collected."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def add(self, *texts: str) -> None:
        """Add lines, wrapped where a width is known."""
        for text in texts:
            lead = text[: len(text) - len(text.lstrip())]
            wrapped = textwrap.wrap(text, self.width, subsequent_indent=lead) if self.width else [text]
            self.lines += wrapped or [""]

    def group(self, title: str, texts: Iterable[str], numbered: bool = False) -> None:
        """Add a title and its lines; nothing if there are none."""
        items = list(texts)
        if items:
            self.add("", title)
            self.add(*(f"  {n}. {text}" if numbered else f"  {text}" for n, text in enumerate(items, 1)))


def row_line(event: StageFinished) -> str:
    """One finished row, readable aloud."""
    time = f", {words.seconds(event.ms)}" if event.ms is not None else ""
    word = terms.STATUSES[event.status]
    line = words.PLAIN_ROW.format(word=word, name=terms.STAGES[event.stage], about=event.about, time=time)
    return f"  {line}" + (f". {event.detail}" if event.detail and event.status in (Status.FAIL, Status.WARN) else "")


def diff_lines(diff: str) -> list[str]:
    """A diff that makes sense when it is read aloud."""
    forms = {"-": words.PLAIN_GOES, "+": words.PLAIN_COMES, " ": words.PLAIN_STAYS}
    return [forms[line.sign].format(number=line.number, text=line.text) if line else "  …" for line in parse(diff)]


def run_plain(session: Session, stdin: TextIO, stdout: TextIO) -> int:
    """Walk the five steps as numbered prompts; return the exit code of the contract."""
    from tui.prompter import Prompter  # a check never asks

    return Prompter(session, stdin, stdout).walk()
