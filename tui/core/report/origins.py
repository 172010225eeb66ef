"""A place in JSON: what every document of ours says of it."""

from __future__ import annotations

from typing import Any

from tui.core.model import Origin

Document = dict[str, Any]


def origin(place: Origin) -> Document:
    """A place, with ``~`` for the home."""
    made: Document = {"kind": str(place.kind), "path": place.shown or place.path}
    if place.line:
        made["line"] = place.line
    if place.column:
        made["column"] = place.column
    return made
