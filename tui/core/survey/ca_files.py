"""Certificate files that settings name: are they there, and what do they hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.core.facts import CaFile
from tui.core.model import Setting

VARIABLES = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE")
LIMIT = 16 << 20
"""Bytes: far above any bundle of certificates."""


def survey(winners: Iterable[Setting]) -> tuple[CaFile, ...]:
    """Look at each file that a variable in force names."""
    return tuple(look(s) for s in winners if s.name in VARIABLES and s.text.strip())


def look(setting: Setting) -> CaFile:
    """Judge one file. ``~`` is not expanded: no client does."""
    path = Path(setting.text)
    try:
        exists = path.exists()
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= LIMIT else None
    except (OSError, ValueError):
        return CaFile(setting, setting.text, "unreadable")
    if data is None:
        return CaFile(setting, setting.text, "unreadable" if exists else "missing")
    if not data.strip():
        return CaFile(setting, setting.text, "empty")
    from tui.core.probe.certificates import read_pem

    state, certificates = read_pem(data)
    return CaFile(setting, setting.text, state, certificates)
