"""What a case and a near miss are."""

from __future__ import annotations

from dataclasses import dataclass

from tests.rules.story import Story


@dataclass(frozen=True, slots=True)
class Case:
    """A story whose root cause (or note) is ``code``."""

    code: str
    story: Story


@dataclass(frozen=True, slots=True)
class Miss:
    """The case of ``code`` with one thing seen differently, and the other cause that it then is (none: healthy)."""

    code: str
    other: str
    story: Story
    because: str

    @property
    def name(self) -> str:
        """For the list of tests."""
        return f"{self.code} or {self.other or 'nothing'}: {self.because}"
