"""``unsnarl fix`` where only the user can act: the command is shown, and proven in the environment that it makes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import at_gateway, cli, detour, onboarded
from tests.lab.canary import Canary
from tests.lab.double import ApiDouble


async def test_a_command_is_proven_before_it_is_run(home: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble("ok", "plain", key=canary.api_key) as api:
        ended = await cli("fix", *detour(api), env=at_gateway(canary.api_key, "/v1"))
    assert ended.code == 1, "the terminal's own environment is as it was"
    assert "$ export ANTHROPIC_BASE_URL=" in ended.out
    assert "only you can do this" in ended.err
    assert "Tested: after it everything works." in ended.err
    canary.assert_clean(ended.out + ended.err)


async def test_what_stands_behind_it_is_named(home: Path, canary: Canary) -> None:
    onboarded(home)
    async with ApiDouble("ok", "plain", key="another-key-of-the-gateway") as api:
        ended = await cli("fix", *detour(api), env=at_gateway(canary.api_key, "/v1"))
    assert "Tested: after it the next thing is:" in ended.err
    canary.assert_clean(ended.out + ended.err)
