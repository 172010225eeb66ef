"""What each command does, without a screen: sessions run, documents printed, changes made after a yes."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from enum import Enum
from pathlib import Path

from tui.cli import request_of
from tui.core.events import RunFinished
from tui.core.model import Applicability, Finding, Remedy, Role, Verdict
from tui.core.report import formats
from tui.core.request import Request
from tui.core.session import Session
from tui.core.world import this_world

EXIT = {Verdict.HEALTHY: 0, Verdict.DEGRADED: 0, Verdict.BROKEN: 1, Verdict.UNKNOWN: 3}
ROUNDS = 6
"""Faults stack, but not without end: after this many fixes ``fix`` stops and says where it stands."""


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Run the command that the options name; returns its exit code."""
    match options.command:
        case "check":
            return check(options, request_of(options, parser), parser)
        case "fix":
            return fix(options, request_of(options, parser), parser)
        case "explain":
            return explain(options.code, parser)
        case "report":
            return report(options, parser)
        case "replay":
            parser.error("replay: not yet")
    from tui import filework

    match options.command:
        case "undo":
            return filework.undo(options)
        case "edit":
            return filework.edit(options, parser)
        case "where":
            return filework.where(options, request_of(options, parser))
    return 2  # pragma: no cover - argparse knows no other command


class Outcome(Enum):
    """What became of a remedy."""

    WRITTEN = "written"
    DECLINED = "declined"
    REFUSED = "refused"


async def finish(session: Session) -> RunFinished:
    """Run a session to its end."""
    finished = None
    async for event in session.run():
        if isinstance(event, RunFinished):
            finished = event
    assert finished is not None
    return finished


def check_once(request: Request) -> int:
    """Check and print as text: what remains of the wizard where there is no terminal."""
    session = Session(request, this_world())
    finished = asyncio.run(finish(session))
    sys.stdout.write(session.export("text"))
    return EXIT[finished.verdict]


def check(options: argparse.Namespace, request: Request, parser: argparse.ArgumentParser) -> int:
    """Survey, probe, diagnose, print."""
    refuse_later_formats(options.format, parser)
    session = Session(request, this_world())
    finished = asyncio.run(finish(session))
    write_result(session, options)
    return EXIT[finished.verdict]


def fix(options: argparse.Namespace, request: Request, parser: argparse.ArgumentParser) -> int:
    """Check, apply, check again, until nothing is left that may be applied."""
    from tui.core.rules import BY_CODE

    refuse_later_formats(options.format, parser)
    for code in options.codes:
        if code not in BY_CODE:
            parser.error(f"{code!r} is no cause; “unsnarl explain” lists them all")
    session = Session(request, this_world())
    for sentence in session.recover():
        print(sentence, file=sys.stderr)
    done: set[tuple[str, str]] = set()
    finished = asyncio.run(finish(session))
    for _ in range(ROUNDS):
        choice = pick(finished, options, done)
        if choice is None:
            break
        finding, remedy = choice
        done.add((finding.code, remedy.id))
        outcome = apply(session, finding, remedy, options)
        if outcome is Outcome.DECLINED:
            break
        if outcome is Outcome.WRITTEN:
            finished = asyncio.run(finish(session))
    prove_commands(session, finished)
    write_result(session, options)
    return EXIT[finished.verdict]


def prove_commands(session: Session, finished: RunFinished) -> None:
    """Where only the user can act, say whether the commands would mend it: by a run in the environment they make."""
    root = next((item.finding for item in finished.ranked if item.role is Role.ROOT), None)
    ways = root.remedies if root else ()
    remedy = next((r for r in ways if r.commands and r.environment and not r.edits), None)
    if remedy is None:
        return
    proof = asyncio.run(finish(session.with_environment(remedy)))
    works = proof.verdict in (Verdict.HEALTHY, Verdict.DEGRADED)
    answer = "Tested: after it everything works." if works else f"Tested: after it the next thing is: {proof.summary}"
    lines = [f"  {command}" for command in remedy.commands]
    print("\n".join([f"{remedy.title}: only you can do this, in this terminal:", *lines, answer]), file=sys.stderr)


