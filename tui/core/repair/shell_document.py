"""A start-up file of bash, zsh or a POSIX shell as a list of simple commands, each with its place and its context.

Nothing is run and nothing is expanded. The scan is made for one question: which command sets a variable, and can one
rely on it. What it does not understand makes the document unbalanced, and an unbalanced document is not edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.repair.shell_nodes import Command, Document, Word
from tui.core.repair.shell_words import (
    Unbalanced,
    comment_end,
    line_end_at,
    skip_brackets,
    skip_case_head,
    skip_here_documents,
    skip_loop_head,
    skip_pattern,
    skip_test,
    skip_word,
)

_OPERATOR = re.compile(r"&>>?|<<<|<<-?|<>|<&|>&|>>|>\||[<>]|;;&|;;|;&|;\||;|&&|&|\|\||\|&|\|")
_REDIRECTIONS = {"&>", "&>>", "<<<", "<<", "<<-", "<>", "<&", ">&", ">>", ">|", "<", ">"}
_OPENERS = {"if": "branch", "while": "branch", "until": "branch", "for": "branch", "select": "branch"}
_CLAUSES = {"then", "do", "else", "elif"}
_CLOSERS = {"fi": "branch", "done": "branch", "esac": "case", "}": "group"}
_ESAC = re.compile(r"esac\b")
_ELSE = re.compile(r"\s*(?:else|elif)\b")
_BRACE = re.compile(r"\s*\{\s")
_PREFIXES = {"!", "time", "coproc"}


@dataclass(slots=True)
class _Frame:
    kind: str
    block: int
    head: bool = False
    short: bool = False
    function: bool = False
    pattern: bool = False


class _Scanner:
    def __init__(self, text: str, zsh: bool) -> None:
        self.text = text
        self.zsh = zsh
        self.at = 1 if text.startswith("\ufeff") else 0
        self.document = Document(text)
        self.frames: list[_Frame] = []
        self.blocks = 0
        self.command: Command | None = None
        self.joined = False
        self.function = False
        self.here: list[tuple[str, bool]] = []

    @property
    def block(self) -> int:
        return self.frames[-1].block if self.frames else 0

    def scan(self) -> Document:
        try:
            while self.at < len(self.text):
                self.step()
            self.command = None
            self.document.balanced = not (self.frames or self.here or self.function)
        except Unbalanced:
            self.document.balanced = False
        return self.document

    def step(self) -> None:
        text, at = self.text, self.at
        sign = text[at]
        if length := line_end_at(text, at):
            self.at += length
            self.command = None
            self.joined = self.joined and self.command is None
            self.at = skip_here_documents(text, self.at, self.here)
            self.here = []
        elif sign in " \t":
            self.at += 1
        elif sign == "\\" and line_end_at(text, at + 1):
            self.at += 1 + line_end_at(text, at + 1)
        elif sign == "#":
            self.at = comment_end(text, at)
            self.document.comments.append((at, self.at))
        elif self.frames and self.frames[-1].pattern:
            self.pattern()
        elif sign in "()" or (match := _OPERATOR.match(text, at)) is None:
            self.bracket(sign) if sign in "()" else self.word()
        elif match[0][0] in "<>" and text.startswith("(", match.end()) and len(match[0]) == 1:
            self.word()
        else:
            self.operator(match[0])

    def operator(self, sign: str) -> None:
        self.at += len(sign)
        if sign in _REDIRECTIONS:
            self.redirect(sign)
            return
        if sign in ("&&", "||", "|", "|&", "&") and self.command is not None:
            self.command.joined = True
        self.joined = sign in ("&&", "||", "|", "|&")
        self.command = None
        if sign in (";;", ";&", ";;&", ";|") and self.frames and self.frames[-1].kind == "case":
            self.frames[-1].pattern = True

    def redirect(self, sign: str) -> None:
        while self.text.startswith((" ", "\t"), self.at):
            self.at += 1
        end = skip_word(self.text, self.at)
        if end == self.at:
            raise Unbalanced
        if sign in ("<<", "<<-"):
            self.here.append((re.sub(r"[\\'\"]", "", self.text[self.at : end]), sign == "<<-"))
        self.at = end

    def bracket(self, sign: str) -> None:
        if sign == ")":
            self.close("subshell")
        elif self.text.startswith("()", self.at):
            if self.command is not None:
                self.forget()
            self.at += 2
            self.function = True
            return
        elif (self.frames and self.frames[-1].head) or (self.command is None and self.text.startswith("((", self.at)):
            self.at = skip_brackets(self.text, self.at)
            self.count()
            return
        else:
            self.open("subshell")
        self.at += 1

    def forget(self) -> None:
        """Take back the command that turned out to be the name of a function."""
        self.document.commands.pop()
        self.document.sizes[self.block] -= 1
        self.command = None

    def word(self) -> None:
        start = self.at
        end = skip_word(self.text, start)
        if end == start:
            raise Unbalanced
        text = self.text[start:end]
        self.at = end
        if text == "}" and self.zsh and self.frames and (self.frames[-1].kind == "group" or self.frames[-1].short):
            self.command = None
        if self.command is None and self.keyword(text):
            return
        if text.isdigit() and self.text.startswith(("<", ">"), end):
            return
        if self.command is None:
            kinds = tuple("function" if f.function else f.kind for f in self.frames)
            kinds = (*kinds, "function") if self.function else kinds
            self.function = False
            head = bool(self.frames) and self.frames[-1].head
            self.command = Command([], kinds, self.block, self.joined, head)
            self.joined = False
            self.document.commands.append(self.command)
            self.count()
        self.command.words.append(Word(text, start, end))

    def keyword(self, text: str) -> bool:
        """Deal with a word that has a meaning of its own in the place of a command."""
        top = self.frames[-1] if self.frames else None
        if text in _OPENERS:
            self.open(_OPENERS[text], head=True)
            if text in ("for", "select"):
                self.at = skip_loop_head(self.text, self.at)
        elif text == "case":
            self.open("case")
            self.at = skip_case_head(self.text, self.at)
            self.frames[-1].pattern = True
        elif text == "function":
            while self.text.startswith((" ", "\t"), self.at):
                self.at += 1
            self.at = skip_word(self.text, self.at)
            if self.text.startswith("()", self.at):
                self.at += 2
            self.function = True
        elif text == "{" and top is not None and top.head:
            top.head, top.short = False, True
            self.renew(top)
        elif text == "{":
            self.open("group")
        elif text in _CLAUSES:
            if top is None or top.kind != "branch":
                raise Unbalanced
            top.head = text == "elif" or (text == "else" and _BRACE.match(self.text, self.at) is not None)
            self.renew(top)
        elif text == "}" and top is not None and top.short:
            if _ELSE.match(self.text, self.at) is None:
                self.close("branch")
        elif text in _CLOSERS:
            self.close(_CLOSERS[text])
        elif text == "[[":
            self.count()
            self.at = skip_test(self.text, self.at)
        else:
            return text in _PREFIXES
        return True

    def renew(self, frame: _Frame) -> None:
        self.blocks += 1
        frame.block = self.blocks

    def open(self, kind: str, head: bool = False) -> None:
        self.command = None
        self.count()
        self.blocks += 1
        # What stands behind && or in a pipe depends on its neighbour, a whole block as much as one command.
        kind = "branch" if self.joined and kind == "group" else kind
        self.frames.append(_Frame(kind, self.blocks, head, function=self.function))
        self.function = self.joined = False

    def close(self, kind: str) -> None:
        self.command = None
        if not self.frames:
            raise Unbalanced
        frame = self.frames.pop()
        braces = kind == "group" and frame.kind == "branch" and not frame.head
        if frame.kind != kind and not braces:
            raise Unbalanced

    def count(self) -> None:
        self.document.sizes[self.block] = self.document.sizes.get(self.block, 0) + 1

    def pattern(self) -> None:
        """Step over the pattern of a case, or over its end."""
        if match := _ESAC.match(self.text, self.at):
            self.at = match.end()
            self.close("case")
            return
        self.at = skip_pattern(self.text, self.at)
        self.frames[-1].pattern = False
        self.renew(self.frames[-1])


def scan(text: str, zsh: bool = False) -> Document:
    """Read a start-up file; never raises. ``zsh`` also takes its short forms of blocks."""
    return _Scanner(text, zsh).scan()
