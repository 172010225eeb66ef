"""Who wins. One place that knows the precedence of every client (pure).

Claude Code   managed > local > project > user settings > ~/.claude.json env > inherited environment
              (measured on 1.0.128, 2.0.77, 2.1.330: claude-code-observed.md §3); dotenv files are not read (>= 2.0.64)
SDKs          inherited environment > .env > .env.local …   (loaders do not override what is already set)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tui.core.model import Client, ClientName, OriginKind, Resolution, Setting

_CLAUDE_CODE = (
    OriginKind.MANAGED_SETTINGS,
    OriginKind.LOCAL_SETTINGS,
    OriginKind.PROJECT_SETTINGS,
    OriginKind.USER_SETTINGS,
    OriginKind.STATE,
    OriginKind.ENVIRONMENT,
)
_SDK = (OriginKind.ENVIRONMENT, OriginKind.DOTENV)

_TITLES = {
    OriginKind.MANAGED_SETTINGS: "managed settings",
    OriginKind.LOCAL_SETTINGS: "local project settings",
    OriginKind.PROJECT_SETTINGS: "project settings",
    OriginKind.USER_SETTINGS: "user settings",
    OriginKind.STATE: "the old env block of ~/.claude.json",
    OriginKind.ENVIRONMENT: "the inherited environment",
    OriginKind.DOTENV: "the dotenv file",
}


def order(client: Client, dotenv: bool = True) -> tuple[OriginKind, ...]:
    """The kinds of places that a client reads, strongest first."""
    if client.name is ClientName.CLAUDE_CODE:
        old = client.release < (2, 0, 64)
        return (*_CLAUDE_CODE, OriginKind.DOTENV) if old else _CLAUDE_CODE
    return _SDK if dotenv else _SDK[:1]


def resolve(
    client: Client,
    settings: Iterable[Setting],
    dotenv: bool = True,
    held_back: Callable[[Setting], bool] = lambda _: False,
) -> Mapping[str, Resolution]:
    """Decide for every name which setting is in force. Settings of one kind are given strongest first.

    ``held_back`` tells of settings that an interactive session applies only once the folder is trusted; the rule then
    says so.
    """
    ranks = {kind: rank for rank, kind in enumerate(order(client, dotenv))}
    by_name: dict[str, list[Setting]] = {}
    for setting in settings:
        by_name.setdefault(setting.name, []).append(setting)
    decided = {name: _decide(client, name, found, ranks) for name, found in by_name.items()}
    for name, resolution in decided.items():
        if resolution.winner is not None and held_back(resolution.winner):
            rule = f"{resolution.rule}; interactive sessions apply it only once this folder is trusted"
            decided[name] = replace(resolution, rule=rule)
    return decided


def _decide(client: Client, name: str, found: list[Setting], ranks: Mapping[OriginKind, int]) -> Resolution:
    read = sorted((s for s in found if _reads(client, s, ranks)), key=lambda s: ranks[s.origin.kind])
    ignored = tuple(s for s in found if s not in read)
    if not read:
        return Resolution(name, None, ignored, f"{client.title} does not read {_TITLES[found[0].origin.kind]}")
    winner, rest = read[0], tuple(read[1:])
    rule = f"only {_TITLES[winner.origin.kind]} sets it"
    if rest:
        rule = f"{_TITLES[winner.origin.kind]} over {_TITLES[rest[0].origin.kind]}"
        if winner.origin.kind is rest[0].origin.kind:
            rule = f"{winner.origin} over {rest[0].origin}"
    if not winner.text and client.name is ClientName.CLAUDE_CODE:
        rule += "; an empty value counts as unset"
    return Resolution(name, winner, rest + ignored, rule)


def _reads(client: Client, setting: Setting, ranks: Mapping[OriginKind, int]) -> bool:
    if setting.origin.kind not in ranks:
        return False
    if setting.name == "CLAUDE_CODE_OAUTH_TOKEN" and client.name is ClientName.CLAUDE_CODE:
        # Ignored in project settings, even with -p (2.1.330).
        return setting.origin.kind not in (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS)
    return True
