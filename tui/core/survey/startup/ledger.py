"""What start-up files say about the names that clients read: every line with its place, and how far it counts."""

from __future__ import annotations

from dataclasses import replace

from tui.core.model import Setting, Standing

_Key = tuple[str, str | None, int | None, int | None]
_GIVES = (Standing.SURE, Standing.DYNAMIC)


class Ledger:
    """The settings in the order in which they were met. A later line can change what an earlier one is worth."""

    def __init__(self) -> None:
        self._lines: dict[_Key, Setting] = {}
        self.doubts: dict[str, Setting] = {}
        """For a name, the line that may or may not set or unset it after the one that surely does."""

    def add(self, setting: Setting) -> None:
        """Write a line down. Of a line that is met again, in a loop or by another start, what counts is kept."""
        key = _key(setting)
        before = self._lines.get(key)
        if before is None or before.standing not in _GIVES or setting.standing in _GIVES:
            self._lines.pop(key, None)
            self._lines[key] = setting
        if setting.standing in _GIVES:
            self.settle(setting.name)
        elif setting.standing is Standing.CONDITIONAL:
            self.doubt(setting)

    def doubt(self, setting: Setting) -> None:
        """Note a line that may or may not be run after the one that counts."""
        self.doubts[setting.name] = setting

    def settle(self, name: str) -> None:
        """Forget the doubts about a name: a line that surely is run has set or unset it."""
        self.doubts.pop(name, None)

    def mark(self, setting: Setting, standing: Standing) -> None:
        """Say that a line is worth less than it seemed."""
        key = _key(setting)
        if self._lines.get(key) is setting:
            self._lines[key] = replace(setting, standing=standing)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All lines, in order."""
        return tuple(self._lines.values())


def _key(setting: Setting) -> _Key:
    return setting.name, setting.origin.path, setting.origin.line, setting.origin.column
