"""Who wins: of all layers that a client reads, the strongest that sets a name (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui.core.model import Client, ClientName, OriginKind, Resolution, Setting, Standing
from tui.core.survey.layers import Layer


def resolve(
    client: Client,
    layers: Iterable[Layer],
    every: Iterable[Setting] = (),
    why_unread: Callable[[Setting], str] = lambda _: "",
    held_back: Callable[[Setting], bool] = lambda _: False,
    reads: Callable[[str], bool] = lambda _: True,
) -> Mapping[str, Resolution]:
    """Decide for every name which setting is in force.

    ``every`` are all settings that were found; ``why_unread`` says of one that stands in no layer why it does not
    count. ``held_back`` tells of settings that an interactive session applies only once the folder is trusted,
    ``reads`` whether the client looks at a name at all.
    """
    read: dict[str, list[tuple[Setting, str]]] = {}
    for layer in layers:
        for setting in layer.settings:
            if reads(setting.name) and _counts(client, setting):
                read.setdefault(setting.name, []).append((setting, layer.title))
    counted = {id(setting) for found in read.values() for setting, _ in found}
    unread: dict[str, list[tuple[Setting, str]]] = {}
    for setting in every:
        if id(setting) not in counted:
            unread.setdefault(setting.name, []).append((setting, why_unread(setting)))
    names = dict.fromkeys((*read, *unread))
    return {name: _decide(client, name, read.get(name, []), unread.get(name, []), held_back) for name in names}


def _decide(
    client: Client,
    name: str,
    read: list[tuple[Setting, str]],
    unread: list[tuple[Setting, str]],
    held_back: Callable[[Setting], bool],
) -> Resolution:
    ignored = tuple(setting for setting, _ in unread)
    if not read:
        return Resolution(name, None, ignored, unread[0][1], tuple(unread))
    (winner, title), rest = read[0], read[1:]
    shadowed = (*(setting for setting, _ in rest), *ignored)
    if winner.standing is Standing.DYNAMIC:
        rule = f"{winner.origin} decides, and {winner.standing}"
        return Resolution(name, None, (winner, *shadowed), rule, tuple(unread), winner)
    rule = f"only {title} sets it"
    if rest:
        second, other = rest[0]
        rule = f"{title} over {other}" if title != other else f"{winner.origin} over {second.origin}"
    if not winner.text and client.name is ClientName.CLAUDE_CODE:
        rule += "; an empty value counts as unset"
    if held_back(winner):
        rule += "; interactive sessions apply it only once this folder is trusted"
    return Resolution(name, winner, shadowed, rule, tuple(unread))


def _counts(client: Client, setting: Setting) -> bool:
    if setting.name == "CLAUDE_CODE_OAUTH_TOKEN" and client.name is ClientName.CLAUDE_CODE:
        # Ignored in project settings, even with -p (2.1.330).
        return setting.origin.kind not in (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)
    return True
