"""Words of a shell: quotes, escapes and ``$NAME``, taken apart and put together as far as no command must run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[[str], tuple[bool, "str | None"]]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACED = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<operator>:?[-+?])?")
_ESCAPES = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_NUMBERED = re.compile(r"x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<short>[0-9A-Fa-f]{1,4})|(?P<octal>[0-7]{1,3})")
_ENDS = " \t\n;&|<>()"


class Blind(Exception):
    """From here on only running the file can tell."""


class Ended(Exception):
    """The shell stops with a syntax error. ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``pieces`` are its texts with a flag: was it written plainly, without quotes, escapes or ``$``.

    A text of None cannot be told. ``bad`` marks a broken ``${…}``: then the command fails.
    """

    pieces: tuple[tuple[str | None, bool], ...]
    bad: bool = False

    @property
    def plain(self) -> str:
        """The beginning of the word that was written plainly: names of variables and commands count only so."""
        taken = []
        for text, plainly in self.pieces:
            if not plainly or text is None:
                break
            taken.append(text)
        return "".join(taken)

    @property
    def only_expansions(self) -> bool:
        """True where nothing of the word is certain to be there, so that the next word may be the command."""
        return all(text is None or (not text and not plainly) for text, plainly in self.pieces)

    def value_from(self, offset: int) -> str | None:
        """The text behind the first ``offset`` characters, or None where a part of it cannot be told."""
        texts = [text for text, _ in self.pieces]
        return None if None in texts else "".join(text for text in texts if text is not None)[offset:]


class Scanner:
    """Reads commands from ``text``; ``lookup`` tells what a variable holds."""

    def __init__(self, text: str, lookup: Lookup) -> None:
        self.text = text
        self.lookup = lookup
        self.at = 0

    def more(self) -> bool:
        """True while there is text left."""
        return self.at < len(self.text)

    def ended(self) -> Ended:
        """The error of a file that breaks off or goes wrong here."""
        return Ended(self.text.count("\n", 0, self.at) + 1)

    def command(self) -> tuple[list[Word], str]:
        """The words of the next command, and the sign that ends it: a line end, ``;``, ``&&``, ``||``, ``|``, ``&``."""
        words: list[Word] = []
        while self.more():
            sign = self.text[self.at]
            if sign in " \t":
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
            elif sign == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif sign in "\n;&|":
                return words, self._operator(sign, bool(words))
            elif sign in "<>":
                self._redirection()
            elif sign in "()":
                raise Blind
            else:
                words.append(self.word(_ENDS))
        return words, ""

    def _operator(self, sign: str, after_words: bool) -> str:
        pair = self.text[self.at : self.at + 2]
        operator = pair if pair in ("&&", "||") else sign
        if operator != "\n" and not after_words:
            raise self.ended()
        if pair in (";;", "&>", "|&"):
            raise Blind
        self.at += len(operator)
        if operator in ("&&", "||", "|"):  # the next command may stand on a later line, but there must be one
            while self.more() and self.text[self.at] in " \t\n":
                self.at += 1
            if not self.more():
                raise self.ended()
            if self.text[self.at] == "#":
                raise Blind
        return operator

    def _redirection(self) -> None:
        """A redirection may fail, and then the command does not run; one without a target is an error."""
        start = self.at
        while self.more() and self.text[self.at] in "<>&|":
            self.at += 1
        operator = self.text[start : self.at]
        while self.more() and self.text[self.at] in " \t":
            self.at += 1
        known = operator in ("<", ">", ">>", "<<", "<<<", "<>", ">&", "<&", ">|")
        if not known or not self.more() or self.text[self.at] in _ENDS:
            raise self.ended()
        line = self.text[self.at :].partition("\n")[0]
        if re.search(r"[<>][ \t]*(?:[<>|;&)]|$)", line):  # as in KEY=<your-key>: the line ends in an error anyway
            raise self.ended()
        raise Blind

    def word(self, ends: str, quoted: bool = False) -> Word:
        """Read up to one of the characters ``ends``; with ``quoted`` as between double quotes."""
        pieces: list[tuple[str | None, bool]] = []
        bad = False
        while self.more() and self.text[self.at] not in ends:
            sign = self.text[self.at]
            if sign == "\\":
                if escaped := self._escaped(quoted):
                    pieces.append((escaped, False))
            elif sign == "'" and not quoted:
                pieces.append((self._until("'"), False))
            elif sign == '"' and not quoted:
                inner = self._double()
                pieces += [(text, False) for text, _ in inner.pieces] or [("", False)]
                bad = bad or inner.bad
            elif sign == "`":
                self._until("`")
                pieces.append((None, False))
            elif sign == "$":
                text, broken = self._dollar(quoted)
                pieces.append((text, False))
                bad = bad or broken
            elif sign == "~" and not quoted and self._tilde_counts(pieces):
                pieces.append((self._tilde(ends), False))
            else:
                pieces.append((sign, True))
                self.at += 1
        return Word(tuple(pieces), bad)

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise self.ended()
        inside, self.at = self.text[self.at + 1 : end], end + 1
        return inside

    def _double(self) -> Word:
        self.at += 1
        inner = self.word('"', quoted=True)
        if not self.more():
            raise self.ended()
        self.at += 1
        return inner

    def _escaped(self, quoted: bool) -> str:
        follower = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if follower == "\n":
            return ""
        return "\\" + follower if quoted and follower not in '$`"\\' else follower or "\\"

    def _tilde_counts(self, pieces: list[tuple[str | None, bool]]) -> bool:
        """True behind ``NAME=`` and, in its value, behind a plain colon."""
        before = "".join(text or "" for text, plainly in pieces if plainly)
        plain = bool(pieces) and pieces[-1][1]
        return plain and (re.fullmatch(r"[A-Za-z_]\w*\+?=", before) is not None or before.endswith(":"))

    def _tilde(self, ends: str) -> str | None:
        self.at += 1
        following = self.text[self.at : self.at + 1]
        if following and following not in "/:" + ends:
            return None  # the home of another user, or nobody's
        present, home = self.lookup("HOME")
        return home if present else None

    def _dollar(self, quoted: bool) -> tuple[str | None, bool]:
        """What a ``$`` stands for, and whether it is a broken substitution."""
        self.at += 1
        following = self.text[self.at : self.at + 1]
        if following == "'" and not quoted:
            return self._ansi(), False
        if following == '"' and not quoted:
            return self._double().value_from(0), False
        if following == "{":
            return self._braces()
        if following == "(":
            self._parentheses()
            return None, False
        if name := _NAME.match(self.text, self.at):
            self.at = name.end()
            return self.lookup(name[0])[1], False
        if following.isdecimal():
            self.at += 1
            return "", False
        if following and following in "$?#@*!-_":
            self.at += 1
            return None, False
        return "$", False

    def _parentheses(self) -> None:
        depth = 0
        while self.more():
            sign = self.text[self.at]
            if sign in "'\"`" or self.text.startswith("<<", self.at):
                raise Blind
            self.at += 1
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if depth == 0:
                return
        raise self.ended()

    def _braces(self) -> tuple[str | None, bool]:
        start = self.at
        self.at += 1
        match = _BRACED.match(self.text, self.at)
        self.at = match.end() if match else self.at
        other = self.word("}")
        if not self.more():
            self.at = start
            raise self.ended()
        self.at += 1
        if match is None:
            return None, other.value_from(0) == ""
        operator = match["operator"] or ""
        present, value = self.lookup(match["name"])
        if not operator:
            return (value, False) if not other.pieces else (None, False)
        if operator.startswith(":") and value is not None:
            present = present and value != ""
        if operator.endswith("+"):
            return (other.value_from(0) if present else ""), False
        if present:
            return value, False
        return (None, True) if operator.endswith("?") else (other.value_from(0), False)

    def _ansi(self) -> str | None:
        self.at += 1
        taken = []
        while self.more() and self.text[self.at] != "'":
            if self.text[self.at] != "\\":
                taken.append(self.text[self.at])
                self.at += 1
                continue
            if number := _NUMBERED.match(self.text, self.at + 1):
                digits = number["hex"] or number["short"]
                taken.append(chr(int(digits, 16) if digits else int(number["octal"], 8)))
                self.at = number.end()
                continue
            follower = self.text[self.at + 1 : self.at + 2]
            taken.append(_ESCAPES.get(follower, follower if follower in "'\"\\?" else "\\" + follower))
            self.at += 2
        if not self.more():
            raise self.ended()
        self.at += 1
        return "".join(taken)
