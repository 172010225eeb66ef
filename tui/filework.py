"""The commands about files: ``undo``, ``edit``, ``where``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from tui.core import knowledge
from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation, guess
from tui.core.request import Request
from tui.core.secret import Secret
from tui.core.session import Session
from tui.core.world import this_world


def undo(options: argparse.Namespace) -> int:
    """List changes, revert one, or make one again."""
    session = Session(Request("."), this_world())
    for sentence in session.recover():
        print(sentence, file=sys.stderr)
    if options.list:
        for change in session.changes():
            mark = "undone" if change.undone else "made  "
            print(f"{change.id}  {mark}  {change.shown}  {change.summary or change.code}")
        if not session.changes():
            print("No change was ever made.")
        return 0
    try:
        change = session.redo(options.id) if options.redo else session.undo(options.id)
    except Refused as refusal:
        print(str(refusal), file=sys.stderr)
        return 1
    print(f"{'Made again' if options.redo else 'Undone'}: {change.shown} ({change.summary or change.code})")
    return 0


def edit(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """One edit, through the same diff, backup and journal as every other."""
    from tui.commands import agreed
    from tui.core.repair.plan import make_plan

    world = this_world()
    op = EditOp(options.op)
    notation = kind_of(options, parser)
    address = address_of(options.name, notation, parser) if op is not EditOp.TO_STRICT_JSON else ()
    path = os.path.abspath(options.file)
    change = Edit(path, world.shown(path), op, address, value_of(options, op, address, parser), options.line)
    session = Session(Request("."), world)
    remedy = Remedy("edit", f"{op} {'.'.join(address)}".strip(), Applicability.SAFE, (change,))
    try:
        plan = make_plan(
            remedy,
            "edit",
            is_secret=session.known.is_secret,
            running=world.processes,
            notation=notation,
            home=world.home,
        )
        print(plan.diff, end="")
        if options.dry_run:
            return 0
        if not options.yes and not agreed("Apply this change?"):
            return 1
        made = session.apply(plan)
    except Refused as refusal:
        print(f"unsnarl: {refusal}", file=sys.stderr)
        return 0 if refusal.reason == "no-change" else 1
    print(f"Saved. Take it back with: unsnarl undo {made.id}", file=sys.stderr)
    return 0


def kind_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Notation:
    """The notation: as said, or by the file's name."""
    if options.kind:
        try:
            return Notation(options.kind)
        except ValueError:
            parser.error(f"--kind: {options.kind!r} is none of {', '.join(Notation)}")
    found = guess(options.file)
    if found is None:
        parser.error(f"edit: how {options.file} is written cannot be told from its name; say --kind")
    return found


def address_of(name: str | None, notation: Notation, parser: argparse.ArgumentParser) -> tuple[str, ...]:
    """The variable's name, or the path of keys."""
    if not name:
        parser.error("edit: which NAME?")
    if not notation.is_json:
        return (name,)
    if name.startswith("["):
        try:
            keys = json.loads(name)
        except ValueError:
            parser.error(f"edit: {name} is not a JSON array")
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            parser.error(f"edit: {name} is not a JSON array of texts")
        return tuple(keys)
    return tuple(name.split("."))


def value_of(options: argparse.Namespace, op: EditOp, address: tuple[str, ...], parser: argparse.ArgumentParser) -> Any:
    """The new value or name. From standard input one final newline is dropped."""
    if op not in (EditOp.SET, EditOp.RENAME):
        return None
    text = options.value
    if text is None:
        parser.error(f"edit: {op} needs a {'VALUE' if op is EditOp.SET else 'NEW name'}")
    if text == "-":
        text = sys.stdin.read()
        text = text.removesuffix("\n").removesuffix("\r")
    if op is EditOp.RENAME:
        return text
    if options.json_value:
        try:
            return json.loads(text)
        except ValueError as error:
            parser.error(f"edit: VALUE is not JSON: {error}")
    return Secret(text) if knowledge.load().is_secret(address[-1]) else text


def where(options: argparse.Namespace, request: Request) -> int:
    """List what is read and written, or delete the backups."""
    world = this_world()
    session = Session(request, world)
    if options.delete_backups:
        print(f"Deleted the backups of {session.delete_backups()} changes.")
        return 0
    print("Reads:")
    for path, exists in session.outlook().files:
        print(f"  {'exists ' if exists else 'missing'}  {path}")
    print("Writes (only after a yes, with a backup): the files above that a remedy names, and")
    print(f"  {world.shown(world.state)}  journal, backups, key of the fingerprints")
    return 0
