"""Makes keys and certificates. Worth nothing outside of the lab."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

DAY = datetime.timedelta(days=1)
HOSTS = (
    "api.anthropic.com",
    "platform.claude.com",
    "console.anthropic.com",
    "localhost",
    "gw.corp.test",
    "127.0.0.1",
    "::1",
)
_FIELDS = {
    "C": NameOID.COUNTRY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate as a server presents it: ``chain`` (leaf first, then what is sent along), ``key``: PEM."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """A root with one intermediate; ``root`` and ``intermediate`` are PEM files."""

    root: Path
    intermediate: Path
    root_certificate: x509.Certificate
    issuer: x509.Certificate
    issuer_key: Key


def distinguished(common: str, fields: dict[str, str] | None = None) -> x509.Name:
    parts = [x509.NameAttribute(_FIELDS[field], value) for field, value in (fields or {}).items()]
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _names(hosts: Sequence[str]) -> x509.SubjectAlternativeName:
    names: list[x509.GeneralName] = []
    for host in hosts:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return x509.SubjectAlternativeName(names)


def _pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


class Mint:
    """Makes certificates into ``folder``. ``start`` and ``end`` are days from now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)

    def authority(self, name: str, root: x509.Name, intermediate: x509.Name) -> Authority:
        """Make a root and an intermediate."""
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        top = self._sign(root, root, root_key, root_key, ca=True, end=3650)
        middle = self._sign(intermediate, root, key, root_key, ca=True, end=1825)
        paths = (self._write(f"{name}-root.pem", _pem(top)), self._write(f"{name}-intermediate.pem", _pem(middle)))
        return Authority(*paths, top, middle, key)

    def leaf(
        self,
        name: str,
        by: Authority | None,
        *,
        common: str = "api.anthropic.com",
        hosts: Sequence[str] = HOSTS,
        start: float = -2,
        end: float = 80,
        send: str = "intermediate",
        rsa_bits: int = 0,
        client: bool = False,
    ) -> Leaf:
        """Make a leaf; without ``by`` it is self-signed. ``send`` is nothing, intermediate or root (both)."""
        key: Key = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
        subject = distinguished(common)
        issuer, signer = (by.issuer.subject, by.issuer_key) if by else (subject, key)
        made = self._sign(subject, issuer, key, signer, hosts=hosts, start=start, end=end, client=client)
        chain = [made]
        if by and send != "nothing":
            chain += [by.issuer] if send == "intermediate" else [by.issuer, by.root_certificate]
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return Leaf(self._write(f"{name}.pem", _pem(*chain)), self._write(f"{name}.key", private))

    def _write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        path.chmod(0o600 if path.suffix == ".key" else 0o644)
        return path

    def _sign(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: Key,
        signer: Key,
        *,
        ca: bool = False,
        hosts: Sequence[str] = (),
        start: float = -2,
        end: float = 80,
        client: bool = False,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=ca,
            crl_sign=ca,
            encipher_only=False,
            decipher_only=False,
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now + start * DAY)
            .not_valid_after(self.now + end * DAY)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        )
        if not ca:
            purpose = ExtendedKeyUsageOID.CLIENT_AUTH if client else ExtendedKeyUsageOID.SERVER_AUTH
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        if hosts:
            builder = builder.add_extension(_names(hosts), critical=False)
        return builder.sign(signer, hashes.SHA256())
