"""The target: everything in force, put together into what the client would call (pure)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from urllib.parse import unquote

from tui.core.facts import State
from tui.core.known import Knowledge
from tui.core.model import Client, ClientName, Credential, Header, Login, OriginKind, Resolution, Setting, Target, Trust
from tui.core.secret import Secret, has_user, mask
from tui.core.survey import credentials, proxies
from tui.core.url import Url, parse, split

DEFAULT_URL = "https://api.anthropic.com"
_FAMILIES = ("opus", "sonnet", "haiku", "fable")
_MAIN_MODEL = ("ANTHROPIC_MODEL", "model", "ANTHROPIC_DEFAULT_MODEL")
_SMALL_MODEL = ("ANTHROPIC_DEFAULT_HAIKU_MODEL", "ANTHROPIC_SMALL_FAST_MODEL")
_PROVIDERS = ("BEDROCK", "VERTEX", "FOUNDRY", "MANTLE", "ANTHROPIC_AWS", "ANTHROPIC_GOOGLE_CLOUD")


def text_of(resolutions: Mapping[str, Resolution], name: str) -> str:
    """The value in force, or an empty string."""
    resolution = resolutions.get(name)
    return resolution.winner.text if resolution and resolution.winner else ""


def winner_of(resolutions: Mapping[str, Resolution], name: str) -> Setting | None:
    """The setting in force with a value, or None."""
    resolution = resolutions.get(name)
    return resolution.winner if resolution and resolution.winner and resolution.winner.text.strip() else None


def truthy(text: str) -> bool:
    """Claude Code's reading of a switch: anything but empty, 0, false, no, off."""
    return text.strip().lower() not in ("", "0", "false", "no", "off")


def build(
    client: Client,
    resolutions: Mapping[str, Resolution],
    known: Knowledge,
    state: State,
    login: Login | None,
    helper_output: Secret | None = None,
) -> Target:
    """Put the target together."""
    base, url, problem = base_url(client, resolutions)
    sent = credentials.choose(client, resolutions, helper_output)
    choice = proxies.choose(client, url, resolutions) if url else proxies.Choice()
    claude = client.name is ClientName.CLAUDE_CODE
    return Target(
        client=client,
        base_url=base,
        url=url,
        problem=problem,
        proxy=choice.proxy,
        proxy_problem=choice.problem,
        proxy_setting=choice.setting,
        bypass=choice.bypass,
        trust=trust(client, resolutions),
        credentials=sent,
        models=models(client, resolutions, known),
        headers=headers(client, resolutions, sent),
        betas=betas(client, resolutions, known),
        api_version=api_version(client),
        onboarding=claude and onboarding(client, resolutions, state),
        provider=provider(resolutions) if claude else "",
        helper=winner_of(resolutions, "apiKeyHelper") if claude else None,
        login=login if claude and not sent else None,
    )


def base_url(client: Client, resolutions: Mapping[str, Resolution]) -> tuple[str, Url | None, str]:
    """The base URL as text, parsed, and what is wrong with it."""
    resolution = resolutions.get("ANTHROPIC_BASE_URL")
    text = text_of(resolutions, "ANTHROPIC_BASE_URL")
    if not text.strip():
        if resolution and resolution.winner and client.name is ClientName.PYTHON_SDK:
            return text, None, "it is empty, which the Python SDK takes for an address"
        return DEFAULT_URL, parse(DEFAULT_URL), ""
    shown = mask(Secret(text.strip())) if has_user(text) else text.strip()
    if client.name is ClientName.PYTHON_SDK and text != text.strip():
        return shown, None, "it has white space at an end, which the Python SDK does not remove"
    if has_user(text) and _uses_node(client):
        return shown, None, "it carries a user name, and Node's fetch refuses such an address"
    try:
        return shown, parse(text), ""
    except ValueError as error:
        return shown, None, str(error)


def _uses_node(client: Client) -> bool:
    """The TypeScript SDK, and Claude Code until npm got the native program with 2.1.113."""
    if client.name is ClientName.CLAUDE_CODE:
        return client.release < (2, 1, 113)
    return client.name is ClientName.TYPESCRIPT_SDK


def trust(client: Client, resolutions: Mapping[str, Resolution]) -> Trust:
    """Which certificates the client accepts (claude-code.md §1.9)."""

    def get(name: str) -> str:
        return text_of(resolutions, name).strip()

    if client.name is ClientName.PYTHON_SDK:
        if get("SSL_CERT_FILE"):
            return Trust(os_store=False, bundled=False, extra=(get("SSL_CERT_FILE"),))
        modern = client.release >= (1,)
        return Trust(os_store=modern, bundled=not modern)
    verify = get("NODE_TLS_REJECT_UNAUTHORIZED") != "0"
    extra = (get("NODE_EXTRA_CA_CERTS"),) if get("NODE_EXTRA_CA_CERTS") else ()
    if client.name is ClientName.TYPESCRIPT_SDK:
        return Trust(os_store=False, bundled=True, extra=extra, verify=verify)
    stores = [s.strip() for s in get("CLAUDE_CODE_CERT_STORE").split(",") if s.strip()] or ["bundled", "system"]
    passphrase = text_of(resolutions, "CLAUDE_CODE_CLIENT_KEY_PASSPHRASE")
    system_file = (get("SSL_CERT_FILE"),) if get("SSL_CERT_FILE") else ()
    return Trust(
        os_store="system" in stores,
        bundled="bundled" in stores,
        extra=extra + system_file,
        verify=verify,
        client_cert=get("CLAUDE_CODE_CLIENT_CERT"),
        client_key=get("CLAUDE_CODE_CLIENT_KEY"),
        client_passphrase=Secret(passphrase) if passphrase else None,
    )


