"""Every configuration as one test: what the client did against what unsnarl predicts. Run by ``make oracle``.

The name keeps it out of the ordinary test run: it needs the clients, and namespaces.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab.certificates import Pki
from tests.oracle import cells, generator, sdk_cells
from tests.oracle.clients import ALL, CLAUDE_NEW, CLAUDE_OLD
from tests.oracle.configuration import Configuration
from tests.oracle.differences import reason
from tests.oracle.encounter import Seen, prepare
from tests.oracle.prediction import AUTHENTICATION, Predicted, predict
from tests.session.machine import KNOWN
from tui.core.model import ClientName

AT_ONCE = 4
"""Clients that run at the same time. They wait about half of their lives."""
MIXTURES = {CLAUDE_NEW: 30, CLAUDE_OLD: 10}
STRIDE = {CLAUDE_NEW: 3, CLAUDE_OLD: 12}
"""Which part of the hand-picked cells an ordinary run tries; ORACLE=all tries every one."""


def _configurations(everything: bool) -> list[Configuration]:
    found: list[Configuration] = []
    for number, client in enumerate(ALL):
        claude = client.name is ClientName.CLAUDE_CODE
        chosen = [*(cells.claude_code if claude else sdk_cells.sdk)(client)]
        stride = 1 if everything else STRIDE.get(client, 6)
        mixed = (generator.claude_code if claude else generator.sdk)(client, MIXTURES.get(client, 8))
        found += [*chosen[number % stride :: stride], *mixed]
    return found


CONFIGURATIONS = _configurations(os.environ.get("ORACLE") == "all")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both sides of one configuration."""

    predicted: Predicted
    seen: Seen


@pytest.fixture(scope="session")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pki: Pki
) -> Mapping[str, Outcome]:
    """Try all configurations that were selected, several at once."""
    params = [item.callspec.params for item in request.session.items if isinstance(item, pytest.Function)]
    chosen = [one for each in params if isinstance(one := each["configuration"], Configuration)]
    return asyncio.run(_meet_all(chosen, tmp_path_factory.mktemp("oracle"), pki))


async def _meet_all(chosen: list[Configuration], folder: Path, pki: Pki) -> Mapping[str, Outcome]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def once(number: int, configuration: Configuration, place: Path) -> Outcome:
        async with gate, prepare(configuration, place, pki, number) as encounter:
            return Outcome(await predict(encounter), await encounter.run())

    async def one(number: int, configuration: Configuration) -> Outcome:
        outcome = await once(number, configuration, folder / str(number))
        crashed = not outcome.seen.base and bool(differences(outcome.predicted, outcome.seen))
        # 2.0.77 crashes now and then before it sends anything; what a client does twice is what it does.
        return await once(number, configuration, folder / f"{number}-again") if crashed else outcome

    found = await asyncio.gather(*(one(number, configuration) for number, configuration in enumerate(chosen)))
    return {configuration.id: outcome for configuration, outcome in zip(chosen, found, strict=True)}


@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=lambda c: c.id)
def test_the_client_does_as_predicted(configuration: Configuration, outcomes: Mapping[str, Outcome]) -> None:
    outcome = outcomes[configuration.id]
    found = differences(outcome.predicted, outcome.seen)
    why = reason(configuration)
    if why:
        assert found, f"no longer differs, so it must be taken from the list: {why}"
        pytest.xfail(why)
    if found:
        lines = [f"{what}: predicted {predicted!r}, seen {seen!r}" for what, predicted, seen in found]
        text = "\n".join(["", *lines, "", configuration.shown(), "", outcome.seen.output])
        pytest.fail(text, pytrace=False)


def differences(predicted: Predicted, seen: Seen) -> list[tuple[str, str, str]]:
    """What, predicted, seen."""
    if not seen.base or predicted.refusal:
        if not seen.base and (predicted.refusal or predicted.doubt):
            return []
        shown = f"{seen.base}{seen.target} by {seen.via or 'no proxy'} with {_authentication(seen)}"
        shown = shown if seen.base else "nothing"
        return [("message", predicted.refusal or f"{predicted.base}{predicted.target}", shown)]
    pairs = [
        ("host", predicted.base, seen.base),
        ("path", predicted.target, seen.target),
        ("proxy", predicted.via, seen.via),
        ("proxy-authorization", predicted.proxy_authorization, seen.proxy_authorization),
        ("model", predicted.model or seen.model, seen.model),
    ]
    wanted = dict(predicted.headers)
    for name in sorted({*AUTHENTICATION, *wanted} - {"anthropic-beta"}):
        pairs.append((name, wanted.get(name, "(none)"), seen.headers.get(name, "(none)")))
    found = [(what, left, right) for what, left, right in pairs if left != right]
    return [*found, *_betas(wanted.get("anthropic-beta", ""), seen.headers.get("anthropic-beta", ""))]


def _betas(predicted: str, seen: str) -> list[tuple[str, str, str]]:
    """The client's own ones depend on the model, so only those must be there that somebody asked for."""
    wanted, sent = ({beta.strip() for beta in text.split(",") if beta.strip()} for text in (predicted, seen))
    absent = sorted(wanted - sent - set(KNOWN.betas))
    dropped = sorted((set(KNOWN.betas) - wanted) & sent)
    found = [("anthropic-beta", ",".join(absent), "(absent)")] if absent else []
    return [*found, ("anthropic-beta", "(absent)", ",".join(dropped))] if dropped else found


def _authentication(seen: Seen) -> str:
    return str({name: seen.headers[name] for name in AUTHENTICATION if name in seen.headers})
