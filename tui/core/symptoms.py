"""The message that a person saw: what it means, and which causes it makes likely. It never decides (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.known import Symptom
from tui.core.pasted import Pasted


def recognise(table: Iterable[Symptom], text: str) -> tuple[Symptom, ...]:
    """Return the known messages inside a text, whatever noise stands around them; the most specific first.

    The longer the words that were found, the more they say. Messages that stand in every failure come last.
    """
    if not text.strip():
        return ()
    pasted = Pasted.of(text)
    found = [(weight, symptom) for symptom in table if (weight := _weight(symptom, pasted))]
    found.sort(key=lambda pair: (pair[1].general, -pair[0]))
    return tuple(symptom for _, symptom in found)


def hinted(table: Iterable[Symptom], text: str) -> tuple[str, ...]:
    """Return the codes of the causes that a text makes likely, the likeliest first."""
    return tuple(dict.fromkeys(code for symptom in recognise(table, text) for code in symptom.causes))


def _weight(symptom: Symptom, pasted: Pasted) -> int:
    return max((phrase.weight for phrase in symptom.says if phrase.stands_in(pasted)), default=0)
