"""Choosing another model: from what the endpoint lists, the nearest relative first (pure)."""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Remedy
from tui.core.rules import remedies as ways
from tui.core.rules.configuration.cfg_base_url_typo import distance


def origin(facts: Facts) -> tuple[Evidence, ...]:
    """Where the model was configured."""
    setting = facts.target.models[0][1] if facts.target.models else None
    return (Evidence("The model is set", f"{setting.name} = {setting.shown}", setting.origin),) if setting else ()


def ordered(wanted: str, listed: tuple[str, ...]) -> list[str]:
    """The listed models, the likeliest first: of the same family, or spelt alike (endpoints list the newest first)."""
    family = next((f for f in ("opus", "sonnet", "haiku", "fable") if f in wanted), "")
    if not family:
        return sorted(listed, key=lambda name: abs(len(name) - len(wanted)) > 2 or distance(name, wanted) > 2)
    return sorted(listed, key=lambda name: family not in name)


def remedies(facts: Facts, listed: tuple[str, ...]) -> tuple[Remedy, ...]:
    """One remedy for each of the three best models, or steps where nothing is listed or nothing is configured."""
    setting = facts.target.models[0][1] if facts.target.models else None
    wanted = course.model_of(facts)
    others = tuple(name for name in listed if name != wanted)
    if not others:
        return (ways.steps("choose-model", "Choose a model that the endpoint offers", "In Claude Code: /model"),)
    best = ordered(wanted, others)[:3]
    if setting is None:
        beside = facts.winner("ANTHROPIC_BASE_URL")
        return tuple(
            ways.add(facts, "ANTHROPIC_MODEL", name, f"use-{number}", f"Use {name}", beside, Applicability.CHOICE)
            for number, name in enumerate(best, 1)
        )
    return tuple(
        ways.give(facts, setting, name, f"use-{number}", f"Use {name}", Applicability.CHOICE)
        for number, name in enumerate(best, 1)
    )
