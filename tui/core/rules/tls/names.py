"""Names in certificates, and moments as days (pure)."""

from __future__ import annotations

import datetime

from tui.core.facts import Facts
from tui.core.rules.clues import Way
from tui.core.seen import Error, TlsSeen


def rejected(way: Way, *codes: int) -> TlsSeen | None:
    """The handshake, if the certificate was refused with one of these OpenSSL codes (X509_V_ERR_*)."""
    tls = way.tls
    if tls is None or tls.failure is None or tls.failure.error is not Error.VERIFY:
        return None
    return tls if tls.verify_code in codes else None


def product(facts: Facts, issuers: str) -> str:
    """The inspecting product that these issuer names belong to, or an empty string."""
    return next((p.name for p in facts.known.products if p.pattern.search(issuers)), "")


def day(seconds: float) -> str:
    """A moment as ``2026-11-25 12:00 UTC``."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
