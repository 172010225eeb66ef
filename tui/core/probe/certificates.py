"""Certificates as presented: DER in, plain facts out."""

from __future__ import annotations

import hashlib
import ssl
from typing import Any

from tui.core.seen import Certificate

_BUNDLE = 500
"""Certificates of a file that are looked at; Mozilla's bundle has about 140."""


def presented(tls: ssl.SSLObject) -> list[bytes]:
    """Return the chain as the server sent it (DER, leaf first), of a handshake that was not verified."""
    inner: Any = getattr(tls, "_sslobj", tls)  # public only from Python 3.13
    chain = inner.get_unverified_chain() if hasattr(inner, "get_unverified_chain") else None
    if not chain:
        leaf = tls.getpeercert(binary_form=True)
        return [leaf] if leaf else []
    return [c if isinstance(c, bytes) else ssl.PEM_cert_to_DER_cert(c.public_bytes()) for c in chain]


def describe(der: bytes) -> Certificate:
    """Describe one certificate. Raises ValueError if it does not parse."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    cert = x509.load_der_x509_certificate(der)
    names: list[str] = []
    try:
        san = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = [str(getattr(name, "value", name)) for name in san]
    except (x509.ExtensionNotFound, ValueError):
        pass
    try:
        authority = bool(cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        authority = False
    digest = hashlib.sha256(der).hexdigest().upper()
    return Certificate(
        subject=_clean(cert.subject.rfc4514_string()),
        issuer=_clean(cert.issuer.rfc4514_string()),
        not_before=cert.not_valid_before_utc.timestamp(),
        not_after=cert.not_valid_after_utc.timestamp(),
        names=tuple(_clean(n) for n in names[:100]),
        sha256=":".join(digest[i : i + 2] for i in range(0, 64, 2)),
        self_signed=cert.subject == cert.issuer,
        authority=authority,
        key_bits=int(getattr(cert.public_key(), "key_size", 0)),
        pem=cert.public_bytes(Encoding.PEM).decode(),
    )


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text[:300])


def describe_all(chain: list[bytes], limit: int = 10) -> tuple[Certificate, ...]:
    """Describe the first certificates of a chain; one that does not parse is left out."""
    found = []
    for der in chain[:limit]:
        try:
            found.append(describe(der))
        except (ValueError, TypeError):
            continue
    return tuple(found)


def read_pem(data: bytes) -> tuple[str, tuple[Certificate, ...]]:
    """Judge the content of a certificate file: (``ok`` | ``empty`` | ``der`` | ``not-pem``, its certificates)."""
    if not data.strip():
        return "empty", ()
    if data[:2] == b"\x30\x82":
        return "der", ()
    blocks = data.split(b"-----BEGIN CERTIFICATE-----")[1:]
    chain = []
    for block in blocks[:_BUNDLE]:
        try:
            pem = "-----BEGIN CERTIFICATE-----" + block.split(b"-----END CERTIFICATE-----")[0].decode("ascii")
            chain.append(ssl.PEM_cert_to_DER_cert(pem + "-----END CERTIFICATE-----\n"))
        except ValueError:
            return "not-pem", ()
    found = describe_all(chain, _BUNDLE)
    return ("ok", found) if found else ("not-pem", ())


def issuer_of(peer: dict[str, Any]) -> str:
    """The issuer of a verified leaf, from what the ssl module says of it, as ``CN=…,O=…``."""
    parts = [f"{_SHORT.get(key, key)}={value}" for rdn in peer.get("issuer", ()) for key, value in rdn]
    return _clean(",".join(reversed(parts)))


_SHORT = {"commonName": "CN", "organizationName": "O", "organizationalUnitName": "OU", "countryName": "C"}
