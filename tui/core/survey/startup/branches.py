"""Which blocks of a start-up file are run: each condition decided by looking, or left open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tui.core.repair.shell_nodes import Command, Document
from tui.core.survey.startup import conditions
from tui.core.survey.startup.scope import Scope

_FOR = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s+in\s+(.*)$", re.S)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_ROUNDS = 64
"""Words of a loop that are followed; more than that is left open."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A ``for``: the block of its body, its variable, and the words it goes through (None: not known)."""

    block: int
    name: str
    values: list[str | None]


class Branches:
    """The state of one file's conditions while it is gone through in order."""

    def __init__(
        self,
        document: Document,
        scope: Scope,
        place: Callable[[str], Path],
        words: Callable[[str, Scope], list[str | None]],
    ) -> None:
        self.document, self.scope, self.place, self.words = document, scope, place, words
        self.truth: dict[int, bool | None] = {}
        self.status: dict[int, bool | None] = {}

    def enter(self, command: Command, texts: list[str]) -> bool | None:
        """Return whether a command is run, and note how it ended."""
        runs: bool | None = True
        for block in command.blocks:
            runs = _both(runs, self.decide(block))
        here = command.block
        before = self.status.get(here)
        self.pass_by(command)
        self.status[here] = before
        if command.link in ("&&", "||"):
            linked = before if command.link == "&&" else _negate(before)
            if linked is not False:
                self.status[here] = self.ends(command, texts) if linked else None
            return _both(runs, linked)
        self.status[here] = self.ends(command, texts)
        return runs

    def pass_by(self, command: Command) -> None:
        """How a list ends that a command stands in is no longer known by what stood before it."""
        for block in (0, *command.blocks):
            self.status[block] = None

    def ends(self, command: Command, texts: list[str]) -> bool | None:
        """Return how a command ends, as far as looking tells."""
        ended = self.looked(texts)
        if texts[0] in ("export", "unset", "alias"):
            ended = True
        elif all(_ASSIGNMENT.match(text) for text in texts):
            ended = None if any("$(" in text or "`" in text for text in texts) else True
        return _negate(ended) if command.negated else ended

    def looked(self, texts: list[str]) -> bool | None:
        """Decide a test by looking."""
        return conditions.decide(texts, self.scope, self.place)

    def decide(self, block: int) -> bool | None:
        """Return whether a block is run: decided once, when the walk comes to it."""
        if block not in self.truth:
            self.truth[block] = self._decide(block)
        return self.truth[block]

    def _decide(self, block: int) -> bool | None:
        clause = self.document.clauses.get(block)
        if clause is None:
            return True
        match clause.kind:
            case "if" | "while" | "until" | "for":
                return True if not clause.before else self._no_other(clause.before)
            case "then":
                return _both(self.decide(clause.before), self.status.get(clause.before))
            case "else":
                return self._no_other(clause.before)
            case "joined":
                status = self.status.get(clause.before)
                return {"&&": status, "||": _negate(status)}.get(clause.text[0])
            case "case":
                return self._case(clause.before, *clause.text)
        before = self.document.clauses.get(clause.before)
        once = self.status.get(clause.before)
        if before is not None and before.kind == "if":
            return _both(self.decide(clause.before), once)
        never = before is not None and before.kind == "until"
        return False if once is never else None

    def _no_other(self, block: int) -> bool | None:
        """True if no earlier branch of the same construct was taken."""
        clauses, runs = self.document.clauses, True
        while block and block in clauses:
            head = clauses[block].before
            taken = self.status.get(head)
            if taken:
                return False
            runs = runs and taken is False
            block = clauses[head].before if head in clauses else 0
        return runs or None

    def _case(self, before: int, subject: str, pattern: str) -> bool | None:
        taken: bool | None = conditions.matches(subject, pattern, self.scope)
        earlier = before
        while earlier in self.document.clauses:
            other = self.decide(earlier)
            if other:
                return False
            taken = None if other is None and taken else taken
            earlier = self.document.clauses[earlier].before
        return taken

    def loop(self, command: Command, inside: frozenset[int]) -> Loop | None:
        """Return the outermost loop around a command that is not being gone through yet."""
        for block in command.blocks:
            clause = self.document.clauses.get(block)
            if clause is None or clause.kind != "do" or block in inside:
                continue
            head = self.document.clauses.get(clause.before)
            if head is None or head.kind != "for":
                continue
            if any(self.decide(outer) is False for outer in command.blocks[: command.blocks.index(block)]):
                return None
            found = _FOR.match(head.text[0])
            if found is None:
                return Loop(block, "_", [None])
            return Loop(block, found[1], self._values(found[2]))
        return None

    def _values(self, text: str) -> list[str | None]:
        values: list[str | None] = []
        for value in self.words(text, self.scope):
            if value is None or not any(sign in value for sign in "*?["):
                values.append(value)
                continue
            values += self._files(value) or [value]
        return values if len(values) <= _ROUNDS else [None]

    def _files(self, pattern: str) -> list[str]:
        """The files that an absolute pattern stands for, as the shell would name them."""
        parts = pattern.split("/")
        first = next(at for at, part in enumerate(parts) if any(sign in part for sign in "*?["))
        if not pattern.startswith("/"):
            return []
        base = "/".join(parts[:first])
        root = self.place(base or "/")
        try:
            return [f"{base}/{path.relative_to(root)}" for path in sorted(root.glob("/".join(parts[first:])))]
        except (OSError, ValueError, NotImplementedError):
            return []

    def forget(self, loop: int) -> None:
        """Let the blocks within a loop or a function be decided anew for its next round."""
        inner = {b for c in self.document.commands if loop in c.blocks for b in c.blocks[c.blocks.index(loop) :]}
        for block in inner:
            self.truth.pop(block, None)
            self.status.pop(block, None)


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def _negate(truth: bool | None) -> bool | None:
    return None if truth is None else not truth
