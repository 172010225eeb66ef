"""From a remedy to what it would change: nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tui.core.model import Edit, EditOp, Remedy
from tui.core.repair import blocks, caution, files, managers, syntax
from tui.core.repair.diff import masked_diff
from tui.core.repair.editor import change
from tui.core.repair.masking import IsSecret, looks_secret
from tui.core.repair.model import FilePlan, Plan, Refused
from tui.core.repair.notation import Notation, guess
from tui.core.secret import Secret

Running = Callable[[], tuple[str, ...]]

_VERBS = {
    EditOp.SET: "set",
    EditOp.UNSET: "remove",
    EditOp.RENAME: "rename",
    EditOp.COMMENT: "comment out",
    EditOp.EXPORT: "export",
    EditOp.TO_STRICT_JSON: "turn into strict JSON",
}


@dataclass(slots=True)
class _Draft:
    """A file while edits pile up on it."""

    snapshot: files.Snapshot
    shown: str
    notation: Notation
    data: bytes | None
    notes: list[str] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)


def nothing_runs() -> tuple[str, ...]:
    """The answer of a caller that does not look for running clients."""
    return ()


def make_plan(
    remedy: Remedy,
    code: str,
    read: Callable[[str], files.Snapshot] = files.read,
    is_secret: IsSecret = looks_secret,
    running: Running = nothing_runs,
    notation: Notation | None = None,
    home: Path | None = None,
    check: syntax.Checker = syntax.accepts,
) -> Plan:
    """Return what the edits of a remedy would do; several edits of one file build on each other.

    ``read`` yields the files, ``running`` describes the Claude Code processes that run, ``notation`` overrides the
    guess from the file's name. ``home`` is the user's folder (default: as the system says), below which the sources
    of managed files are looked for; ``check`` asks a shell whether it can read a text. Raises :class:`Refused` where
    an edit must not be made, and with the reason ``no-change`` where none changes anything.
    """
    drafts: dict[str, _Draft] = {}
    home = Path(os.path.expanduser("~")) if home is None else home  # noqa: PTH111 - HOME may be unset
    for edit in remedy.edits:
        draft = _draft(drafts, edit, read, notation, home)
        after = change(draft.notation, draft.data, edit.op, edit.address, edit.value, edit.line)
        if after == draft.data:
            continue
        _check_block(draft, after)
        draft.notes.extend(caution.notes(draft.notation, draft.data, edit))
        draft.data = after
        if isinstance(edit.value, Secret):
            draft.secrets.append(edit.value)
    for draft in drafts.values():
        if syntax.is_broken_by(draft.notation, draft.snapshot.data, draft.data, check):
            raise Refused(f"The shell could not read {draft.shown} after this change: change it by hand.", "not-safe")
    plans = tuple(_file_plan(d, is_secret) for d in drafts.values() if d.data != d.snapshot.data)
    if not plans:
        raise Refused("Nothing to change: the files already are as they should be.", "no-change")
    _check_running(plans, running)
    return Plan(remedy, code, plans)


def summary(plan: Plan) -> str:
    """Say in one line what a plan does, by names only: a value never gets into the journal."""
    changed = {file.path for file in plan.files}
    parts = [_part(edit) for edit in plan.remedy.edits if edit.path in changed]
    return "; ".join(dict.fromkeys(parts)) or ", ".join(file.shown for file in plan.files)


def _part(edit: Edit) -> str:
    return " ".join(part for part in (_VERBS[edit.op], ".".join(edit.address), "in", edit.shown) if part)


def _draft(
    drafts: dict[str, _Draft], edit: Edit, read: Callable[[str], files.Snapshot], notation: Notation | None, home: Path
) -> _Draft:
    managers.check(edit, files.resolve(edit.path))
    snapshot = read(edit.path)
    if snapshot.real in drafts:
        return drafts[snapshot.real]
    # A link may be called anything; where its name says nothing, that of the file it leads to may.
    kind = notation or guess(edit.path) or guess(snapshot.real) or (Notation(edit.kind) if edit.kind else None)
    if kind is None:
        raise Refused(f"It is not known how {edit.shown} is written: name its kind.", "unknown-notation")
    draft = _Draft(snapshot, edit.shown, kind, snapshot.data)
    if snapshot.real != edit.path and snapshot.real != files.plain_path(edit.path):
        draft.notes.append(f"{edit.shown} is a link to {snapshot.real}; that file is changed.")
    if snapshot.links > 1:
        draft.notes.append("The file has other hard links; they show the change too.")
    draft.notes.extend(managers.notes(edit, snapshot.real, home))
    drafts[snapshot.real] = draft
    return draft


def _check_block(draft: _Draft, after: bytes | None) -> None:
    """Refuse a change of lines that a tool will write again."""
    block = blocks.hit((draft.data or b"").decode("utf-8", "replace"), (after or b"").decode("utf-8", "replace"))
    if block is not None:
        raise Refused(
            f"{block.tool} wrote this part of {draft.shown} and will write it again: change it with {block.tool}, or "
            "set the value after its lines.",
            "managed-block",
        )


def _file_plan(draft: _Draft, is_secret: IsSecret) -> FilePlan:
    before = draft.snapshot.data
    difference = masked_diff(before, draft.data, draft.shown, draft.notation, is_secret, draft.secrets)
    notes = tuple(dict.fromkeys(draft.notes))
    return FilePlan(draft.snapshot.path, draft.shown, draft.snapshot.real, before, draft.data, difference, notes)


def _check_running(plans: tuple[FilePlan, ...], running: Running) -> None:
    """Refuse to touch the state file of a client that would write its own copy over ours."""
    for file in plans:
        if any(path.replace("\\", "/").rsplit("/", 1)[-1] == ".claude.json" for path in (file.path, file.real)):
            found = running()
            if found:
                raise Refused(
                    f"Claude Code is running ({', '.join(found)}) and would overwrite {file.shown}: "
                    "close it first, then try again.",
                    "client-running",
                )
