"""The rows of a run: sign, name, what is asked, word, time; and below a row that needs it, one plain sentence."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from tui import terms, words
from tui.core.ask import Stage
from tui.core.events import Status
from tui.journey import Row, Run
from tui.theme import glyphs
from tui.widgets.choices import Prompt
from tui.widgets.sheet import hang, join, say, shorten

NAME, WORD, TIME = 18, 9, 8
PATIENCE = 3.0  # seconds after which a row says what it waits for
STYLES = {
    Status.PASS: "$success",
    Status.WARN: "$warning",
    Status.FAIL: "$error",
    Status.SKIP: "$quiet",
    Status.NOT_RUN: "$quiet",
}


def sign(status: Status | None) -> str:
    """The glyph of a status; None is running."""
    g = glyphs()
    signs = {Status.PASS: g.ok, Status.WARN: g.warn, Status.FAIL: g.fail, Status.SKIP: g.skip, Status.NOT_RUN: g.wait}
    return g.run if status is None else signs[status]


def cell(text: str, width: int, style: str = "") -> Content:
    """Text in a column of fixed width."""
    content = say(text, style)
    return content + Content(" " * max(0, width - content.cell_length))


def status(value: Status | None, comparison: bool = False) -> tuple[str, str]:
    """Word and style of a status. A comparison that fails is an answer, not a fault, so it has no colour."""
    if value is None:
        return words.RUNNING, "$mark"
    return terms.STATUSES[value], "$quiet" if comparison else STYLES[value]


def row_lines(row: Row, now: float, titled: bool, width: int, mark: str) -> list[Content]:
    """One row."""
    word, style = status(row.status, row.comparison)
    waited = max(0.0, now - row.began)
    time = words.seconds(row.ms) if row.status else (f"{waited:.0f} s" if waited >= 1 else "")
    about = max(6, width - 4 - NAME - WORD - TIME)
    title = terms.STAGES[row.stage] if titled else ""
    lines = [
        join(
            say(f"{mark} "),
            cell(sign(row.status), 2, style),
            cell(title, NAME, "" if row.status not in (Status.SKIP, Status.NOT_RUN) else "$quiet"),
            cell(shorten(row.about, about - 2), about, "$quiet"),
            cell(word, WORD, style),
            Content(" " * max(0, TIME - 1 - len(time))) + say(time, "$quiet"),
        )
    ]
    if row.status is None and waited >= PATIENCE:
        text = words.PROBE_WAIT.format(about=row.about, seconds=int(waited))
        lines += hang(say(text, "$mark"), width, " " * 4)
    elif row.status in (Status.FAIL, Status.WARN) and row.detail:
        lines += hang(say(row.detail), width, " " * 4)
    return lines


def waiting_lines(stage: Stage, over: bool, width: int, mark: str) -> list[Content]:
    """A stage that has not started, or never did."""
    word = terms.STATUSES[Status.NOT_RUN] if over else words.WAITING
    about = max(6, width - 4 - NAME - WORD - TIME)
    parts = (cell(glyphs().wait, 2), cell(terms.STAGES[stage], NAME), Content(" " * about), say(word))
    return [join(say(f"{mark} "), *(part.stylize("$quiet") for part in parts))]


def settings_lines(run: Run, width: int, mark: str) -> list[Content]:
    """The first row: what was read."""
    read = run.settings
    about = max(6, width - 4 - NAME - WORD - TIME)
    if read is None:
        value, note = (Status.NOT_RUN if run.over else None), words.READING
    else:
        value, note = Status.PASS, words.READ.format(files=len(read.files))
    word, style = status(value)
    parts = (
        cell(sign(value), 2, style),
        cell(words.SETTINGS, NAME),
        cell(shorten(note, about - 2), about, "$quiet"),
        say(word, style),
    )
    return [join(say(f"{mark} "), *parts)]


def title_lines(width: int, _mark: str) -> list[Content]:
    """The title above the comparisons."""
    return [Content(""), *hang(say(words.COMPARISONS, "$quiet"), width, "  ")]


def prompts(run: Run, now: float) -> list[tuple[Row | Stage | None, Prompt]]:
    """All rows in order, each with what it is about; the title of the comparisons is about nothing."""
    rows: list[tuple[Row | Stage | None, Prompt]] = [(None, partial(settings_lines, run))]
    titled: set[tuple[bool, Stage]] = set()
    order = list(Stage)
    entries: list[tuple[int, Row | Stage]] = [(order.index(stage), stage) for stage in run.waiting]
    entries += [(order.index(row.stage) + len(order) * row.comparison, row) for row in run.ordered]
    for _, entry in sorted(entries, key=lambda item: item[0]):
        if isinstance(entry, Stage):
            rows.append((entry, partial(waiting_lines, entry, run.over)))
            continue
        if entry.comparison and not any(comparison for comparison, _ in titled):
            rows.append((None, title_lines))
        kind = (entry.comparison, entry.stage)
        rows.append((entry, partial(row_lines, entry, now, kind not in titled)))
        titled.add(kind)
    return rows
