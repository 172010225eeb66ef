"""Every setting with its places, who gets which, and what it takes to change one: the settings as a person sees them.

It changes nothing itself. A place is changed by the same remedies as a cause is (:mod:`tui.core.rules.remedies`), so
that an edit follows ownership, and passes the same plan, backup and journal.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from tui.core.facts import Facts
from tui.core.model import Origin, OriginKind, Remedy, Resolution, Setting
from tui.core.repair.model import Refused
from tui.core.report.provenance import Decision, Provenance
from tui.core.rules import remedies
from tui.core.secret import Secret, has_user
from tui.core.survey.claude_settings import KEYS

PLACEHOLDER = "NEW_VALUE"
"""Stands in a command for what only the person knows; never a real value, which would stay in the shell's history."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All names that were found. ``facts`` are those of the chosen client and context."""

    facts: Facts
    names: tuple[Provenance, ...]

    def decision(self, item: Provenance) -> Decision:
        """What the chosen client gets in the chosen context."""
        return item.of(self.facts.client, self.facts.context)

    def winner(self, item: Provenance) -> Setting | None:
        """The place in force; None where nothing is, or where only a running shell knows."""
        decision = self.decision(item)
        return item.places[decision.place] if decision.place is not None and decision.known else None

    def why_not(self, item: Provenance, setting: Setting) -> str:
        """Why a place is not in force, as a clause; empty for the one that is."""
        resolution: Resolution | None = self.facts.resolutions.get(item.name)
        return resolution.why_not(setting) if resolution else ""

    def conflicts(self, item: Provenance) -> bool:
        """True where places disagree about the value, or where nobody can tell which value is in force."""
        return len({setting.text for setting in item.places}) > 1 or not self.decision(item).known

    def ordered(self, suspects: Collection[Origin] = ()) -> tuple[Provenance, ...]:
        """The names: first those with a place among ``suspects``, then those whose places disagree, then those with
        several places. Within a group they keep the order in which they were found."""

        def rank(item: Provenance) -> tuple[bool, bool, bool]:
            accused = any(setting.origin.path and setting.origin in suspects for setting in item.places)
            return not accused, not self.conflicts(item), len(item.places) < 2

        return tuple(sorted(self.names, key=rank))

    def editable(self, setting: Setting) -> Setting | None:
        """The line of a file where an edit of this value would happen; None where no file of the person's sets it."""
        return remedies.home_of(self.facts, setting)

    def change(self, setting: Setting, text: str, title: str) -> Remedy:
        """Give a setting another value where it stands. Raises Refused for a text that the file could not hold.

        The remedy claims nothing about the environment of this terminal: it stays what it is until it is reopened.
        """
        secret = isinstance(setting.value, Secret) or self.facts.known.is_secret(setting.name) or has_user(text)
        remedy = remedies.give(self.facts, setting, Secret(text) if secret else text, "edit", title)
        if setting.origin.address == (setting.name,) and KEYS.get(setting.name) is bool:
            if text not in ("true", "false"):
                raise Refused(f"{setting.name} is true or false, nothing else.", "not-a-value")
            remedy = replace(remedy, edits=tuple(replace(edit, value=text == "true") for edit in remedy.edits))
        return replace(remedy, environment=(), commands=() if secret else remedy.commands)

    def owned_elsewhere(self, setting: Setting, title: str) -> Remedy:
        """What the owner has to do for a value that no edit of ours can reach: commands and steps."""
        given = remedies.give(self.facts, setting, PLACEHOLDER, "edit", title)
        if setting.origin.kind is not OriginKind.ENVIRONMENT or not given.commands:
            return given
        forget = remedies.unset(self.facts, setting.name)
        return replace(given, commands=(*given.commands, forget))
