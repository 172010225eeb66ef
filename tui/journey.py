"""Where a person is on the way from a symptom to a proof: the events of each run, folded (pure).

events ──fold──> Run ──┐
events ──fold──> Run ──┴── Journey: was (the run before a fix) and now, the remedy in hand, what was changed
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.core.ask import Stage
from tui.core.events import (
    Judged,
    RunEvent,
    RunFinished,
    RunStarted,
    SettingsRead,
    StageFinished,
    StageStarted,
    Status,
)
from tui.core.model import Change, Ranked, Remedy, Role, Verdict
from tui.core.repair.model import Plan
from tui.sessions import Session

# The stages that every run with a network is expected to reach, shown as waiting rows until they start.
EXPECTED = (Stage.DNS, Stage.TCP, Stage.TLS, Stage.HTTP, Stage.AUTH, Stage.MODEL)
EXIT_CODES = {Verdict.HEALTHY: 0, Verdict.DEGRADED: 0, Verdict.BROKEN: 1, Verdict.UNKNOWN: 3}


@dataclass(slots=True)
class Row:
    """One question to the world. ``status`` is None while it runs; ``began`` is on the clock of the face."""

    key: str
    stage: Stage
    about: str
    comparison: bool = False
    status: Status | None = None
    ms: float | None = None
    detail: str = ""
    began: float = 0.0

    @property
    def running(self) -> bool:
        """True between its start and its end."""
        return self.status is None


@dataclass(slots=True)
class Run:
    """One run as far as it has come. ``failure`` is a sentence where the check itself broke."""

    rows: dict[str, Row] = field(default_factory=dict)
    started: RunStarted | None = None
    settings: SettingsRead | None = None
    ranked: tuple[Ranked, ...] = ()
    finished: RunFinished | None = None
    stopped: bool = False
    failure: str = ""

    def fold(self, event: RunEvent, now: float = 0.0) -> None:
        """Take in one event."""
        match event:
            case RunStarted():
                self.started = event
            case SettingsRead():
                self.settings = event
            case StageStarted(key, stage, about, comparison):
                self.rows[key] = Row(key, stage, about, comparison, began=now)
            case StageFinished():
                known = self.rows.get(event.key)
                comparison = event.comparison or (known is not None and known.comparison)
                self.rows[event.key] = Row(
                    event.key, event.stage, event.about, comparison, event.status, event.ms, event.detail
                )
            case Judged(ranked):
                self.ranked = ranked
            case RunFinished():
                self.finished = event
                self.ranked = event.ranked
        # A row that still runs when the run ends was never answered; say so instead of leaving it turning.
        if self.finished:
            self.settle()

    def settle(self) -> None:
        """Mark every row that has no answer as not run."""
        for row in self.rows.values():
            row.status = row.status or Status.NOT_RUN

    def stop(self, failure: str = "") -> None:
        """End the run early: results stay, the rest was not run."""
        self.stopped, self.failure = not failure, failure
        self.settle()

    @property
    def over(self) -> bool:
        """True when nothing more will come."""
        return self.finished is not None or self.stopped or bool(self.failure)

    @property
    def root(self) -> Ranked | None:
        """The one root cause, if there is one."""
        return next((r for r in self.ranked if r.role is Role.ROOT), None)

    def of(self, role: Role) -> tuple[Ranked, ...]:
        """The findings of one role."""
        return tuple(r for r in self.ranked if r.role is role)

    def explained_by(self, code: str) -> tuple[Ranked, ...]:
        """The findings that this cause explains."""
        return tuple(r for r in self.of(Role.CONSEQUENCE) if code in r.explained_by or not r.explained_by)

    @property
    def ordered(self) -> tuple[Row, ...]:
        """The rows in the order in which their stages depend on each other; comparisons last."""
        order = list(Stage)
        return tuple(sorted(self.rows.values(), key=lambda row: (row.comparison, order.index(row.stage))))

    @property
    def waiting(self) -> tuple[Stage, ...]:
        """The stages still to come, or that never came. One that later stages overtook is not needed: an address has
        no name to look up, and plain HTTP no certificate."""
        begun = {row.stage for row in self.rows.values() if not row.comparison}
        furthest = max((number for number, stage in enumerate(EXPECTED) if stage in begun), default=-1)
        return EXPECTED[furthest + 1 :]

    def count(self, *statuses: Status) -> int:
        """How many rows, comparisons aside, came to one of these."""
        return sum(row.status in statuses for row in self.rows.values() if not row.comparison)

    def worst(self, stage: Stage) -> Row | None:
        """The row that decides what to say about a stage."""
        rank = [Status.FAIL, Status.WARN, None, Status.PASS, Status.SKIP, Status.NOT_RUN]
        rows = [row for row in self.rows.values() if row.stage is stage and not row.comparison]
        return min(rows, key=lambda row: rank.index(row.status), default=None)


@dataclass(slots=True)
class Journey:
    """The whole way. ``chosen`` is the finding on the table; None means the root of the current run. ``shown`` is True
    once the answer of this run was put in front of the person. ``edited`` are changes made by hand on the settings
    screen, which belong to no remedy of a cause."""

    session: Session | None = None
    run: Run = field(default_factory=Run)
    was: Run | None = None
    chosen: Ranked | None = None
    remedy: Remedy | None = None
    plan: Plan | None = None
    refusal: str = ""
    applied: list[Change] = field(default_factory=list)
    edited: list[Change] = field(default_factory=list)
    changes: tuple[Change, ...] = ()
    undone: Change | None = None
    report: str = ""
    busy: bool = False
    shown: bool = False

    def begin(self, keep_was: bool = False) -> Run:
        """Start a new run; with ``keep_was`` the present one becomes the one to compare with."""
        self.was = self.run if keep_was else None
        self.run = Run()
        self.chosen, self.shown = None, False
        return self.run

    def choose(self, finding: Ranked, remedy: Remedy) -> None:
        """Take a remedy in hand."""
        self.chosen, self.remedy, self.plan, self.refusal = finding, remedy, None, ""

    def did(self, change: Change, undone: bool = False) -> None:
        """Note what was written, or taken back."""
        self.undone = change if undone else None
        self._forget(change)
        self.applied += [] if undone else [change]

    def did_by_hand(self, change: Change, undone: bool = False) -> None:
        """Note what was written, or taken back, on the settings screen."""
        self._forget(change)
        self.edited += [] if undone else [change]

    def _forget(self, change: Change) -> None:
        self.applied = [c for c in self.applied if c.id != change.id]
        self.edited = [c for c in self.edited if c.id != change.id]

    def own(self, change: Change) -> bool:
        """True for a change that was made during this visit."""
        return change.id in {done.id for done in (*self.applied, *self.edited)}

    @property
    def finding(self) -> Ranked | None:
        """The finding on the table."""
        return self.chosen or self.run.root

    @property
    def undoable(self) -> Change | None:
        """The change that ``u`` would take back."""
        return next((c for c in reversed(self.changes) if not c.undone), None)

    @property
    def exit_code(self) -> int:
        """The exit code of the contract for where things stand."""
        if self.run.finished:
            return EXIT_CODES[self.run.finished.verdict]
        return 130 if self.run.stopped else 3 if self.run.failure else 0
