"""The proof of a JSON edit: the standard library reads both texts, and they differ exactly where they should."""

from __future__ import annotations

import json
from collections.abc import Callable

from tui.core.repair import json_removal
from tui.core.repair.json_document import scan
from tui.core.repair.json_node import Document, Member
from tui.core.repair.model import Refused


class Pairs(list[tuple[str, object]]):
    """An object as the list of its members, so that duplicates and their order count."""


Change = Callable[[object], object]


def same(one: object, other: object) -> bool:
    """Tell whether two values are the same JSON; True, 1 and 1.0 are not."""
    try:
        return json.dumps(_plain(one)) == json.dumps(_plain(other))
    except (TypeError, ValueError):
        return False


def _plain(value: object) -> object:
    if isinstance(value, Pairs):
        return {"pairs": [[key, _plain(item)] for key, item in value]}
    if isinstance(value, dict):
        return {"pairs": [[key, _plain(item)] for key, item in value.items()]}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def load(text: str) -> object:
    """Read JSON or JSONC with the standard library, keeping duplicates. Raises ValueError."""
    return json.loads(json_removal.to_strict(scan(text)), object_pairs_hook=Pairs)


def differs_only(before: str, after: str, change: Change) -> None:
    """Raise :class:`Refused` unless ``after`` holds the data of ``before`` with exactly this change."""
    try:
        expected, actual = change(load(before)), load(after)
    except (ValueError, LookupError):
        raise Refused("The file cannot be changed without risk to its other settings.", "not-safe") from None
    if not same(expected, actual):
        raise Refused("The file cannot be changed without changing other settings too.", "not-safe")


def setting(document: Document, address: tuple[str, ...], member: Member | None, value: object) -> Change:
    """Return the change that sets one value: that of ``member``, or a new one at the address."""

    def change(data: object) -> object:
        if member is not None:
            return _at(data, address[:-1], lambda pairs: _put(pairs, _place(document, member), address[-1], value))
        return _grow(data, address, value)

    return change


def removing(document: Document, address: tuple[str, ...], member: Member | None) -> Change:
    """Return the change that removes one member, or every member at the address."""

    def prune(pairs: Pairs) -> Pairs:
        if member is not None:
            place = _place(document, member)
            return Pairs(pair for i, pair in enumerate(pairs) if i != place)
        return Pairs(pair for pair in pairs if pair[0] != address[-1])

    return lambda data: _at(data, address[:-1], prune)


def renaming(document: Document, address: tuple[str, ...], members: list[Member], new: str) -> Change:
    """Return the change that gives these members a new key."""
    places = {_place(document, member) for member in members}

    def change(pairs: Pairs) -> Pairs:
        return Pairs((new if i in places else key, value) for i, (key, value) in enumerate(pairs))

    return lambda data: _at(data, address[:-1], change)


def _place(document: Document, member: Member) -> int:
    siblings = [m for m in document.members if m.address[:-1] == member.address[:-1]]
    owners = [m for m in document.members if m.address == member.address[:-1]]
    if owners:
        around = next(o for o in owners if o.value_start <= member.key_start < o.value_end)
        siblings = [m for m in siblings if around.value_start <= m.key_start < around.value_end]
    return siblings.index(member)


def _at(data: object, path: tuple[str, ...], change: Callable[[Pairs], Pairs]) -> object:
    if not isinstance(data, Pairs):
        return data
    if not path:
        return change(data)
    places = [i for i, (key, _) in enumerate(data) if key == path[0]]
    if not places:
        return data
    return Pairs((k, _at(v, path[1:], change) if i == places[-1] else v) for i, (k, v) in enumerate(data))


def _put(pairs: Pairs, place: int, key: str, value: object) -> Pairs:
    return Pairs((key, value) if i == place else pair for i, pair in enumerate(pairs))


def _grow(data: object, path: tuple[str, ...], value: object) -> object:
    if not path:
        return value
    pairs = data if isinstance(data, Pairs) else Pairs()
    places = [i for i, (key, _) in enumerate(pairs) if key == path[0]]
    if places:
        return _put(pairs, places[-1], path[0], _grow(pairs[places[-1]][1], path[1:], value))
    return Pairs([*pairs, (path[0], _grow(None, path[1:], value))])
