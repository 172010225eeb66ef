"""What a variant is."""

from __future__ import annotations

from dataclasses import dataclass

from tests.rules.story import Story


@dataclass(frozen=True, slots=True)
class Variant:
    """A story whose root cause is ``code``, and in which it differs from the case of that code."""

    code: str
    how: str
    story: Story
