"""Edits of JSON text as the smallest splices: nothing but the member named by its address changes."""

from __future__ import annotations

from typing import NoReturn

from tui.core.repair import json_check, json_document, json_removal, json_style
from tui.core.repair.json_node import Document, Member, Node
from tui.core.repair.model import Refused
from tui.core.repair.text import BOM, indentation, splice

Address = tuple[str, ...]


def set_value(text: str | None, address: Address, value: object, line: int | None = None) -> str:
    """Set the value at an address; missing parents become objects, and no text at all a fresh one.

    Of duplicate keys the last one is set, as it is in force, or the one whose key stands on ``line``.
    Raises :class:`Refused` where the text is no JSON, a parent is no object, or only that change cannot be made.
    """
    _check_address(address)
    if text is None or not text.removeprefix(BOM).strip():
        if line is not None:
            _no_such_line(address, line)
        fresh = json_style.write(_nested(address, value), "  ", "", "\n", ": ") + "\n"
        return BOM + fresh if text and text.startswith(BOM) else fresh
    document = read(text)
    member = _chosen(document, address, line)
    after = _replace(document, member, value) if member else _add(document, address, value)
    json_check.differs_only(text, after, json_check.setting(document, address, member, value))
    return after


def unset(text: str | None, address: Address, line: int | None = None) -> str | None:
    """Remove the member at an address with one comma: every duplicate of it, or the one on ``line``."""
    _check_address(address)
    if text is None or not text.removeprefix(BOM).strip():
        return text
    document = read(text)
    if line is not None:
        member = _chosen(document, address, line)
        after = json_removal.remove(document, member) if member else text
        json_check.differs_only(text, after, json_check.removing(document, address, member))
        return after
    after = text
    while (member := document.find(*address)) is not None:
        after = json_removal.remove(document, member)
        document = read(after)
    json_check.differs_only(text, after, json_check.removing(read(text), address, None))
    return after


def rename(text: str | None, address: Address, new: str, line: int | None = None) -> str | None:
    """Give the key at an address another name, in place; every duplicate of it, or the one on ``line``."""
    _check_address(address)
    if text is None or not text.removeprefix(BOM).strip():
        return text
    document = read(text)
    if new == address[-1] or document.find(*address) is None:
        return text
    if document.find(*address[:-1], new) is not None:
        raise Refused(f"{new} is already set in this file.", "target-exists")
    chosen = _chosen(document, address, line)
    members = [chosen] if line is not None and chosen else _duplicates(document, address)
    key = json_style.write(new, None, "", "", ": ")
    after = splice(text, [(member.key_start, member.key_end, key) for member in members])
    json_check.differs_only(text, after, json_check.renaming(document, address, members, new))
    return after


def read(text: str) -> Document:
    """Return the document, or raise :class:`Refused` with the place where it stops being JSON."""
    document = json_document.scan(text)
    if document.root is None and document.problem is not None:
        problem = document.problem
        raise Refused(
            f"The file is not valid JSON (line {problem.line}, column {problem.column}): {problem.message}",
            "invalid-json",
        )
    if document.root is None or not document.root.is_object:
        raise Refused("The file holds no JSON object, so it has no settings.", "not-an-object")
    return document


def _check_address(address: Address) -> None:
    if not address:
        raise Refused("The name of the setting is missing.", "bad-name")


def _nested(address: Address, value: object) -> object:
    for key in reversed(address):
        value = {key: value}
    return value


def _owner(document: Document, address: Address) -> Node | None:
    parent = document.find(*address[:-1])
    return parent.node if parent else document.root if len(address) == 1 else None


def _duplicates(document: Document, address: Address) -> list[Member]:
    owner = _owner(document, address)
    return [member for member in owner.members if member.address == address] if owner else []


def _chosen(document: Document, address: Address, line: int | None) -> Member | None:
    if line is None:
        return document.find(*address)
    for member in document.members:
        if member.address == address and document.position(member.key_start)[0] == line:
            return member
    return _no_such_line(address, line)


