"""Where every value comes from: each place that sets a name, and who gets which (schema ``unsnarl.settings/1``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tui.core.model import Client, Context, Resolution, Setting, Standing
from tui.core.report.origins import origin

SCHEMA = "unsnarl.settings/1"
Document = dict[str, Any]
Table = Mapping[tuple[Client, Context], Mapping[str, Resolution]]
"""Who wins, for every client and every way to start it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one client gets in one context: the place's number in the list (None: nothing, or not known)."""

    client: Client
    context: Context
    place: int | None
    rule: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """One name: every place that sets it, and who gets what."""

    name: str
    places: tuple[Setting, ...]
    decisions: tuple[Decision, ...]

    def of(self, client: Client, context: Context) -> Decision:
        """The decision for one client and context."""
        return next(d for d in self.decisions if d.client == client and d.context is context)


def trace(found: Iterable[Setting], table: Table, names: Iterable[str] = ()) -> tuple[Provenance, ...]:
    """Put together what is known of each name, in the order in which it was found; ``names`` picks some."""
    by_name: dict[str, list[Setting]] = {name: [] for name in names}
    chosen = bool(by_name)
    for setting in found:
        if not chosen or setting.name in by_name:
            by_name.setdefault(setting.name, []).append(setting)
    return tuple(_trace(name, places, table) for name, places in by_name.items())


def _trace(name: str, places: list[Setting], table: Table) -> Provenance:
    decisions = []
    for (client, context), resolutions in table.items():
        resolution = resolutions.get(name)
        if resolution is None:
            decisions.append(Decision(client, context, None, "nothing sets it"))
            continue
        decides = resolution.winner or resolution.unknown
        place = next((number for number, setting in enumerate(places) if setting is decides), None)
        decisions.append(Decision(client, context, place, resolution.rule, resolution.unknown is None))
    return Provenance(name, tuple(places), tuple(decisions))


def document(traced: Iterable[Provenance], client: Client, context: Context, reveal: bool = False) -> Document:
    """Everything as one JSON object. The list ``settings`` marks what is in force for one client and context."""
    traced = tuple(traced)
    settings = [
        one
        for item in traced
        for number, setting in enumerate(item.places)
        for one in [setting_document(setting, item, number, item.of(client, context), reveal)]
    ]
    names = [
        {
            "name": item.name,
            "places": [origin(setting.origin) for setting in item.places],
            "decisions": [
                {
                    "client": str(d.client.name),
                    "version": d.client.version,
                    "context": str(d.context),
                    "place": d.place,
                    "known": d.known,
                    "rule": d.rule,
                }
                for d in item.decisions
            ],
        }
        for item in traced
    ]
    return {
        "schema": SCHEMA,
        "client": str(client.name),
        "client_version": client.version,
        "context": str(context),
        "settings": settings,
        "names": names,
    }


def setting_document(
    setting: Setting, traced: Provenance | None, number: int, decision: Decision | None, reveal: bool
) -> Document:
    """One place that sets a name."""
    wins = decision is not None and decision.place == number and decision.known
    winner = traced.places[decision.place] if traced and decision and decision.place is not None else None
    shown: str | None = setting.text if reveal else setting.shown
    made: Document = {
        "name": setting.name,
        "value": None if setting.standing is Standing.NO_VALUE else shown,
        "secret": not isinstance(setting.value, str),
        "origin": origin(setting.origin),
        "wins": wins,
        "shadowed_by": None if wins or winner is None or winner is setting else origin(winner.origin),
        "precedence": decision.rule if decision else "",
    }
    if setting.standing:
        made["standing"] = str(setting.standing)
    return made
