"""The host name in the base URL is misspelt.

## What it means
The name does not exist, and it is one or two letters away from a host that does.

## Why we believe it
The look-up says that the name does not exist; the similar name resolves.

## How to fix
Write the name that exists.

## Fix safety
Your choice: your key will be sent to the host that you confirm.
"""

from __future__ import annotations

from tui.core.ask import AskDns
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-base-url-typo"
EXPLAINS = {"dns-nxdomain", "dns-no-address", "cfg-settings-shadow", "proxy-upstream-fail"}


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("ANTHROPIC_BASE_URL")
    if setting is None or not way.usable:
        return
    unknown = way.direct and way.dns is not None and way.dns.error in (Error.NO_NAME, Error.NO_ADDRESS)
    refused = way.connect is not None and way.connect.status >= 500
    meant = nearest(way.host, facts.known.hosts)
    if not (unknown or refused) or meant is None:
        return
    ask = AskDns(meant)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if not seen.addresses:
        return
    right = setting.text.replace(way.host, meant)
    found = []
    if meant == "api.anthropic.com":
        found.append(
            remedies.drop(
                facts, setting, "use-default", "Remove the setting: the default is right", Applicability.CHOICE
            )
        )
    found.append(remedies.give(facts, setting, right, "right-name", f"Write {right}", Applicability.CHOICE))
    yield Finding(
        CODE,
        f"The base URL names {way.host}, which does not exist; {meant} does",
        "One or two letters differ. Every request fails before it is sent.",
        (
            where("The base URL in force", setting),
            Evidence(f"Looking up {way.host}", "name does not exist" if unknown else "the proxy cannot find it"),
            Evidence(f"{meant} exists", ", ".join(seen.addresses[:2])),
        ),
        tuple(found),
    )


def nearest(host: str, known: tuple[str, ...]) -> str | None:
    """The known host at distance 1 or 2 from ``host``, or None."""
    near = [(distance(host, other), other) for other in known if abs(len(host) - len(other)) <= 2]
    best = min(near, default=(9, ""))
    return best[1] if 1 <= best[0] <= 2 else None


def distance(left: str, right: str) -> int:
    """How many letters must be inserted, removed, changed or swapped with a neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
