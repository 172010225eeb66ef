"""A start-up file of bash, zsh or a POSIX shell as a list of simple commands, each with its place and its context.

Nothing is run and nothing is expanded. The scan is made for one question: which command sets a variable, and can one
rely on it. What it does not understand makes the document unbalanced, and an unbalanced document is not edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.repair.shell_nodes import Clause, Command, Document, Word
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
_SHORT_FOR = re.compile(r"\s*([A-Za-z_]\w*)\s*(?=\()")
_BODY = re.compile(r"\s*(?:[;{\n]|do\b)")
_PREFIXES = {"!", "time", "coproc"}


@dataclass(slots=True)
class _Frame:
    kind: str
    block: int
    head: bool = False
    short: bool = False
    function: bool = False
    pattern: bool = False
    subject: str = ""
    single: bool = False
    """True where the body is one command without brackets."""


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
        self.link = ""
        self.negated = False
        self.function = False
        self.named = ""
        self.closed = 0
        self.here: list[tuple[str, bool]] = []

    @property
    def block(self) -> int:
        return self.frames[-1].block if self.frames else 0

    def scan(self) -> Document:
        try:
            while self.at < len(self.text):
                self.step()
            self.end_single()
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
            self.end_single()
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
            self.command.follow = sign
        elif sign in ("|", "|&", "&") and self.closed:
            self.document.apart.add(self.closed)
        self.joined = sign in ("&&", "||", "|", "|&")
        self.link = sign if self.joined else ""
        if not self.joined:
            self.end_single()
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
            self.named = "" if self.command is None else self.forget()
            self.at += 2
            self.function = True
            return
        elif (self.frames and self.frames[-1].head) or (self.command is None and self.text.startswith("((", self.at)):
            start, self.at = self.at, skip_brackets(self.text, self.at)
            self.whole(start) if self.command is None else self.count()
            return
        else:
            self.open("subshell")
        self.at += 1

    def forget(self) -> str:
        """Take back the command that turned out to be the name of a function; return that name."""
        name = self.document.commands.pop().words[-1].text
        self.document.sizes[self.block] -= 1
        self.command = None
        return name

    def end_single(self) -> None:
        """Close a loop whose body is the one command that ends here."""
        while self.frames and self.frames[-1].single and self.command is not None:
            self.close("branch")

    def word(self) -> None:
        start = self.at
        end = skip_word(self.text, start)
        if end == start:
            raise Unbalanced
        text = self.text[start:end]
        self.at = end
        if text == "}" and self.zsh and self.frames and (self.frames[-1].kind == "group" or self.frames[-1].short):
            self.command = None
        if text == "{" and self.zsh and self.frames and self.frames[-1].head and self.command is not None:
            # The short form of a block: nothing need stand between the ]] of a condition and the brace.
            self.command = None if self.command.words[0].text.startswith(("[[", "(")) else self.command
        if self.command is None and self.keyword(text):
            return
        if text.isdigit() and self.text.startswith(("<", ">"), end):
            return
        if self.command is None:
            kinds = tuple("function" if f.function else f.kind for f in self.frames)
            kinds = (*kinds, "function") if self.function else kinds
            self.function = False
            self.command = self.begin(kinds)
            self.document.commands.append(self.command)
            self.count()
        self.command.words.append(Word(text, start, end))

    def begin(self, kinds: tuple[str, ...]) -> Command:
        head = bool(self.frames) and self.frames[-1].head
        blocks = tuple(frame.block for frame in self.frames)
        command = Command([], kinds, self.block, self.joined, head, self.link, blocks, self.negated)
        self.joined = self.negated = False
        self.link = ""
        self.closed = 0
        return command

    def whole(self, start: int) -> None:
        """Take ``[[ … ]]`` or ``(( … ))`` as a command of one word: operators in it are its own."""
        self.count()
        self.command = self.begin(tuple("function" if f.function else f.kind for f in self.frames))
        self.command.words.append(Word(self.text[start : self.at], start, self.at))
        self.document.commands.append(self.command)

    def keyword(self, text: str) -> bool:
        """Deal with a word that has a meaning of its own in the place of a command."""
        top = self.frames[-1] if self.frames else None
        if text in _OPENERS:
            self.open(_OPENERS[text], head=True)
            start = self.at
            if self.zsh and text == "for" and (short := _SHORT_FOR.match(self.text, start)):
                self.short_loop(short)
                return True
            if text in ("for", "select"):
                self.at = skip_loop_head(self.text, self.at)
            kind = text if text in ("if", "for", "until") else "while"
            self.document.clauses[self.block] = Clause(kind, 0, (self.text[start : self.at].strip(),))
        elif text == "case":
            self.open("case")
            start = self.at
            self.at = skip_case_head(self.text, self.at)
            self.frames[-1].subject = self.text[start : self.at].strip().removesuffix("in").strip()
            self.frames[-1].pattern = True
        elif text == "function":
            while self.text.startswith((" ", "\t"), self.at):
                self.at += 1
            start, self.at = self.at, skip_word(self.text, self.at)
            self.named = self.text[start : self.at]
            if self.text.startswith("()", self.at):
                self.at += 2
            self.function = True
        elif text == "{" and top is not None and top.head:
            top.head, top.short = False, True
            self.renew(top, "do")
        elif text == "{":
            self.open("group")
        elif text in _CLAUSES:
            if top is None or top.kind != "branch":
                raise Unbalanced
            top.head = text == "elif" or (text == "else" and _BRACE.match(self.text, self.at) is not None)
            self.renew(top, "if" if text == "elif" else text)
        elif text == "}" and top is not None and top.short:
            if _ELSE.match(self.text, self.at) is None:
                self.close("branch")
        elif text in _CLOSERS:
            self.close(_CLOSERS[text])
        elif text == "[[":
            start, self.at = self.at - len(text), skip_test(self.text, self.at)
            self.whole(start)
        else:
            self.negated = self.negated or text == "!"
            return text in _PREFIXES
        return True

    def short_loop(self, head: re.Match[str]) -> None:
        """Take ``for NAME (words)``, behind which one command may be the whole body."""
        frame, end = self.frames[-1], skip_brackets(self.text, head.end())
        self.document.clauses[self.block] = Clause("for", 0, (f"{head[1]} in {self.text[head.end() + 1 : end - 1]}",))
        self.at = end
        if _BODY.match(self.text, end) is None:
            frame.head, frame.single = False, True
            self.renew(frame, "do")

    def renew(self, frame: _Frame, kind: str, *text: str) -> None:
        self.blocks += 1
        self.document.clauses[self.blocks] = Clause(kind, frame.block, text)
        frame.block = self.blocks

    def open(self, kind: str, head: bool = False) -> None:
        self.command = None
        self.count()
        self.blocks += 1
        # What stands behind && or in a pipe depends on its neighbour, a whole block as much as one command.
        if self.joined and kind == "group":
            kind = "branch"
            self.document.clauses[self.blocks] = Clause("joined", self.block, (self.link,))
        self.frames.append(_Frame(kind, self.blocks, head, function=self.function))
        if self.function:
            self.document.functions[self.blocks] = self.named
        self.function = self.joined = False
        self.link = ""

    def close(self, kind: str) -> None:
        self.command = None
        if not self.frames:
            raise Unbalanced
        frame = self.frames.pop()
        self.closed = frame.block
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
        start, self.at = self.at, skip_pattern(self.text, self.at)
        frame = self.frames[-1]
        frame.pattern = False
        self.renew(frame, "case", frame.subject, self.text[start : self.at - 1].strip().removeprefix("("))


def scan(text: str, zsh: bool = False) -> Document:
    """Read a start-up file; never raises. ``zsh`` also takes its short forms of blocks."""
    return _Scanner(text, zsh).scan()
