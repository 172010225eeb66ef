"""What a client sends to prove who it is (pure). Sources: the measured tables of claude-code.md §3.1 and §3.2."""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.model import Client, ClientName, Credential, Header, Resolution, Setting
from tui.core.secret import Secret


def choose(
    client: Client, resolutions: Mapping[str, Resolution], helper_output: Secret | None
) -> tuple[Credential, ...]:
    """Return the credentials in the headers that this client would send.

    ``helper_output`` is None where the helper was not run, and empty where it failed: Claude Code then sends both
    headers with nothing in them (2.0.77, 2.1.330; oracle).
    """
    key = _value(client, resolutions, "ANTHROPIC_API_KEY")
    token = _value(client, resolutions, "ANTHROPIC_AUTH_TOKEN")
    if client.name is not ClientName.CLAUDE_CODE:
        return _sdk(client, key, token)
    oauth = _value(client, resolutions, "CLAUDE_CODE_OAUTH_TOKEN")
    primary = _value(client, resolutions, "primaryApiKey")
    helper = _winner(resolutions, "apiKeyHelper")
    found = []
    if key:
        found.append(_make(key, Header.API_KEY))
    elif helper and helper_output is not None:
        found.append(Credential("apiKeyHelper", helper_output, Header.API_KEY, helper))
    elif primary and not helper and (token or not oauth):
        found.append(_make(primary, Header.API_KEY))
    if token:
        found.append(_make(token, Header.BEARER))
    elif helper and helper_output is not None:
        found.append(Credential("apiKeyHelper", helper_output, Header.BEARER, helper))
    elif oauth and not found and not helper:
        found.append(_make(oauth, Header.BEARER))
    return tuple(found)


def _sdk(client: Client, key: Setting | None, token: Setting | None) -> tuple[Credential, ...]:
    modern = client.release >= ((2,) if client.name is ClientName.PYTHON_SDK else (1,))
    if modern:  # the majors of 2026-10-21 send the key as Bearer, and only one of two
        chosen = key or token
        return (_make(chosen, Header.BEARER),) if chosen else ()
    found = [_make(key, Header.API_KEY)] if key else []
    only_key = client.name is ClientName.PYTHON_SDK and client.release < (0, 75)
    if token and not (found and only_key):
        found.append(_make(token, Header.BEARER))
    return tuple(found) if any(c.value.reveal() for c in found) else ()


def _make(setting: Setting, header: Header) -> Credential:
    return Credential(setting.name, Secret(setting.text), header, setting)


def _winner(resolutions: Mapping[str, Resolution], name: str) -> Setting | None:
    resolution = resolutions.get(name)
    return resolution.winner if resolution and resolution.winner and resolution.winner.text.strip() else None


def _value(client: Client, resolutions: Mapping[str, Resolution], name: str) -> Setting | None:
    """The setting whose value the client would send; Claude Code and the TypeScript SDK trim it at both ends, but
    2.0.77 leaves a token as it is.

    The first majors of the SDKs also send an empty value where another credential is there (0.75.0, 0.120.0, 0.70.0);
    the Python SDK takes blanks for a value (all measured by the oracle).
    """
    if client.name is ClientName.CLAUDE_CODE:
        found = _winner(resolutions, name)
    else:
        resolution = resolutions.get(name)
        found = resolution.winner if resolution else None
    if found is None:
        return None
    raw = client.name is ClientName.PYTHON_SDK
    if client.name is ClientName.CLAUDE_CODE:
        raw = client.release < (2, 1) and name == "ANTHROPIC_AUTH_TOKEN"
    text = found.text if raw else found.text.strip()
    empty_counts = client.name is not ClientName.CLAUDE_CODE and client.release < (1,)
    return Setting(found.name, Secret(text), found.origin) if text or empty_counts else None
