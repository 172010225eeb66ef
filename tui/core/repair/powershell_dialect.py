"""PowerShell: what sets a variable of the environment, and how a value is written. Nothing is run.

Typographic quotes count as quotes here, as they do in PowerShell.
"""

from __future__ import annotations

import re

from tui.core.repair.dialect import Dialect, Event
from tui.core.repair.model import Refused
from tui.core.repair.shell_nodes import Command, Document, Word
from tui.core.repair.shell_words import Unbalanced, comment_end, line_end_at

_SINGLE, _DOUBLE = "'‘’‚‛", '"“”„'
_HERE = re.compile(r"@(['\"])[ \t]*\r?\n.*?\n\1@", re.S)
_BRANCH = re.compile(r"(?:if|elseif|else|foreach|for|while|do|switch|try|catch|finally|trap)\b", re.I)
_PATH = r"[ \t]+(?:-(?:Literal)?Path[ \t]+)?['\"]?Env:\\?"
_NAME = r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
_FORMS = (
    re.compile(
        rf"\$(?:env:{_NAME}|\{{env:(?P<braced>[A-Za-z_][A-Za-z0-9_]*)\}})[ \t]*(?P<sign>\+?=)(?:[ \t]|`\r?\n)*", re.I
    ),
    re.compile(rf"\[(?:System\.)?Environment\]::SetEnvironmentVariable\(\s*['\"]{_NAME}['\"]\s*,\s*", re.I),
    re.compile(
        rf"(?:Set-Item|si)[ \t]+(?:-(?:Literal)?Path[ \t]+)?['\"]?Env:\\?{_NAME}['\"]?[ \t]+(?:-Value[ \t]+)?", re.I
    ),
)
_REMOVE = re.compile(rf"(?:Remove-Item|ri|rm|del){_PATH}{_NAME}", re.I)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.document = Document(text)
        self.blocks: list[str] = []
        self.start: int | None = None
        self.end = 0

    def scan(self) -> Document:
        try:
            while self.at < len(self.text):
                self.step()
            self.finish()
            self.document.balanced = not self.blocks
        except Unbalanced:
            self.document.balanced = False
        return self.document

    def step(self) -> None:
        text, at = self.text, self.at
        sign = text[at]
        if length := line_end_at(text, at):
            self.at += length
            self.finish()
        elif sign in " \t\r":
            self.at += 1
        elif sign == "`" and line_end_at(text, at + 1):
            self.at += 1 + line_end_at(text, at + 1)
        elif sign == "#" or text.startswith("<#", at):
            self.at = skip_comment(text, at)
            self.document.comments.append((at, self.at))
        elif sign == ";":
            self.finish()
            self.at += 1
        elif sign == "{":
            head = text[self.start : self.end] if self.start is not None else ""
            self.blocks.append("branch" if _BRANCH.match(head) else "function")
            self.start = None
            self.at += 1
        elif sign == "}":
            self.finish()
            if not self.blocks:
                raise Unbalanced
            self.blocks.pop()
            self.at += 1
        else:
            self.start = at if self.start is None else self.start
            self.at = self.end = skip_piece(text, at)

    def finish(self) -> None:
        if self.start is not None:
            word = Word(self.text[self.start : self.end], self.start, self.end)
            joined = self.text[self.end :].lstrip(" \t").startswith(("|", "&&"))
            self.document.commands.append(Command([word], tuple(self.blocks), 0, joined))
        self.start = None


def skip_comment(text: str, at: int) -> int:
    """Return the offset behind a comment. Raises :class:`Unbalanced`."""
    if text[at] == "#":
        return comment_end(text, at)
    end = text.find("#>", at)
    if end < 0:
        raise Unbalanced
    return end + 2


def skip_piece(text: str, at: int) -> int:
    """Return the offset behind one sign, string or bracket. Raises :class:`Unbalanced`."""
    sign = text[at]
    if here := _HERE.match(text, at):
        return here.end()
    if sign == "`":
        return min(at + 2, len(text))
    if sign in _SINGLE or sign in _DOUBLE:
        return _skip_string(text, at + 1, _SINGLE if sign in _SINGLE else _DOUBLE)
    if text.startswith("${", at):
        end = text.find("}", at)
        return _known(end) + 1
    if sign == "(" or text.startswith(("@{", "$("), at):
        return _skip_brackets(text, at + (sign in "@$"))
    return at + 1


def _known(end: int) -> int:
    if end < 0:
        raise Unbalanced
    return end


def _skip_string(text: str, at: int, quotes: str) -> int:
    while at < len(text):
        if quotes == _DOUBLE and text.startswith("$(", at):
            at = _skip_brackets(text, at + 1)
        elif quotes == _DOUBLE and text[at] == "`":
            at += 2
        elif text[at] in quotes:
            if text[at + 1 : at + 2] not in quotes or at + 1 >= len(text):
                return at + 1
            at += 2
        else:
            at += 1
    raise Unbalanced


def _skip_brackets(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
        if text[at] in "(){}":
            at += 1
        elif text[at] == "#" or text.startswith("<#", at):
            at = skip_comment(text, at)
        else:
            at = skip_piece(text, at)
    raise Unbalanced


def scan(text: str) -> Document:
    """Read a PowerShell profile; never raises."""
    return _Scanner(text).scan()


def events(document: Document) -> list[Event]:
    """Return what sets or removes variables of the environment, in the order of the file."""
    found: list[Event] = []
    for command in document.commands:
        word = command.words[0]
        for form in _FORMS:
            if match := form.match(word.text):
                found.append(_event(command, word, match))
        if match := _REMOVE.match(word.text):
            start = word.start + match.start("name")
            found.append(Event(command, (word,), match["name"], "-", False, start, word.end, word.end))
    return found


def _event(command: Command, word: Word, match: re.Match[str]) -> Event:
    groups = match.groupdict()
    group = "name" if groups["name"] is not None else "braced"
    start, end = word.start + match.end(), word.end
    if "(" in match[0]:
        end = _argument_end(word.text, match.end()) + word.start
    sign = groups.get("sign") or "="
    sign = "-" if word.text[match.end() : end - word.start].strip().lower() == "$null" else sign
    return Event(command, (word,), match[group], sign, True, word.start + match.start(group), start, end)


def _argument_end(text: str, at: int) -> int:
    end = at
    while at < len(text) and text[at] not in ",)":
        at = skip_piece(text, at)
        end = at if not text[at - 1].isspace() else end
    return end


def quote(value: str, style: str) -> str:
    """Return a value as a PowerShell string: in double quotes where the old one is and they are safe, else single."""
    if "\0" in value or "\r" in value:
        raise Refused("A profile cannot hold this control character.", "not-portable")
    if style == '"' and not re.search(f"[$`{_DOUBLE}]", value):
        return f'"{value}"'
    return "'" + re.sub(f"([{_SINGLE}])", r"\1\1", value) + "'"


def leaves(command: Command) -> bool:
    """Tell whether PowerShell does not read on behind a command."""
    return re.match(r"(?:return|exit)\b", command.words[0].text, re.I) is not None


def _line(name: str, word: str) -> str:
    return f"$env:{name} = {word}"


POWERSHELL = Dialect(scan, events, quote, _line, leaves, "$null")