def pick(
    finished: RunFinished, options: argparse.Namespace, done: set[tuple[str, str]]
) -> tuple[Finding, Remedy] | None:
    """The next finding and remedy that may be applied."""
    lowest = Applicability.CHOICE if options.accept_choice else Applicability.SAFE
    for item in finished.ranked:
        wanted = item.finding.code in options.codes if options.codes else item.role is Role.ROOT
        if not wanted:
            continue
        for remedy in item.finding.remedies:
            if remedy.edits and remedy.applicability >= lowest and (item.finding.code, remedy.id) not in done:
                return item.finding, remedy
    return None


def apply(session: Session, finding: Finding, remedy: Remedy, options: argparse.Namespace) -> Outcome:
    """Show the diff, ask, write. What is refused leaves the way free for the next remedy."""
    from tui.core.repair.model import Refused

    try:
        plan = session.plan(finding.code, remedy)
    except Refused as refusal:
        print(f"{remedy.title}: {refusal}", file=sys.stderr)
        return Outcome.REFUSED
    print(f"{finding.title}\n{remedy.title}\n{plan.diff}", file=sys.stderr, end="")
    for file in plan.files:
        for note in file.notes:
            print(f"Note: {note}", file=sys.stderr)
    if options.dry_run or not (options.yes or agreed("Apply this change?")):
        return Outcome.DECLINED
    try:
        change = session.apply(plan)
    except Refused as refusal:
        print(str(refusal), file=sys.stderr)
        return Outcome.REFUSED
    print(f"Saved. Take it back with: unsnarl undo {change.id}", file=sys.stderr)
    if remedy.commands:
        print("This terminal still has the old value. Open a new one, or run here:", file=sys.stderr)
        print("\n".join(f"  {command}" for command in remedy.commands), file=sys.stderr)
    return Outcome.WRITTEN


def agreed(question: str) -> bool:
    """Ask on a terminal; without one the answer is no."""
    if not sys.stdin.isatty():
        print("No terminal to ask on: nothing was written. Say --yes to write.", file=sys.stderr)
        return False
    print(f"{question} [y/N] ", file=sys.stderr, end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def explain(code: str | None, parser: argparse.ArgumentParser) -> int:
    """Print the page of a cause, or one line for each."""
    from tui.core.rules import BY_CODE, RULES

    if code is None:
        width = max(len(rule.code) for rule in RULES)
        for rule in RULES:
            print(f"{rule.code:<{width}}  {rule.title}")
        return 0
    if code not in BY_CODE:
        parser.error(f"{code!r} is no cause; “unsnarl explain” lists them all")
    print(Session(Request("."), this_world()).explain(code), end="")
    return 0


def report(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Render a saved session."""
    refuse_later_formats(options.format, parser)
    try:
        session = json.loads(Path(options.file).read_text("utf-8"))
        if not isinstance(session, dict) or not str(session.get("schema", "")).startswith("unsnarl.session/"):
            raise ValueError("it is not a session that unsnarl saved")
        text = formats.render(session, options.format)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        parser.error(f"report: {options.file} cannot be read: {error}")
    deliver(text, options.output)
    return 0


def refuse_later_formats(form: str, parser: argparse.ArgumentParser) -> None:
    """End with exit code 2 for formats that are not made yet."""
    if form in formats.LATER:
        parser.error(f"--format {form}: not yet")


def write_result(session: Session, options: argparse.Namespace) -> None:
    """Print the session, and save it where asked."""
    document = session.document()
    if options.save:
        deliver(formats.render(document, "json"), options.save)
    deliver(formats.render(document, options.format), options.output)


def deliver(text: str, path: str | None) -> None:
    """Write to a file (0600) or to standard output."""
    if path is None:
        sys.stdout.write(text)
        return
    import os

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        print(f"unsnarl: {path} cannot be written: {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from error
