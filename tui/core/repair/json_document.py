"""JSON read without losing anything: where every member stands, and why a text is not strict JSON.

Comments, trailing commas and a BOM are understood, because people write them; Claude Code drops a file that holds a
comment or a trailing comma, so :attr:`Document.problem` names the first of them.
"""

from __future__ import annotations

import re
from typing import NoReturn

from tui.core.repair.json_node import Document, Member, Node, Problem
from tui.core.repair.text import BOM, position

__all__ = ["DEPTH", "Document", "Member", "Node", "Problem", "decode", "scan"]

DEPTH = 100
"""Objects and lists nested deeper than this are refused: no settings file is, and readers fail there."""

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"(?:true|false|null)\b")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"true": True, "false": False, "null": None}
_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?\*/", re.S)


class _Unreadable(Exception):
    """Carries the place of a fault out of the recursion."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.members: list[Member] = []
        self.extras: list[tuple[int, int]] = []
        self.tolerated: list[tuple[int, str]] = []

    def document(self) -> Document:
        root: Node | None = None
        fault: tuple[int, str] | None = None
        try:
            root = self.whole()
        except _Unreadable as error:
            fault = (error.offset, str(error))
        if fault is None and self.tolerated:
            fault = min(self.tolerated)
        problem = Problem(fault[1], fault[0], *position(self.text, fault[0])) if fault else None
        members = tuple(sorted(self.members, key=lambda member: member.key_start))
        return Document(self.text, root, members, problem, tuple(sorted(self.extras)))

    def whole(self) -> Node:
        if self.text.startswith(BOM):
            self.at = 1
            self.tolerated.append((0, "The file starts with a byte order mark."))
        self.skip()
        if self.at == len(self.text):
            self.fail("The file is empty.")
        root = self.node((), 0)
        self.skip()
        if self.at < len(self.text):
            self.fail("There is more text after the end of the JSON.")
        return root

    def fail(self, message: str, offset: int | None = None) -> NoReturn:
        raise _Unreadable(message, self.at if offset is None else offset)

    def skip(self) -> None:
        """Step over blanks and comments, and remember the comments."""
        while True:
            if space := _SPACE.match(self.text, self.at):
                self.at = space.end()
            comment = _COMMENT.match(self.text, self.at)
            if comment is None:
                if self.text.startswith("/*", self.at):
                    self.fail("A comment is not closed.")
                return
            self.extras.append(comment.span())
            self.tolerated.append((self.at, "Strict JSON has no comments."))
            self.at = comment.end()

    def node(self, address: tuple[str, ...], depth: int) -> Node:
        if depth > DEPTH:
            self.fail(f"The data is nested deeper than {DEPTH} levels.")
        start, sign = self.at, self.text[self.at : self.at + 1]
        if sign == "{":
            members = self.object(address, depth)
            return Node({m.address[-1]: m.value for m in members}, start, self.at, members=tuple(members))
        if sign == "[":
            items = self.list(address, depth)
            return Node([item.value for item in items], start, self.at, items=tuple(items))
        if sign == '"':
            return Node(self.string(), start, self.at)
        if match := _WORD.match(self.text, self.at):
            self.at = match.end()
            return Node(_WORDS[match[0]], start, self.at)
        if match := _NUMBER.match(self.text, self.at):
            self.at = match.end()
            try:
                return Node(float(match[0]) if match[1] or match[2] else int(match[0]), start, self.at)
            except ValueError:
                self.fail("A number has too many digits.", start)
        if sign and sign in "'‘’“”`":
            self.fail('Text must stand in straight double quotes: "…".')
        return self.fail("A value is missing or misspelt here." if sign else "The file ends before the JSON does.")

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            self.fail("A text is not closed, or holds a line break or an unknown escape.")
        self.at = match.end()
        return decode(match[0])

    def object(self, address: tuple[str, ...], depth: int) -> list[Member]:
        found: list[Member] = []
        self.at += 1
        while not self.closes("}"):
            key_start = self.at
            if not self.text.startswith('"', self.at):
                self.fail("A key in straight double quotes is expected here.")
            path = (*address, self.string())
            key_end = self.at
            self.skip()
            if not self.text.startswith(":", self.at):
                self.fail("A colon is missing after the key.")
            self.at += 1
            self.skip()
            node = self.node(path, depth + 1)
            comma = self.comma("}")
            member = Member(path, node.value, key_start, key_end, node.start, node.end, node, comma)
            self.members.append(member)
            found.append(member)
        return found

    def list(self, address: tuple[str, ...], depth: int) -> list[Node]:
        found: list[Node] = []
        self.at += 1
        while not self.closes("]"):
            found.append(self.node((*address, str(len(found))), depth + 1))
            self.comma("]")
        return found

    def closes(self, end: str) -> bool:
        self.skip()
        if not self.text.startswith(end, self.at):
            return False
        self.at += 1
        return True

    def comma(self, end: str) -> int | None:
        """Step over the comma after an item, and remember a trailing one; the item may be the last."""
        self.skip()
        here = self.at
        if self.text.startswith(",", here):
            self.at += 1
            self.skip()
            if self.text.startswith(end, self.at):
                self.extras.append((here, here + 1))
                self.tolerated.append((here, "Strict JSON has no comma after the last item."))
            return here
        if not self.text.startswith(end, here):
            self.fail(
                "A comma is missing before this." if here < len(self.text) else "The file ends before the JSON does."
            )
        return None


def scan(text: str) -> Document:
    """Read JSON or JSONC; never raises: a fault is :attr:`Document.problem`."""
    return _Scanner(text).document()


def decode(quoted: str) -> str:
    """Return the text that a quoted JSON string stands for; surrogate pairs are joined."""
    if "\\" not in quoted:
        return quoted[1:-1]
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN.get(m[2], m[2]), quoted[1:-1])
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
