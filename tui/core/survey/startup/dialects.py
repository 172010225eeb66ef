"""How each shell writes what matters at start: values, sourcing another file, leaving."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import partial

from tui.core.model import Standing
from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.fish_dialect import FISH
from tui.core.repair.posix_dialect import BASH, ZSH
from tui.core.repair.powershell_dialect import POWERSHELL
from tui.core.repair.shell_nodes import Command, Document
from tui.core.survey.startup import expansion, fish_set, fish_words, posix_words, powershell_words
from tui.core.survey.startup.effects import Effects
from tui.core.survey.startup.scope import Scope

_DOT_SOURCE = re.compile(r"(?:\.|&)\s+(\S.*)$", re.S)


def _never(_: Command) -> bool:
    return False


def _nothing(_: Command) -> None:
    return None


def _no_names(_: Command) -> list[str]:
    return []


def _no_prefixes(_: Command) -> list[tuple[int, str]]:
    return []


def _no_defaults(_: Command) -> list[tuple[int, str, str, bool]]:
    return []


def _not_computed(_: Command, __: Container[str]) -> list[tuple[int, str, bool]]:
    return []


def _dotted(command: Command) -> str | None:
    found = _DOT_SOURCE.match(command.words[0].text)
    return found[1] if found else None


def _no_value(*_: object) -> None:
    return None


def _powershell_value(event: Event, text: str, scope: Scope) -> str | None:
    value = powershell_words.expand(text[event.value_start : event.value_end], scope, True)
    before = scope.get(event.name) if event.sign == "+=" else ""
    return None if value is None or before is None else before + value


def _always(_: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Manner:
    """One family of shells, as a reader of its start-up files needs it."""

    dialect: Dialect
    expand: Callable[[str, Scope, bool], str | None]
    words: Callable[[str, Scope], list[str | None]]
    """The words of the head of a loop."""
    value: Callable[[Event, str, Scope], str | None]
    """What an event sets its name to, None where that is computed; takes the text of the file."""
    sourced: Callable[[Command], str | None]
    """The word that names the file which a command reads in, or None."""
    prefixed: Callable[[Command], list[tuple[int, str]]] = _no_prefixes
    """Names that are set for one command only, with the offsets at which they stand."""
    defaults: Callable[[Command], list[tuple[int, str, str, bool]]] = _no_defaults
    """Names that are set where they are not yet: offset, name, value as written, and whether an empty one counts as not
    set."""
    computed: Callable[[Command, Container[str]], list[tuple[int, str, bool]]] = _not_computed
    """Names that get a value which only the running shell knows: offset, name, and whether it is exported."""
    hides: Callable[[Command], list[str]] = _no_names
    """Names that are local from here on."""
    removes: Callable[[Event], bool] = _always
    """True where an event that takes away removes the variable, and does not only stop exporting it."""
    switches: Callable[[Command], bool | None] = _nothing
    """Whether every assignment is exported from here on; None: as before."""
    fails_hard: Callable[[Command], bool] = _never
    pipes_apart: Callable[[Command], bool] = _never
    """True where a command in a pipe or in the background has a process of its own."""
    take: Callable[[Effects, Event, Standing], None] = Effects.event
    """Writes down what an event does."""
    prepare: Callable[[Document], Document] = field(default=lambda document: document)

    def read(self, text: str) -> Document:
        """Take a file apart."""
        return self.prepare(self.dialect.scan(text))

    def events(self, document: Document) -> list[Event]:
        """What sets, exports or unsets names, in the order of the file."""
        return self.dialect.events(document)


def _posix(dialect: Dialect, zsh: bool) -> Manner:
    return Manner(
        dialect,
        expansion.expand,
        expansion.words,
        posix_words.value,
        posix_words.sourced,
        posix_words.prefixed,
        posix_words.defaults,
        posix_words.computed,
        partial(posix_words.hides, zsh=zsh),
        posix_words.removes,
        posix_words.switches,
        posix_words.fails_hard,
        posix_words.in_pipe_before_its_end if zsh else posix_words.in_pipe,
        Effects.event,
        partial(posix_words.prepare, through=("builtin",)) if zsh else posix_words.prepare,
    )


MANNERS = {
    "bash": _posix(BASH, zsh=False),
    "zsh": _posix(ZSH, zsh=True),
    "fish": Manner(
        FISH,
        fish_words.expand,
        fish_words.words,
        _no_value,
        posix_words.sourced,
        posix_words.prefixed,
        computed=fish_set.computed,
        hides=fish_set.hides,
        take=fish_set.take,
        prepare=posix_words.prepare,
    ),
    "pwsh": Manner(POWERSHELL, powershell_words.expand, expansion.words, _powershell_value, _dotted),
}
"""By the name of the shell; what is not listed is read as a POSIX shell."""


def manner(shell: str) -> Manner:
    """The manner of a shell, by the name of its program."""
    return MANNERS.get({"powershell": "pwsh"}.get(shell, shell), MANNERS["bash"])
