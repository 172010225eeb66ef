"""The configured model is retired.

## What it means
The model id was switched off on a known date. Claude Code reports only an "issue with the selected model".

## Why we believe it
The date stands in the deprecation table; where it was asked, the endpoint refuses it.

## How to fix
Use its successor.

## Fix safety
Your choice: another model answers, at another price.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules.clues import Way, where
from tui.core.rules.model_and_request import choices
from tui.core.rules.rule import Judgement

CODE = "cfg-model-retired"
EXPLAINS = {"model-not-found", "gw-model-not-configured"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not facts.target.models:
        return
    name, setting = facts.target.models[0]
    model = facts.known.models.get(name)
    if model is None or not model.retired or setting is None or (way.message is not None and way.message.status == 200):
        return
    listed = way.models.models if way.models else ()
    refused = way.message is not None and way.message.status == 404
    wish = (model.successor,) if model.successor and (not listed or model.successor in listed) else listed
    yield Finding(
        CODE,
        f"The model {name} was retired on {model.retired}",
        "The API no longer answers for it.",
        (where("The model in force", setting), Evidence("Retired", f"{model.retired} (table of {facts.known.date})")),
        choices.remedies(facts, wish),
        confidence=Confidence.PROVEN if refused else Confidence.LIKELY,
    )
