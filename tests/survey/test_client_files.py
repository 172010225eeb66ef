"""The client certificate and its key: every way in which they cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.lab.certificates import Pki
from tests.session.machine import Machine
from tui.core.model import Trust
from tui.core.probe.trust import CaFileError, TrustStore
from tui.core.secret import Secret

CERTIFICATE, KEY, PASSPHRASE = (
    "CLAUDE_CODE_CLIENT_CERT",
    "CLAUDE_CODE_CLIENT_KEY",
    "CLAUDE_CODE_CLIENT_KEY_PASSPHRASE",
)


def states(**environ: object) -> dict[str, str]:
    """What is found of both files, by the name of their setting."""
    machine = Machine(Path.cwd(), {name: str(value) for name, value in environ.items()})
    return {f.setting.name: f.state for f in machine.facts().client_files}


def locked(pki: Pki, folder: Path, passphrase: str) -> Path:
    """The client's key under a passphrase."""
    private = serialization.load_pem_private_key(pki.client.key.read_bytes(), None)
    file = folder / "locked.key"
    file.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )
    )
    return file


def test_nothing_is_configured(tmp_path: Path) -> None:
    assert Machine(tmp_path).facts().client_files == ()


def test_a_pair_that_fits(pki: Pki) -> None:
    assert states(**{CERTIFICATE: pki.client.chain, KEY: pki.client.key}) == {CERTIFICATE: "ok", KEY: "ok"}


def test_the_certificate_is_described(pki: Pki, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {CERTIFICATE: str(pki.client_expired.chain)})
    (file,) = machine.facts().client_files
    assert file.certificate is not None
    assert "CN=alice" in file.certificate.subject
    assert file.certificate.not_after < machine.now


def test_the_key_of_another_certificate(pki: Pki) -> None:
    assert states(**{CERTIFICATE: pki.client.chain, KEY: pki.good.key})[KEY] == "mismatch"


@pytest.mark.parametrize(
    ("content", "state"),
    [(None, "missing"), (b"", "not-pem"), (b"no PEM\n", "not-pem"), (b"\x30\x82\x00\x01", "not-pem")],
)
@pytest.mark.parametrize("name", [CERTIFICATE, KEY])
def test_a_file_that_cannot_be_used(name: str, content: bytes | None, state: str, tmp_path: Path) -> None:
    file = tmp_path / "file.pem"
    if content is not None:
        file.write_bytes(content)
    assert states(**{name: file}) == {name: state}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert states(**{CERTIFICATE: tmp_path}) == {CERTIFICATE: "unreadable"}


@pytest.mark.parametrize(("set_to", "state"), [("", "locked"), ("wrong", "wrong-passphrase"), ("correct horse", "ok")])
def test_a_key_under_a_passphrase(set_to: str, state: str, pki: Pki, tmp_path: Path) -> None:
    file = locked(pki, tmp_path, "correct horse")
    assert states(**{CERTIFICATE: pki.client.chain, KEY: file, PASSPHRASE: set_to})[KEY] == state


def test_a_handshake_never_asks_for_the_passphrase(pki: Pki, tmp_path: Path) -> None:
    """OpenSSL would ask on the terminal, and the check would wait for ever."""
    file = locked(pki, tmp_path, "correct horse")
    store = TrustStore(Machine(tmp_path).world)
    trust = Trust(client_cert=str(pki.client.chain), client_key=str(file), client_passphrase=Secret("correct horse"))
    assert store.context(trust)
    with pytest.raises(CaFileError):
        store.context(Trust(client_cert=str(pki.client.chain), client_key=str(file)))


def test_another_client_does_not_present_a_certificate(pki: Pki, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {CERTIFICATE: str(pki.client.chain), PASSPHRASE: "secret"})
    assert machine.facts("python-sdk@2.12.0").target.trust.client_cert == ""
    assert machine.facts().target.trust.client_passphrase == Secret("secret")
