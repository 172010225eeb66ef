"""The client certificate and its key that settings name: can they be read, and do they belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.facts import ClientFile
from tui.core.model import FileState, OriginKind, Resolution, Setting
from tui.core.survey.reading import read
from tui.core.world import World

if TYPE_CHECKING:
    from tui.core.seen import Certificate

CERTIFICATE, KEY, PASSPHRASE = (
    "CLAUDE_CODE_CLIENT_CERT",
    "CLAUDE_CODE_CLIENT_KEY",
    "CLAUDE_CODE_CLIENT_KEY_PASSPHRASE",
)
_STATES = {
    FileState.MISSING: "missing",
    FileState.BINARY: "not-pem",
    FileState.OK: "ok",
}


def survey(world: World, resolutions: Mapping[str, Resolution]) -> tuple[ClientFile, ...]:
    """Look at both files, where they are named."""
    passphrase = _winner(resolutions, PASSPHRASE)
    own, key = _winner(resolutions, CERTIFICATE), _winner(resolutions, KEY)
    certificate = _certificate(world, own) if own else None
    private = _key(world, key, certificate, passphrase.text if passphrase else "") if key else None
    return tuple(file for file in (certificate, private) if file is not None)


def _winner(resolutions: Mapping[str, Resolution], name: str) -> Setting | None:
    resolution = resolutions.get(name)
    return resolution.winner if resolution and resolution.winner and resolution.winner.text.strip() else None


def _open(world: World, setting: Setting) -> tuple[ClientFile, bytes]:
    """Read one file. ``~`` is not expanded: no client does."""
    path = setting.text.strip()
    seen, data = read(world, OriginKind.SYSTEM, Path(path))
    return ClientFile(setting, path, _STATES.get(seen.state, "unreadable")), data or b""


def _certificate(world: World, setting: Setting) -> ClientFile:
    from tui.core.probe.certificates import read_pem

    file, data = _open(world, setting)
    if file.state != "ok":
        return file
    state, found = read_pem(data)
    return replace(file, certificate=found[0]) if state == "ok" else replace(file, state="not-pem")


def _key(world: World, setting: Setting, certificate: ClientFile | None, passphrase: str) -> ClientFile:
    file, data = _open(world, setting)
    if file.state != "ok":
        return file
    return replace(file, state=_judge(data, certificate.certificate if certificate else None, passphrase))


def _judge(data: bytes, certificate: Certificate | None, passphrase: str) -> str:
    """Say what a private key is: see :class:`tui.core.facts.ClientFile`."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    locked = b"ENCRYPTED" in data
    if locked and not passphrase:
        return "locked"
    try:
        private = load_pem_private_key(data, passphrase.encode() if locked else None)
    except (ValueError, TypeError):
        return "wrong-passphrase" if locked else "not-pem"
    except UnsupportedAlgorithm:
        return "ok"  # another TLS library may know it
    if certificate is None:
        return "ok"
    public = x509.load_pem_x509_certificate(certificate.pem.encode()).public_key()
    return "ok" if private.public_key() == public else "mismatch"
