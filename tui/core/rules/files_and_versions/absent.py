"""Would a variable that does not reach the client have mattered? What the rules about start-up files share (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from tui.core.facts import Facts
from tui.core.model import Context, OriginKind, Setting, Severity, Standing
from tui.core.rules.clues import Way
from tui.core.seen import Error

CREDENTIALS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN")
_URL = ("ANTHROPIC_BASE_URL",)
_PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
_BYPASS = ("no_proxy", "NO_PROXY")
_TRUST = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR")

CONSEQUENCES = frozenset(
    {
        "cfg-credential-missing",
        "auth-invalid-key",
        "auth-invalid-gateway-key",
        "cfg-credential-conflict",
        "cfg-no-proxy-missing",
        "proxy-denied",
        "proxy-down",
        "tcp-timeout",
        "tcp-refused",
        "tcp-unreachable",
        "dns-nxdomain",
        "dns-no-address",
        "dns-server-failure",
        "dns-unreachable",
        "no-internet",
        "tls-intercepted-untrusted",
        "tls-private-ca",
        "tls-self-signed",
        "http-block-page",
        "cfg-key-overrides-login",
        "client-sdk-major",
    }
)
"""What a variable that does not arrive looks like from afar."""


def lines(facts: Facts, *standings: Standing) -> Iterator[Setting]:
    """Settings of start-up files with one of these standings, for names that no other place sets in force.

    A line that is read but not exported is nearer to the cause than one that is not read at all.
    """
    nearer = {s.name for s in facts.settings if s.standing is Standing.NOT_EXPORTED and s.standing not in standings}
    for setting in facts.settings:
        if setting.name in nearer:
            continue
        started = setting.origin.kind is OriginKind.SHELL and setting.standing in standings
        if started and setting.text.strip() and not facts.value(setting.name) and not elsewhere(facts, setting):
            yield setting


def elsewhere(facts: Facts, setting: Setting) -> bool:
    """True if a new terminal would get the name all the same."""
    resolution = facts.contexts.get(Context.NEW_TERMINAL, {}).get(setting.name)
    return resolution is not None and (resolution.winner is not None or resolution.unknown is not None)


def severity(facts: Facts, name: str) -> Severity:
    """How much it hurts that this name does not reach the client: blocking where it explains the trouble seen."""
    return Severity.BLOCKING if _matters(facts, name) else Severity.NOTE


def _matters(facts: Facts, name: str) -> bool:
    way = Way(facts)
    if way.usable and way.works:
        return False
    if name in CREDENTIALS:
        refused = any(answer.status in (401, 403) for answer in way.answers)
        return not facts.target.credentials and not facts.target.login if not refused else True
    if not way.usable:
        return False
    if name in _URL:
        return facts.target.first_party and (_unreached(way) or any(a.status in (401, 403) for a in way.answers))
    if name in _PROXIES:
        return facts.target.proxy is None and _unreached(way)
    if name in _BYPASS:
        return facts.target.proxy is not None and (_unreached(way) or any(a.status in (403, 503) for a in way.answers))
    if name in _TRUST:
        return way.tls is not None and way.tls.failure is not None and way.tls.failure.error is Error.VERIFY
    return False


def _unreached(way: Way) -> bool:
    lost = (way.dns is not None and way.dns.error is not None) or (way.tcp is not None and not way.tcp.ok)
    return lost or (way.tls is not None and way.tls.failure is not None)
