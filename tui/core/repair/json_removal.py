"""What leaves a JSON text together with a member, a comment or a comma."""

from __future__ import annotations

from tui.core.repair.json_node import Document, Member, Node
from tui.core.repair.text import BOM, splice

_BLANK = " \t"
_ENDS = "\r\n"


def own_comments(document: Document, offset: int) -> int:
    """Return the end of the comments that follow ``offset`` on its line, or ``offset`` where there are none."""
    end = offset
    for start, stop in document.extras:
        if start >= end and not document.text[end:start].strip(_BLANK) and document.text[start : start + 1] == "/":
            end = stop
    return end


def remove(document: Document, member: Member) -> str:
    """Return the text without a member, its own comments and one comma; an object left with blanks only is ``{}``."""
    owner = _owner(document, member)
    place = owner.members.index(member)
    before = owner.members[place - 1] if place else None
    start, end = _outer_span(document, owner, member, before)
    changes = [(start, end, "")]
    borrowed = before.comma if before and member.comma is None else None
    if borrowed is not None and not start <= borrowed < end:
        changes.append((borrowed, borrowed + 1, ""))
    if len(owner.members) == 1:
        rest = document.text[owner.start + 1 : start] + document.text[end : owner.end - 1]
        if not rest.strip():
            changes = [(owner.start + 1, owner.end - 1, "")]
    return splice(document.text, changes)


def _owner(document: Document, member: Member) -> Node:
    nodes = [document.root, *(m.node for m in document.members)]
    return next(node for node in nodes if node and any(m is member for m in node.members))


def _outer_span(document: Document, owner: Node, member: Member, before: Member | None) -> tuple[int, int]:
    """Return whole lines where the member has them for itself, else the member with the comma beside it."""
    text = document.text
    last = member.value_end if member.comma is None else member.comma + 1
    end = own_comments(document, last)
    while end < len(text) and text[end] in _BLANK:
        end += 1
    start = _first_comment(document, member.key_start)
    line = start
    while line > 0 and text[line - 1] in _BLANK:
        line -= 1
    if line > 0 and text[line - 1] in _ENDS and text[end : end + 1] in ("\r", "\n"):
        return line, end + (2 if text.startswith("\r\n", end) else 1)
    if before is None or before.comma is None:
        return (start, end) if text[end : end + 1] not in ("}", "\r", "\n") else (start, last)
    if member.comma is None:
        return before.comma, member.value_end
    if owner.members[-1] is member:
        return before.comma + 1, last
    return (start, end)


def _first_comment(document: Document, offset: int) -> int:
    """Return the start of the block comments that lead up to ``offset`` on its line."""
    for start, stop in reversed(document.extras):
        between = document.text[stop:offset]
        if stop <= offset and not between.strip(_BLANK) and document.text.startswith("/*", start):
            if "\n" in document.text[start:stop] or "\r" in document.text[start:stop]:
                break
            offset = start
    return offset


def to_strict(document: Document) -> str:
    """Return the text without comments, trailing commas and BOM; a line left empty by that goes too."""
    text = document.text
    changes = [_extra_span(document, start, stop) for start, stop in document.extras]
    merged: list[tuple[int, int, str]] = []
    for start, stop, new in sorted(changes):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]), new)
        else:
            merged.append((start, stop, new))
    return splice(text, merged).removeprefix(BOM)


def _extra_span(document: Document, start: int, stop: int) -> tuple[int, int, str]:
    text = document.text
    if text[start] == ",":
        return start, stop, ""
    line, end = _first_comment(document, start), own_comments(document, stop)
    while line > 0 and text[line - 1] in _BLANK:
        line -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    opens = line == 0 or text[line - 1] in _ENDS or text[:line] == BOM
    closes = end == len(text) or text[end] in _ENDS
    if opens and closes:
        return line, min(end + (2 if text.startswith("\r\n", end) else 1), len(text)), ""
    if closes:
        return line, end, ""
    return start, end, ""
