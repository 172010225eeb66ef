"""Certificate files that settings name: are they there, and what do they hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.core.facts import CaFile
from tui.core.model import Setting

VARIABLES = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE")


def survey(winners: Iterable[Setting]) -> tuple[CaFile, ...]:
    """Look at each file that a variable in force names."""
    return tuple(look(s) for s in winners if s.name in VARIABLES and s.text.strip())


def look(setting: Setting) -> CaFile:
    """Judge one file. ``~`` is not expanded: no client does."""
    seen, data = read(world, setting.origin.kind, Path(setting.text), limit=LIMIT)
    if data is None and seen.state is FileState.BINARY:
        data = Path(setting.text).read_bytes()  # a certificate in DER form
    if data is None:
        return CaFile(setting, setting.text, "missing" if seen.state is FileState.MISSING else "unreadable")
    if not data.strip():
        return CaFile(setting, setting.text, "empty")
    from tui.core.probe.certificates import read_pem

    state, certificates = read_pem(data)
    return CaFile(setting, setting.text, state, certificates)