def models(
    client: Client, resolutions: Mapping[str, Resolution], known: Knowledge
) -> tuple[tuple[str, Setting | None], ...]:
    """The configured model ids, the main one first, aliases resolved; empty where none is configured."""
    if client.name is not ClientName.CLAUDE_CODE:
        return ()
    main, small = (
        next((w for n in names if (w := winner_of(resolutions, n))), None) for names in (_MAIN_MODEL, _SMALL_MODEL)
    )
    if main and main.name == "ANTHROPIC_DEFAULT_MODEL" and client.release < (2, 1, 236):
        main = None
    found: list[tuple[str, Setting | None]] = []
    for setting in (main, small):
        if setting and (resolved := _model(setting, resolutions, known)) not in found:
            found.append(resolved)
    return tuple(found)


def _model(setting: Setting, resolutions: Mapping[str, Resolution], known: Knowledge) -> tuple[str, Setting | None]:
    name = re.sub(r"\[\w+\]$", "", setting.text.strip())
    if name == "default":
        return name, setting  # no alias: -p sends it as it is (2.0.77, 2.1.330; oracle)
    name = {"best": "opus", "opusplan": "sonnet"}.get(name, name)  # opusplan is opus in plan mode only
    if name in _FAMILIES:
        mapped = winner_of(resolutions, f"ANTHROPIC_DEFAULT_{name.upper()}_MODEL")
        if mapped:
            return mapped.text.strip(), mapped
        ids = [m.id for m in known.models.values() if m.family == name and not m.retired]
        return (ids[-1] if ids else known.default_model), setting
    return known.aliases.get(name, name), setting


def headers(
    client: Client, resolutions: Mapping[str, Resolution], sent: tuple[Credential, ...]
) -> tuple[tuple[str, str | Secret], ...]:
    """Headers from ANTHROPIC_CUSTOM_HEADERS, one ``Name: value`` a line; a line without colon is dropped (measured).

    Claude Code drops ``anthropic-beta`` too. A user in the base URL becomes Basic credentials: in Claude Code where no
    token is sent, in the Python SDK in place of it (all measured by the oracle).
    """
    since = {ClientName.PYTHON_SDK: (0, 120), ClientName.TYPESCRIPT_SDK: (1,)}
    reads = client.release >= since.get(client.name, ())
    text = text_of(resolutions, "ANTHROPIC_CUSTOM_HEADERS") if reads else ""
    found: list[tuple[str, str | Secret]] = []
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name.strip()) and value.strip().isprintable():
            found.append((name.strip().lower(), Secret(value.strip())))
    if client.name is ClientName.CLAUDE_CODE:
        found = [pair for pair in found if pair[0] != "anthropic-beta"]
    taken = {name for name, _ in found}
    if client.name is ClientName.CLAUDE_CODE:
        taken |= {credential.header.value for credential in sent}
    if (basic := _basic(text_of(resolutions, "ANTHROPIC_BASE_URL"))) and Header.BEARER not in taken:
        found.append(("authorization", basic))
    if any(c.name == "CLAUDE_CODE_OAUTH_TOKEN" for c in sent):
        found.append(("anthropic-beta", "oauth-2025-04-20"))
    return tuple(found)


def _basic(text: str) -> Secret | None:
    """The Authorization that HTTP clients make of the user in a URL."""
    if not has_user(text):
        return None
    try:
        parts = split(text.strip())
    except ValueError:
        return None  # base_url() says what is wrong
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return Secret(f"Basic {base64.b64encode(pair.encode()).decode()}")


def betas(client: Client, resolutions: Mapping[str, Resolution], known: Knowledge) -> tuple[str, ...]:
    """The beta names that the client sends, the configured ones last."""
    if client.name is not ClientName.CLAUDE_CODE:
        return ()
    own = list(known.betas)
    if truthy(text_of(resolutions, "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS")):
        own = [b for b in own if b.startswith(("claude-code-", "interleaved-thinking-", "effort-"))]
    more = [b.strip() for b in text_of(resolutions, "ANTHROPIC_BETAS").split(",") if b.strip()]
    return tuple(dict.fromkeys(own + more))


def api_version(client: Client) -> str:
    """The value of the anthropic-version header."""
    major = {ClientName.PYTHON_SDK: (2,), ClientName.TYPESCRIPT_SDK: (1,)}.get(client.name)
    return "2026-10-21" if major and client.release >= major else "2023-06-01"


def provider(resolutions: Mapping[str, Resolution]) -> str:
    """The variable that selects a cloud provider, or an empty string."""
    for name in _PROVIDERS:
        if truthy(text_of(resolutions, f"CLAUDE_CODE_USE_{name}")):
            return f"CLAUDE_CODE_USE_{name}"
    return ""


def onboarding(client: Client, resolutions: Mapping[str, Resolution], state: State) -> bool:
    """True if an interactive start would run the first-run check (claude-code.md §0.2, observed)."""
    if state.onboarded or provider(resolutions):
        return False
    if client.release < (2,) and text_of(resolutions, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"):
        return False
    token = winner_of(resolutions, "ANTHROPIC_AUTH_TOKEN")
    if token and token.origin.kind not in (OriginKind.PROJECT_SETTINGS, OriginKind.LOCAL_SETTINGS):
        # 2.0.77 skipped the check only for a token in the shell.
        return (2, 0) <= client.release < (2, 1) and token.origin.kind is not OriginKind.ENVIRONMENT
    helper = winner_of(resolutions, "apiKeyHelper")
    if helper and helper.origin.kind is OriginKind.USER_SETTINGS:
        return False
    key = winner_of(resolutions, "ANTHROPIC_API_KEY")
    if key and key.text.strip()[-20:] in state.approved:
        return False
    return not (winner_of(resolutions, "ANTHROPIC_UNIX_SOCKET"))
