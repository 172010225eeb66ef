"""Configurations by the dozen: the same ones in every run, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.oracle.clients import RealClient
from tests.oracle.configuration import ORIGINS, SETTINGS, STATE, Configuration

SEED = 20261125
_PLACES = ("shell", *reversed(SETTINGS), "state")
"""Places of Claude Code's variables; each has an origin of its own in ORIGINS."""
_PROXY_NAMES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_EXCEPTIONS = ("127.0.0.1", "localhost", "corp.test", "gw.corp.test", "127.0.0.0/8", "*", "other.test")
_HELPERS = ("echo key-of-helper", "printf 'key-of-helper\\n'", "echo", "exit 3")


def claude_code(client: RealClient, count: int) -> list[Configuration]:
    """Mixtures of everything that Claude Code reads."""
    dice = random.Random(f"{SEED} {client.spelled}")
    return [_claude_code(client, number, dice) for number in range(count)]


def sdk(client: RealClient, count: int) -> list[Configuration]:
    """Mixtures of shell and .env for an SDK."""
    dice = random.Random(f"{SEED} {client.spelled}")
    return [_sdk(client, number, dice) for number in range(count)]


def _claude_code(client: RealClient, number: int, dice: random.Random) -> Configuration:
    variables: dict[str, dict[str, str]] = {place: {} for place in _PLACES}
    keys: dict[str, dict[str, object]] = {place: {} for place in _PLACES}
    for place, origin in zip(_PLACES, ORIGINS, strict=True):
        mine = variables[place]
        if dice.random() < 0.4:
            mine["ANTHROPIC_BASE_URL"] = _url(origin, dice)
        if dice.random() < 0.3:
            mine["ANTHROPIC_API_KEY"] = _credential(f"key-of-{place}", dice)
        if dice.random() < 0.2:
            mine["ANTHROPIC_AUTH_TOKEN"] = _credential(f"token-of-{place}", dice)
        if dice.random() < 0.07:
            mine["CLAUDE_CODE_OAUTH_TOKEN"] = f"sk-ant-oat01-{place}"
        if dice.random() < 0.1:
            mine["ANTHROPIC_CUSTOM_HEADERS"] = _headers(place, dice)
        if dice.random() < 0.1:
            mine["ANTHROPIC_MODEL"] = f"claude-{place}-9"
        if place != "state":
            mine |= _proxies(dice, 0.06)
        if place in SETTINGS:
            if dice.random() < 0.1:
                keys[place]["model"] = f"claude-setting-of-{place}"
            if dice.random() < 0.08:
                keys[place]["apiKeyHelper"] = dice.choice(_HELPERS)
    if dice.random() < 0.2:
        keys["state"]["primaryApiKey"] = "key-of-login"
    files: dict[str, object] = {}
    for place, path in (*SETTINGS.items(), ("state", STATE)):
        content: dict[str, object] = {**keys[place], **({"env": variables[place]} if variables[place] else {})}
        if content:
            files[path] = content
    if dice.random() < 0.1:
        files["project/.env"] = "ANTHROPIC_API_KEY=key-of-dotenv\n"
    return Configuration(client, f"mixture {number}", variables["shell"], files)


def _sdk(client: RealClient, number: int, dice: random.Random) -> Configuration:
    places: list[dict[str, str]] = [{}, {}]
    for place, mine, origin in zip(("shell", "dotenv"), places, ORIGINS, strict=False):
        if dice.random() < 0.6:
            mine["ANTHROPIC_BASE_URL"] = _url(origin, dice)
        if dice.random() < 0.6:
            mine["ANTHROPIC_API_KEY"] = _credential(f"key-of-{place}", dice)
        if dice.random() < 0.3:
            mine["ANTHROPIC_AUTH_TOKEN"] = _credential(f"token-of-{place}", dice)
        if dice.random() < 0.2:
            mine["ANTHROPIC_CUSTOM_HEADERS"] = f"X-From: {place}"
        mine |= _proxies(dice, 0.08)
    shell, dotenv = places
    lines = "".join(f'{name}="{value}"\n' for name, value in dotenv.items())
    return Configuration(client, f"mixture {number}", shell, {"project/.env": lines}, dotenv=dice.random() < 0.7)


def _url(origin: str, dice: random.Random) -> str:
    forms = (f"@{origin}@", f"@{origin}@/", f" @{origin}@ ", f"@{origin}@/anthropic", f"@{origin}@/a/b/", "")
    named = f"http://gw.corp.test:@{origin}.port@"
    return dice.choices((*forms, named), (6, 1, 1, 2, 1, 2, 2))[0]


def _credential(value: str, dice: random.Random) -> str:
    return dice.choices((value, f" {value} ", "", "  "), (10, 1, 2, 1))[0]


def _headers(place: str, dice: random.Random) -> str:
    forms = (
        f"X-From: {place}",
        f"X-From: {place}\nX-More: a: b",
        f"no colon\nX-From: {place}",
        f"x-api-key: by-{place}",
    )
    return dice.choice(forms)


def _proxies(dice: random.Random, likely: float) -> dict[str, str]:
    found = {name: dice.choice(("@proxy@", "@other@", "")) for name in _PROXY_NAMES if dice.random() < likely}
    for name in ("NO_PROXY", "no_proxy"):
        if dice.random() < likely:
            chosen: Sequence[str] = dice.sample(_EXCEPTIONS, dice.choice((1, 2)))
            found[name] = dice.choice((",", " ", ", ")).join(chosen)
    return found
