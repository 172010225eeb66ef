"""The command line: words in, options out. What the commands do is in ``tui.commands``."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from pathlib import Path

import tui
from tui.core.model import ClientName, Context
from tui.core.request import Detour, Request

FORMATS = ("text", "json", "jsonl", "markdown", "html", "junit")


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code (the contract: 0, 1, 2, 3, 130)."""
    if sys.stdout is None:  # closed by the caller: the exit code still answers
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - it lives as long as the process
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            return _run(argv)
        finally:
            sys.stdout.flush()  # here, so that a reader who has gone is met here and not when Python ends
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Nobody reads any more: end quietly, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else 1


def _run(argv: list[str] | None) -> int:
    parser = make_parser()
    options = parser.parse_args(argv)
    if options.command is None:
        from tui.launch import wizard

        return wizard(request_of(options, parser), options.plain)
    if options.command == "settings":
        from tui import listing

        return listing.settings(options, request_of(options, parser))
    from tui import commands

    return commands.run(options, parser)


def make_parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    parser = argparse.ArgumentParser(
        prog="unsnarl",
        description="Finds and mends what stands between you and the Claude API. Without a command: the wizard.",
        epilog="Exit codes: 0 healthy or fixed, 1 a cause was found, 2 usage, 3 could not tell, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"unsnarl {tui.__version__}")
    parser.add_argument("--plain", action="store_true", help="plain lines and prompts instead of screens")
    add_run_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    check = commands.add_parser("check", help="survey, probe, diagnose; print the verdict; never writes")
    add_run_options(check)
    add_output_options(check)

    fix = commands.add_parser("fix", help="check, then apply remedies and prove them")
    fix.add_argument("codes", nargs="*", metavar="CODE", help="causes to fix (default: the root cause)")
    fix.add_argument("--dry-run", action="store_true", help="show the diffs only")
    fix.add_argument("--yes", action="store_true", help="write without asking")
    fix.add_argument("--accept-choice", action="store_true", help="also take the first remedy that is a choice")
    add_run_options(fix)
    add_output_options(fix)

    undo = commands.add_parser("undo", help="revert the last change, or the named one")
    undo.add_argument("id", nargs="?", metavar="ID")
    undo.add_argument("--list", action="store_true", help="list all changes")
    undo.add_argument("--redo", action="store_true", help="make an undone change again")

    edit = commands.add_parser("edit", help="one lossless edit of a file, with diff, backup and undo")
    edit.add_argument("file", metavar="FILE")
    edit.add_argument("op", choices=("set", "unset", "rename", "comment", "to-strict-json"))
    edit.add_argument("name", nargs="?", metavar="NAME", help="variable; in JSON a dotted path or a JSON array")
    edit.add_argument("value", nargs="?", metavar="VALUE|NEW", help="- reads standard input")
    edit.add_argument("--kind", help="how the file is written, if its name does not tell")
    edit.add_argument("--json-value", action="store_true", help="take VALUE as JSON")
    edit.add_argument("--line", type=int, help="the line of the assignment to edit")
    edit.add_argument("--dry-run", action="store_true", help="show the diff only")
    edit.add_argument("--yes", action="store_true", help="write without asking")

    settings = commands.add_parser("settings", help="every setting found, where it stands, and which one wins")
    settings.add_argument("names", nargs="*", metavar="NAME")
    settings.add_argument("--json", action="store_true", help="as JSON")
    settings.add_argument("--reveal", action="store_true", help="show secrets")
    settings.add_argument("--file", metavar="FILE", help="read only this file and list all its names")
    settings.add_argument("--export", choices=("sh", "fish", "powershell"), help="print what is in force as commands")
    add_run_options(settings)

    explain = commands.add_parser("explain", help="the page of a cause, or the list of all")
    explain.add_argument("code", nargs="?", metavar="CODE")

    report = commands.add_parser("report", help="render a saved session in another format")
    report.add_argument("file", metavar="FILE")
    add_output_options(report)

    replay = commands.add_parser("replay", help="play a saved session in the screens (not yet)")
    replay.add_argument("file", metavar="FILE")

    where = commands.add_parser("where", help="every file and folder that unsnarl reads or writes")
    where.add_argument("--delete-backups", action="store_true", help="delete the backups of all changes")
    add_run_options(where)
    return parser


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """The options of a run; a command's own place for them does not overwrite what stood before the command."""
    keep = argparse.SUPPRESS
    group = parser.add_argument_group("the run")
    group.add_argument("--project", metavar="DIR", default=keep, help="where the client is started (default: here)")
    group.add_argument("--no-dotenv", action="store_true", default=keep, help="SDKs: the program loads no .env")
    group.add_argument(
        "--client", metavar="NAME[@VERSION]", default=keep, help="claude-code, python-sdk, typescript-sdk"
    )
    group.add_argument("--context", choices=[str(c) for c in Context], default=keep, help="which environment counts")
    group.add_argument("--symptom", metavar="TEXT", default=keep, help="the message you saw; - reads standard input")
    group.add_argument("--offline", action="store_true", default=keep, help="send nothing")
    group.add_argument("--send-message", action="store_true", default=keep, help="allow real, tiny messages")
    group.add_argument("--exec-helper", action="store_true", default=keep, help="allow running apiKeyHelper")
    group.add_argument("--exec-shell", action="store_true", default=keep, help="allow starting the login shell")
    group.add_argument("--no-canary", action="store_true", default=keep, help="contact no well-known hosts")
    group.add_argument("--connect-to", action="append", metavar="H1:P1:H2:P2", default=keep, help="as curl's")
    group.add_argument("--timeout", type=float, metavar="SECONDS", default=keep, help="for one probe (default 4)")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Where and how the result is written."""
    group = parser.add_argument_group("the result")
    group.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    group.add_argument("--output", metavar="FILE", help="write there instead of standard output")
    group.add_argument("--save", metavar="FILE", help="also save the session (JSON)")


def request_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Request:
    """Make a request of the options; ends with exit code 2 and a sentence where they make no sense."""
    project = Path(getattr(options, "project", None) or ".")
    if not project.is_dir():
        parser.error(f"--project: {project} is not a directory")
    name, version = _client(getattr(options, "client", None), parser)
    timeout = getattr(options, "timeout", 4.0)
    if not 0.1 <= timeout <= 600:
        parser.error("--timeout: give seconds from 0.1 to 600")
    context = Context(getattr(options, "context", "terminal"))
    symptom = getattr(options, "symptom", None) or ""
    return Request(
        project=os.path.abspath(project),
        client=name,
        version=version,
        context=context,
        dotenv=not getattr(options, "no_dotenv", False),
        symptom=sys.stdin.read(65536) if symptom == "-" else symptom,
        offline=getattr(options, "offline", False),
        send_message=getattr(options, "send_message", False),
        exec_helper=getattr(options, "exec_helper", False),
        exec_shell=getattr(options, "exec_shell", False),
        canaries=not getattr(options, "no_canary", False),
        detours=tuple(_detour(text, parser) for text in getattr(options, "connect_to", None) or ()),
        timeout=timeout,
    )


def _client(text: str | None, parser: argparse.ArgumentParser) -> tuple[ClientName | None, str]:
    if text is None:
        return None, ""
    name, _, version = text.partition("@")
    if name not in list(ClientName):
        parser.error(f"--client: {name!r} is none of {', '.join(ClientName)}")
    if "@" in text and not re.match(r"\d+(\.\d+)*(?![\w.])", version):
        parser.error(f"--client: {version!r} is no version; write NAME@1.2.3")
    return ClientName(name), version


def _detour(text: str, parser: argparse.ArgumentParser) -> Detour:
    parts = text.split(":")
    ports = parts[1::2]
    if len(parts) != 4 or not all(p == "" or (p.isdecimal() and int(p) <= 65535) for p in ports):
        parser.error(f"--connect-to: write HOST1:PORT1:HOST2:PORT2, not {text!r}")
    return Detour(parts[0], int(parts[1] or 0), parts[2], int(parts[3] or 0))
