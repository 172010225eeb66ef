"""Plans for tests, made as the session makes them."""

from __future__ import annotations

from pathlib import Path

from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair.journal import Journal
from tui.core.repair.model import Plan, Refused
from tui.core.repair.plan import make_plan
from tui.core.secret import Secret


def plan_set(*settings: tuple[Path, str, str | Secret]) -> Plan:
    """Plan to set a variable in each of the files."""
    edits = tuple(Edit(str(path), f"~/{path.name}", EditOp.SET, (name,), value) for path, name, value in settings)
    return make_plan(Remedy("r", "Set it", Applicability.SAFE, edits), "cfg-test")


def set_in_the_end(journal: Journal, path: Path, name: str) -> None:
    """Plan and write until it gets through; what came in between is refused, never overwritten."""
    for _ in range(500):
        try:
            journal.apply(plan_set((path, name, "x")))
        except Refused as refused:
            if refused.reason != "changed":
                raise
        else:
            return


def plan_unset(path: Path, name: str) -> Plan:
    """Plan to remove a variable."""
    edit = Edit(str(path), f"~/{path.name}", EditOp.UNSET, (name,))
    return make_plan(Remedy("r", "Remove it", Applicability.SAFE, (edit,)), "cfg-test")
