"""The table of contents of everything that unsnarl can recognise, in ranking order."""

from __future__ import annotations

from tui.core.rules.rule import Rule, rule

RULES: tuple[Rule, ...] = ()
_ = rule
