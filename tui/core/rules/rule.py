"""A rule: one cause, how it is recognised, and what it explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.model import Finding
from tui.core.seen import Observation

Judgement = Iterator[Finding | Ask[Observation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` is pure: findings where it is sure, questions where a comparison would make it so."""

    code: str
    check: Callable[[Facts], Judgement]
    explains: frozenset[str]
    doc: str

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.doc.strip().split("\n")[0].rstrip(".")


def rule(module: ModuleType) -> Rule:
    """Make a rule of a module: its name is the code, its docstring the page."""
    code = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(code, module.check, frozenset(getattr(module, "EXPLAINS", ())), module.__doc__ or "")