def _no_such_line(address: Address, line: int) -> NoReturn:
    raise Refused(f"Line {line} does not set {'.'.join(address)}.", "no-such-line")


def _replace(document: Document, member: Member, value: object) -> str:
    if json_check.same(member.value, value):
        return document.text
    owner = _owner(document, member.address) or document.root
    inline = owner is not None and json_style.is_inline(document, owner)
    base = indentation(document.text, member.key_start)
    written = json_style.write(
        value,
        None if inline else json_style.unit(document),
        base,
        json_style.newline(document, member.key_start),
        json_style.colon(document, owner) if owner else ": ",
    )
    return splice(document.text, [(member.value_start, member.value_end, written)])


def _add(document: Document, address: Address, value: object) -> str:
    """Add a member below the deepest parent that exists; a parent that is null becomes an object."""
    for depth in range(len(address) - 1, 0, -1):
        parent = document.find(*address[:depth])
        if parent is None:
            continue
        if parent.value is None:
            return _replace(document, parent, _nested(address[depth:], value))
        if not parent.node.is_object:
            raise Refused(f"{'.'.join(address[:depth])} is not an object, so it can hold no settings.", "not-an-object")
        return _insert(document, parent.node, address[depth], _nested(address[depth + 1 :], value))
    if document.root is None:
        raise Refused("The file holds no JSON object, so it has no settings.", "not-an-object")
    return _insert(document, document.root, address[0], _nested(address[1:], value))


def _insert(document: Document, owner: Node, key: str, value: object) -> str:
    text = document.text
    inline = json_style.is_inline(document, owner)
    colon = json_style.colon(document, owner)
    end = json_style.newline(document, owner.end)
    outer = indentation(text, owner.end - 1 if not owner.members else owner.start)
    own = indentation(text, owner.members[-1].key_start) if owner.members else outer + json_style.unit(document)
    step = None if inline else json_style.unit(document)
    written = json_style.write(key, None, "", "", colon) + colon + json_style.write(value, step, own, end, colon)
    if owner.members:
        return _insert_last(document, owner, written, inline, end + own, colon)
    inner = text[owner.start + 1 : owner.end - 1]
    if not inner.strip():
        pad = " " if inline and (inner or text[_line_brace(document, owner)] == " ") else ""
        body = f"{pad}{written}{pad}" if inline else f"{end}{own}{written}{end}{outer}"
        return splice(text, [(owner.start + 1, owner.end - 1, body)])
    place = owner.start + 1 + len(inner.rstrip())
    own = indentation(text, place) if _starts_line(text, place) else own
    if inline:
        return splice(text, [(place, place, " " + written)])
    closing = "" if "\n" in inner[len(inner.rstrip()) :] or "\r" in inner[len(inner.rstrip()) :] else end + outer
    return splice(text, [(place, place, end + own + written + closing)])


def _line_brace(document: Document, owner: Node) -> int:
    """Return the offset after the brace that opens the object around ``owner``."""
    around = [m.node for m in document.members if m.node.start < owner.start and m.node.end > owner.end]
    outer = max(around, key=lambda node: node.start, default=document.root)
    return outer.start + 1 if outer else 0


def _starts_line(text: str, place: int) -> bool:
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    return start > 0 and text[start:place].lstrip().startswith(("//", "/*"))


def _insert_last(document: Document, owner: Node, written: str, inline: bool, lead: str, colon: str) -> str:
    last, text = owner.members[-1], document.text
    trailing = last.comma is not None
    after = last.value_end if last.comma is None else last.comma + 1
    place = json_removal.own_comments(document, after)
    between = lead
    if inline:
        between = json_style.gap(document, owner) if len(owner.members) > 1 else " " if colon.endswith(" ") else ""
        between = between if not between.strip() else " "
        if text[place - 2 : place] != "*/" and place != after:
            between = lead
    changes = [(place, place, between + written + ("," if trailing else ""))]
    if not trailing:
        if place == last.value_end:
            changes = [(place, place, "," + between + written)]
        else:
            changes.append((last.value_end, last.value_end, ","))
    return splice(text, changes)
