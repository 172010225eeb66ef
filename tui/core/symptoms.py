"""The message that a person saw: what it means, and which causes it makes likely. It never decides (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.known import Symptom


def recognise(table: Iterable[Symptom], text: str) -> tuple[Symptom, ...]:
    """Return the known messages inside a text, whatever noise stands around them; the most specific first."""
    return tuple(symptom for symptom in table if symptom.pattern.search(text)) if text.strip() else ()


def hinted(table: Iterable[Symptom], text: str) -> tuple[str, ...]:
    """Return the codes of the causes that a text makes likely, the likeliest first."""
    return tuple(dict.fromkeys(code for symptom in recognise(table, text) for code in symptom.causes))
