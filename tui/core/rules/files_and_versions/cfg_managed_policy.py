"""Your administrator's settings decide, and yours cannot override them.

## What it means
Managed settings outrank every file and variable of yours. They demand a login where you have set a key, or they hold an
address, a credential or a model that does not work.

## Why we believe it
The value in force stands in the managed file, and it is refused, or yours below it was tried and works.

## How to fix
Ask the administrator. Where a login is demanded, remove your own key and log in.

## Fix safety
Nothing of the managed settings is changed by us. Removing your own key is your choice.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Evidence, Finding, Origin, OriginKind, Remedy, Setting
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.configuration import cfg_settings_shadow
from tui.core.rules.rule import Judgement

CODE = "cfg-managed-policy"
EXPLAINS = {
    "cfg-settings-shadow",
    "cfg-key-overrides-login",
    "cfg-model-retired",
    "model-not-found",
    "gw-model-not-configured",
}
_FORCED = ("forceLoginMethod", "forceLoginOrgUUID")


def check(facts: Facts) -> Judgement:
    if facts.client.name is not ClientName.CLAUDE_CODE:
        return
    forced = next((s for name in _FORCED if (s := facts.winner(name)) and _managed(s)), None)
    if forced is not None and forced.text.strip() and (facts.target.credentials or facts.target.helper):
        yield _login(facts, forced)
        return
    for hidden in cfg_settings_shadow.check(facts):  # it has compared both values, whoever owns them
        if isinstance(hidden, Finding) and hidden.evidence[0].origin and _managed(hidden.evidence[0].origin):
            yield _overruled(hidden)
            return
    if facts.target.models and not Way(facts).works:
        yield from _model(facts, *facts.target.models[0])


def _managed(place: Setting | Origin) -> bool:
    origin = place.origin if isinstance(place, Setting) else place
    return origin.kind is OriginKind.MANAGED_SETTINGS


def _overruled(hidden: Finding) -> Finding:
    """What is known of two values, one of them the administrator's."""
    name = hidden.title.split(" ")[0]
    return Finding(
        CODE,
        f"Your administrator sets {name}, and that value does not work; yours does, but is not used",
        hidden.explanation,
        hidden.evidence,
        (_ask(f"{name} in {hidden.evidence[0].origin} does not work here, and another value does."),),
    )


def _model(facts: Facts, name: str, setting: Setting | None) -> Judgement:
    answer = Way(facts).message
    if setting is None or not _managed(setting) or answer is None or answer.status not in (400, 403, 404, 503):
        return
    if name not in answer.body:
        return
    yield Finding(
        CODE,
        f"Your administrator sets the model {name}, which the endpoint refuses",
        "Managed settings outrank everything else, so you cannot choose another one for good.",
        (where("The model in force", setting), Evidence("The endpoint answers", reply(answer))),
        (_ask(f"{setting.name} in {setting.origin} names {name}, which the endpoint refuses."),),
    )


def _login(facts: Facts, forced: Setting) -> Finding:
    sent = facts.target.credentials
    setting = sent[0].setting if sent else facts.target.helper
    found: list[Remedy] = []
    if setting is not None and setting.origin.kind is not OriginKind.MANAGED_SETTINGS:
        title = f"Remove {setting.name}, and log in with /login"
        found.append(remedies.drop(facts, setting, "use-login", title, Applicability.CHOICE))
    name = setting.name if setting else "the credential"
    found.append(_ask(f"{forced.name} in {forced.origin} does not let Claude Code start with {name}."))
    return Finding(
        CODE,
        f"Your administrator demands a login, so Claude Code does not start with {name}",
        "With that policy no key, token or helper counts, however valid it is.",
        (where("The policy", forced), where("The credential in force", setting)),
        tuple(found),
    )


def _ask(what: str) -> Remedy:
    return remedies.steps("ask-administrator", "Ask your administrator to change it", f"Tell them: {what}")
