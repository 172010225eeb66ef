"""fish: what sets a variable, and how a value is written. Nothing is run and nothing is expanded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.model import Refused
from tui.core.repair.posix_dialect import BARE
from tui.core.repair.shell_nodes import Clause, Command, Document, Word
from tui.core.repair.shell_words import Unbalanced, comment_end, line_end_at
from tui.core.repair.text import is_name

_OPERATOR = re.compile(r"&&|\|\||&>>?|&\||[<>]\?|[0-9]*(?:>>|>&|>\||<&|>|<)|[;&|]")
_BLOCKS = {"begin": "group", "if": "branch", "while": "branch", "for": "branch", "switch": "branch"}
_CONDITIONS = {"and", "or", "not", "!"}
_ELSE_IF = re.compile(r"[ \t]+if\b")
_GOES_ON = re.compile(r"\s*(?:and|or)\b")
_FOR_HEAD = re.compile(r"(?:[^;#\n\r\\'\"]|\\(?:\r\n|.)|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")*", re.S)
_CLAUSES = {"else", "case"}
_CALLED = re.compile(r"\s*([^\s;]+)")
_ASSIGNED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_LETTERS = {
    "export": "x", "unexport": "u", "erase": "e", "query": "q", "show": "S", "names": "n",
    "append": "a", "prepend": "p", "local": "l", "function": "f", "global": "g", "universal": "U",
}  # fmt: skip


@dataclass(slots=True)
class _Frame:
    """A block that is open. ``head`` is true until the first command of its condition has ended."""

    kind: str
    number: int
    head: bool = False


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.document = Document(text)
        self.blocks: list[_Frame] = []
        self.numbers = 0
        self.command: Command | None = None
        self.joined = False
        self.link = ""
        self.negated = False

    def scan(self) -> Document:
        try:
            while self.at < len(self.text):
                self.step()
            self.document.balanced = not self.blocks
        except Unbalanced:
            self.document.balanced = False
        return self.document

    def step(self) -> None:
        text, at = self.text, self.at
        if length := line_end_at(text, at):
            self.at += length
            self.joined = self.joined and self.command is None
            self.finish()
        elif text[at] in " \t":
            self.at += 1
        elif text[at] == "\\" and line_end_at(text, at + 1):
            self.at += 1 + line_end_at(text, at + 1)
        elif text[at] == "#":
            self.at = comment_end(text, at)
            self.document.comments.append((at, self.at))
        elif match := _OPERATOR.match(text, at):
            self.operator(match[0])
        else:
            self.word()

    def operator(self, sign: str) -> None:
        self.at += len(sign)
        if "<" in sign or (">" in sign and sign != "&|"):
            while self.text.startswith((" ", "\t"), self.at):
                self.at += 1
            self.at = skip_word(self.text, self.at)
            return
        self.joined = sign in ("&&", "||", "|", "&|")
        self.link = sign if self.joined else ""
        if self.command is not None:
            self.command.joined = self.command.joined or sign != ";"
            self.command.follow = sign.strip(";")
        self.finish()

    def finish(self) -> None:
        """End a command; where it was a condition, what follows is the body unless ``and`` or ``or`` goes on."""
        top = self.blocks[-1] if self.blocks else None
        ends = self.command is not None and not self.link and _GOES_ON.match(self.text, self.at) is None
        if ends and top is not None and top.head:
            self.renew(top, "then" if self.document.clauses[top.number].kind == "if" else "do")
        self.command = None

    def renew(self, frame: _Frame, kind: str, *text: str) -> None:
        self.numbers += 1
        self.document.clauses[self.numbers] = Clause(kind, frame.number, text)
        frame.number, frame.head = self.numbers, kind == "if"

    def begin(self, *more: str) -> Command:
        kinds = (*(frame.kind for frame in self.blocks), *more)
        numbers = tuple(frame.number for frame in self.blocks)
        head = bool(self.blocks) and self.blocks[-1].head
        here = numbers[-1] if numbers else 0
        return Command([], kinds, here, self.joined, head, self.link, numbers, self.negated)

    def word(self) -> None:
        start, self.at = self.at, skip_word(self.text, self.at)
        text = self.text[start : self.at]
        if start == self.at:
            raise Unbalanced
        if self.command is None and self.keyword(text):
            return
        if self.command is None:
            self.command = self.begin()
            self.joined = self.negated = False
            self.link = ""
            self.document.commands.append(self.command)
        self.command.words.append(Word(text, start, self.at))

    def keyword(self, text: str) -> bool:
        if text in _CONDITIONS:
            self.joined = True
            self.link = {"and": "&&", "or": "||"}.get(text, self.link)
            self.negated = self.negated or text in ("not", "!")
        elif text in _BLOCKS or text == "function":
            self.open(text)
        elif text in _CLAUSES:
            if not self.blocks:
                raise Unbalanced
            follows = _ELSE_IF.match(self.text, self.at) if text == "else" else None
            if text == "case":
                self.renew(self.blocks[-1], "do")
                self.command = self.begin("head")
            else:
                self.renew(self.blocks[-1], "if" if follows else "else")
            self.at = follows.end() if follows else self.at
        elif text == "end":
            if not self.blocks:
                raise Unbalanced
            self.blocks.pop()
        else:
            return False
        return True

    def open(self, text: str) -> None:
        kind = _BLOCKS.get(text, "function")
        self.numbers += 1
        conditional = text in ("if", "while")
        if self.joined and kind == "group":
            kind = "branch"
            before = self.blocks[-1].number if self.blocks else 0
            self.document.clauses[self.numbers] = Clause("joined", before, (self.link,))
        elif conditional or text in ("for", "switch"):
            found = _FOR_HEAD.match(self.text, self.at) if text == "for" else None
            head = found[0].strip() if found else ""
            self.document.clauses[self.numbers] = Clause({"switch": "for"}.get(text, text), 0, (head,))
        self.blocks.append(_Frame(kind, self.numbers, conditional))
        if text == "function" and (called := _CALLED.match(self.text, self.at)):
            self.document.functions[self.numbers] = called[1]
        self.joined = False
        self.link = ""
        if text == "for":
            self.renew(self.blocks[-1], "do")
        if text in ("for", "switch", "function"):
            self.command = self.begin("head")


def skip_word(text: str, at: int) -> int:
    """Return the offset behind the word that starts at an offset. Raises :class:`Unbalanced`."""
    while at < len(text):
        sign = text[at]
        if sign in " \t\n;&|<>)" or line_end_at(text, at):
            return at
        at = _skip_brackets(text, at) if sign == "(" else _skip_piece(text, at)
    return at


def _skip_piece(text: str, at: int) -> int:
    sign = text[at]
    if sign == "\\":
        return min(at + 1 + (line_end_at(text, at + 1) or 1), len(text))
    if sign not in "'\"":
        return at + 1
    at += 1
    while at < len(text):
        if text[at] == sign:
            return at + 1
        if sign == '"' and text.startswith("$(", at):
            at = _skip_brackets(text, at + 1)
        else:
            at += 2 if text[at] == "\\" else 1
    raise Unbalanced


def _skip_brackets(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if text[at] == "#" and text[at - 1] in " \t\n;(":
            at = comment_end(text, at)
            continue
        if depth == 0:
            return at + 1
        at = at + 1 if text[at] in "()" else _skip_piece(text, at)
    raise Unbalanced


def scan(text: str) -> Document:
    """Read a fish file; never raises."""
    return _Scanner(text).scan()


def events(document: Document) -> list[Event]:
    """Return what sets or erases names, in the order of the file."""
    found: list[Event] = []
    for command in document.commands:
        verb, *arguments = command.words
        if verb.text == "set":
            found.extend(_set(command, arguments))
        elif verb.text == "export":
            for word in arguments:
                if match := _ASSIGNED.match(word.text):
                    start = word.start
                    found.append(Event(command, (word,), match[1], "=", True, start, start + match.end(), word.end))
    return found


def options(arguments: list[Word]) -> tuple[str, list[Word]]:
    """Return the letters of the options of a ``set``, long ones too, and the words behind them."""
    letters, rest = "", list(arguments)
    while rest and rest[0].text.startswith("-") and len(rest[0].text) > 1:
        option = rest.pop(0).text
        if option == "--":
            break
        letters += _LETTERS.get(option[2:], "") if option.startswith("--") else option[1:]
    return letters, rest


def _set(command: Command, arguments: list[Word]) -> list[Event]:
    letters, arguments = options(arguments)
    names = [word for word in arguments if is_name(word.text.partition("[")[0])]
    if set(letters) & set("qSn") or not arguments or arguments[0] not in names:
        return []
    if "e" in letters:
        return [_event(command, word, word, "-", False) for word in names]
    name, last = arguments[0], arguments[-1]
    # A slice changes part of a list; a local variable ends with its block; neither is the value that a program gets.
    sign = "+=" if set(letters) & set("ap") or "[" in name.text else "-" if "u" in letters else "="
    if "l" in letters and command.context:
        return []
    return [_event(command, name, last, sign, "x" in letters)]


def _event(command: Command, name: Word, last: Word, sign: str, exported: bool) -> Event:
    words = command.words
    start = words[words.index(name) + 1].start if last is not name else name.end
    plain = name.text.partition("[")[0]
    return Event(command, tuple(words), plain, sign, exported, name.start, start, last.end)


def quote(value: str, style: str) -> str:
    """Return a value as a fish word: in the quotes that ``style`` opens with where they are safe, else safer ones."""
    if "\0" in value or "\r" in value:
        raise Refused("A start-up file cannot hold this control character.", "not-portable")
    if style == '"' and not re.search(r'["\\$]', value):
        return f'"{value}"'
    if value and style not in ("'", '"') and BARE.fullmatch(value):
        return value
    if "'" in value and not re.search(r'["\\$`!]', value):
        return f'"{value}"'
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def leaves(command: Command) -> bool:
    """Tell whether fish does not read on behind a command."""
    return command.words[0].text in ("return", "exit", "exec")


def _line(name: str, word: str) -> str:
    return f"set -gx {name} {word}"


def _export(event: Event) -> tuple[int, str]:
    return event.command.words[0].end, " -x"


FISH = Dialect(scan, events, quote, _line, leaves, export=_export)
