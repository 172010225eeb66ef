"""How a JSON file is laid out, so that what we add looks like what is there."""

from __future__ import annotations

import json
import re

from tui.core.repair.json_node import Document, Node
from tui.core.repair.model import Refused
from tui.core.repair.text import indentation

_LINE_END = re.compile(r"\r\n|\r|\n")
_LOOKED_AT = 50
_COLON = re.compile(r"[ \t]*:[ \t]*")


def unit(document: Document) -> str:
    """Return one step of indentation: what the first member on a line of its own has more than its parent."""
    for member in document.members[:_LOOKED_AT]:
        own = indentation(document.text, member.key_start)
        start = document.text.rfind("\n", 0, member.key_start) + 1
        outer = "" if len(member.address) == 1 else _parent_indentation(document, member.address)
        alone = document.text[start : member.key_start].removeprefix("\ufeff") == own
        if alone and start and len(own) > len(outer) and own.startswith(outer):
            return own[len(outer) :]
    return "  "


def _parent_indentation(document: Document, address: tuple[str, ...]) -> str:
    parent = document.find(*address[:-1])
    return indentation(document.text, parent.key_start) if parent else ""


def newline(document: Document, near: int) -> str:
    """Return the line end used last before ``near``, else the first of the text, else LF."""
    ends = _LINE_END.findall(document.text, 0, near) or _LINE_END.findall(document.text)
    return ends[-1] if ends else "\n"


def colon(document: Document, node: Node) -> str:
    """Return the colon with its spaces, as the last member of this object or else of the text has it."""
    for member in (*reversed(node.members), *reversed(document.members)):
        text = document.text[member.key_end : member.value_start]
        if _COLON.fullmatch(text):
            return text if len(text) < 4 else ": "
    return ": "


def gap(document: Document, node: Node) -> str:
    """Return what stands before the last member of an object: after the brace or after the comma before it."""
    if len(node.members) > 1:
        before = node.members[-2]
        start = before.value_end if before.comma is None else before.comma + 1
    else:
        start = node.start + 1
    return document.text[start : node.members[-1].key_start]


def is_inline(document: Document, node: Node) -> bool:
    """Tell whether a new member belongs on the line of the members that are there."""
    if node.members:
        return _LINE_END.search(gap(document, node)) is None
    if _LINE_END.search(document.text[node.start : node.end]):
        return False
    parent = _parent(document, node)
    return parent is not None and bool(parent.members) and _starts_inline(document, parent, node)


def _starts_inline(document: Document, parent: Node, node: Node) -> bool:
    place = next(i for i, m in enumerate(parent.members) if m.node is node)
    start = parent.start + 1 if place == 0 else parent.members[place - 1].value_end
    return _LINE_END.search(document.text[start : parent.members[place].key_start]) is None


def _parent(document: Document, node: Node) -> Node | None:
    owners = [document.root, *(m.node for m in document.members)]
    return next((owner for owner in owners if owner and any(m.node is node for m in owner.members)), None)


def write(value: object, step: str | None, base: str, end: str, after_colon: str) -> str:
    """Return a value as JSON text.

    ``step`` is one step of indentation, or None to stay on one line; ``base`` the indentation of the line it starts
    on; ``end`` the line end. Raises :class:`Refused` for what JSON cannot hold.
    """
    spaced = after_colon.endswith(" ")
    separators = (", " if spaced and step is None else ",", after_colon if step is None else ": ")
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=step, separators=separators)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, allow_nan=False, indent=step, separators=separators)
    except (TypeError, ValueError, RecursionError):
        raise Refused("JSON has no way to write this value.", "bad-value") from None
    return text.replace("\n", end + base)
