"""How a command leaves a start-up file: with its line where it has one, as a no-op where something must stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tui.core.repair.shell_nodes import Command, Document, Word
from tui.core.repair.text import BOM, line_end, splice

_AFTER = re.compile(r"[ \t]*;?[ \t]*(?:#[^\r\n]*)?(?P<end>\r?\n|\Z)")
_NEXT = re.compile(r"[ \t]*;[ \t]*(?![\s;&|#])")
_BEFORE = re.compile(r"[ \t]*;[ \t]*\Z")

Change = tuple[int, int, str]
Comment = Callable[[str], str]


@dataclass(slots=True)
class Removal:
    """Words that go from one command; with the last assignment goes the command."""

    command: Command
    words: list[Word]

    @property
    def whole(self) -> bool:
        """True where nothing that does anything would be left."""
        rest = [word for word in self.command.words if word not in self.words]
        if rest and rest[0] is self.command.words[0] and "=" not in rest[0].text:
            rest = [word for word in rest[1:] if not re.fullmatch(r"[-+][A-Za-z]+", word.text)]
        return not rest


def remove(document: Document, removals: list[Removal], comment: Comment | None, no_op: str = ":") -> str:
    """Return the text without these words; ``comment``, if given, turns what goes into comments instead."""
    gone: dict[int, int] = {}
    for removal in removals:
        if removal.whole:
            gone[removal.command.block] = gone.get(removal.command.block, 0) + 1
    empty = {block for block, number in gone.items() if block and number == document.sizes.get(block)}
    changes: list[Change] = []
    for removal in removals:
        if not removal.whole:
            changes.extend(_without_words(document, removal, comment))
    for command in _merged(document.text, [removal.command for removal in removals if removal.whole]):
        if command.joined or command.block in empty:
            empty.discard(command.block)
            changes.extend(_no_op(document, command, comment, no_op))
        else:
            changes.extend(_without_command(document, command, comment, no_op))
    return _spliced(document.text, changes)


def _merged(text: str, commands: list[Command]) -> list[Command]:
    """Join commands between which there is nothing but a semicolon: they go as one."""
    found: list[Command] = []
    for command in sorted(commands, key=lambda one: one.start):
        last = found[-1] if found else None
        between = text[last.end : command.start] if last else ""
        if last and not (last.joined or command.joined) and re.fullmatch(r"[ \t]*;[ \t]*", between):
            found[-1] = Command([*last.words, *command.words], last.context, last.block)
        else:
            found.append(command)
    return found


def _spliced(text: str, changes: list[Change]) -> str:
    """Apply changes of which neighbours may claim the same blanks and separators."""
    clipped: list[Change] = []
    for start, end, new in sorted(changes):
        start = max(start, clipped[-1][1]) if clipped else start
        clipped.append((start, max(start, end), new))
    return splice(text, clipped)


def _line_start(text: str, at: int) -> int:
    start = text.rfind("\n", 0, at) + 1
    return 1 if start == 0 and text.startswith(BOM) else start


def _indentation(text: str, at: int) -> str:
    opens = _line_start(text, at)
    before = text[opens:at]
    return before[: len(before) - len(before.lstrip(" \t"))]


def _starts_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip(" \t")


def _without_command(document: Document, command: Command, comment: Comment | None, no_op: str) -> list[Change]:
    text, start, end = document.text, command.start, command.end
    opens = _line_start(text, start)
    after = _AFTER.match(text, end)
    if after is not None and _starts_line(text, start):
        stop = after.start("end") if comment else after.end()
        return [(opens, stop, comment(text[opens:stop]) if comment else "")]
    following, before = _NEXT.match(text, end), _BEFORE.search(text, opens, start)
    if following:
        cut = (start, following.end(), "")
    elif before:
        cut = (before.start(), end, "")
    else:
        return _no_op(document, command, comment, no_op)
    return [*_noted(text, start, text[start:end], comment), cut]


def _noted(text: str, at: int, statement: str, comment: Comment | None) -> list[Change]:
    """Put a statement that leaves a line which it shared as a comment above that line."""
    if comment is None:
        return []
    opens = _line_start(text, at)
    return [(opens, opens, _indentation(text, at) + comment(statement) + line_end(text))]


def _no_op(document: Document, command: Command, comment: Comment | None, no_op: str) -> list[Change]:
    """Leave a no-op where the shell needs a command: in a block that would be empty, behind a guard, in a pipe."""
    text = document.text
    after = _AFTER.match(text, command.end)
    if comment and after is not None:
        stop = after.start("end")
        return [(command.start, stop, f"{no_op} " + comment(text[command.start : stop]))]
    stop = command.end
    if after is not None and _starts_line(text, command.start) and not command.joined:
        stop = after.start("end")
    return [*_noted(text, command.start, text[command.start : command.end], comment), (command.start, stop, no_op)]


def _without_words(document: Document, removal: Removal, comment: Comment | None) -> list[Change]:
    text, words = document.text, removal.command.words
    changes: list[Change] = []
    for word in removal.words:
        place = words.index(word)
        if place:
            changes.append((words[place - 1].end, word.end, ""))
        else:
            changes.append((word.start, words[1].start, ""))
    verb = "" if "=" in words[0].text else text[words[0].start : _first_argument(words).start]
    statement = verb + " ".join(word.text for word in removal.words)
    return [*_noted(text, removal.command.start, statement, comment), *changes]


def _first_argument(words: list[Word]) -> Word:
    return next(word for word in words[1:] if not re.fullmatch(r"[-+][A-Za-z]+", word.text))
