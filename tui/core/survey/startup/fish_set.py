"""fish's ``set``: its scopes, its lists, and universal variables, which live in a file of their own."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.model import Standing
from tui.core.repair.dialect import Event
from tui.core.repair.fish_dialect import options
from tui.core.repair.shell_nodes import Command, Word
from tui.core.survey.startup.fish_words import Items, items
from tui.core.survey.startup.scope import Scope, Variable

if TYPE_CHECKING:
    from tui.core.survey.startup.effects import Effects

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Set:
    """One ``set``: its options as letters, the name, whether only a part of the list is meant, and the values."""

    letters: str
    name: str
    part: bool
    values: tuple[Word, ...]

    @property
    def scope(self) -> str:
        """``l``, ``f``, ``g`` or ``U``; empty where fish looks for the name."""
        return next((letter for letter in self.letters if letter in "lfgU"), "")

    @property
    def exports(self) -> bool | None:
        """Whether the variable is exported from here on; None where the command does not say."""
        return True if "x" in self.letters else False if "u" in self.letters else None


def parse(command: Command) -> Set | None:
    """Read a ``set``; None for other commands, and where no name is given."""
    words = command.words[1:]
    if command.words[0].text != "set":
        return None
    letters, words = options(words)
    found = _NAME.match(words[0].text) if words else None
    if found is None:
        return None
    return Set(letters, found[0], found[0] != words[0].text, tuple(words[1:]))


def hides(command: Command) -> list[str]:
    """Names that a command makes local to its block, function or file."""
    made = parse(command)
    return [made.name] if made is not None and made.scope in ("l", "f") else []


def value(event: Event, _text: str, scope: Scope) -> tuple[str | None, Items | None]:
    """What an event sets its name to."""
    made = parse(event.command)
    if made is None:  # export NAME=value
        whole = items(event.words[0].text, scope)
        given = tuple(item.partition("=")[2] for item in whole) if whole is not None and len(whole) == 1 else None
    elif made.part:
        given = None
    else:
        each = [items(word.text, scope) for word in made.values]
        given = None if None in each else tuple(item for one in each for item in one or ())
        if given is not None and set(made.letters) & set("ap"):
            before = scope.items(event.name)
            given = None if before is None else before + given if "a" in made.letters else given + before
    return (None, None) if given is None else (joined(event.name, given), given)


def joined(name: str, given: Items) -> str:
    """A list as programs get it."""
    return (":" if name.endswith("PATH") else " ").join(given)


def computed(command: Command, names: Container[str]) -> list[tuple[int, str, bool]]:
    """Names that ``read`` sets, and those that a text to be run may set."""
    verb, *words = command.words
    if verb.text == "read":
        exported = any(re.match(r"-[a-zA-Z]*x|--export", word.text) for word in words)
        return [(word.start, word.text, exported) for word in words if _NAME.fullmatch(word.text)]
    found: list[tuple[int, str, bool]] = []
    if verb.text == "eval" or (verb.text in ("source", ".") and command.link == "|"):
        for word in words:
            for name in re.finditer(r"(?<![\w$])[A-Za-z_]\w*", word.text):
                if name[0] in names:
                    found.append((word.start + name.start(), name[0], True))
    return found


def take(effects: Effects, event: Event, standing: Standing) -> None:
    """Write into scope and ledger what one ``set``, or ``export NAME=value``, does."""
    scope, name, made = effects.walk.scope, event.name, parse(event.command)
    if made is not None and made.scope in ("l", "f"):
        return
    place = made.scope if made is not None else "g"
    if not place and name not in scope.variables:
        place = "U" if name in scope.universals else ""
        if not place and "function" in event.command.context:
            if standing in (Standing.SURE, Standing.CONDITIONAL):
                scope.hidden.add(name)
            return
    unclear = name in scope.hidden or name in scope.open
    if made is not None and not made.scope and unclear and standing is Standing.SURE:
        standing = Standing.CONDITIONAL  # which one of that name: a local, a global, a universal one?
    if standing is Standing.CONDITIONAL:
        scope.doubt(name)
    if made is not None and "e" in made.letters and not made.part:
        effects.erase(event, standing, place == "U")
        return
    doubted = scope.get(name) is None and effects.walk.ledger.doubts.get(name)
    text, given = value(event, "", scope)
    setting = effects.line(event, text, standing)
    if standing is Standing.SURE:
        exports = True if made is None else made.exports
        scope.put(name, Variable(text, bool(exports), setting, given), exports, place == "U")
        effects.check(setting)
        if doubted and place == "U":
            effects.walk.ledger.doubt(doubted)  # a global one may hide it still
            scope.doubt(name)
