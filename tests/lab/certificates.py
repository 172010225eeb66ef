"""Every certificate the lab needs, made once per session."""

from __future__ import annotations

import ssl
import warnings
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from tests.lab.mint import Mint, distinguished

ZSCALER = {"O": "Zscaler Inc.", "OU": "Zscaler Inc.", "C": "US"}


class Pki:
    """All certificates. Leaves are attributes of type Leaf and also found by name in ``leaves`` (``leaf-only``)."""

    def __init__(self, folder: Path) -> None:
        mint = Mint(folder)
        self.folder = folder
        google = {"O": "Google Trust Services LLC", "C": "US"}
        corp = {"O": "Example Corp", "C": "DE"}
        fortinet = {"O": "Fortinet", "OU": "Certificate Authority", "C": "US"}
        self.public = mint.authority("public", distinguished("GTS Root R4", google), distinguished("WE1", google))
        self.company = mint.authority(
            "company",
            distinguished("Example Corp Root CA 2024", corp),
            distinguished("Example Corp Issuing CA 3", corp),
        )
        self.zscaler_authority = mint.authority(
            "zscaler",
            distinguished("Zscaler Root CA", ZSCALER),
            distinguished("Zscaler Intermediate Root CA (zscalerthree.net)", ZSCALER),
        )
        self.fortinet_authority = mint.authority(
            "fortinet", distinguished("FGT60FTK00000000", fortinet), distinguished("FortiGate CA", fortinet)
        )
        public = self.public
        self.good = mint.leaf("good", public)
        self.expired = mint.leaf("expired", public, start=-100, end=-3)
        self.notyet = mint.leaf("notyet", public, start=5, end=90)
        self.wronghost = mint.leaf(
            "wronghost",
            public,
            common="portal.hotel-wifi.test",
            hosts=("portal.hotel-wifi.test", "*.hotel-wifi.test"),
        )
        self.selfsigned = mint.leaf("selfsigned", None)
        self.leaf_only = mint.leaf("leaf-only", public, send="nothing")
        self.rsa1024 = mint.leaf("rsa1024", public, rsa_bits=1024)
        self.soon = mint.leaf("soon", public, start=-400, end=5)
        self.company_gateway = mint.leaf("company", self.company, common="gw.corp.test")
        self.zscaler = mint.leaf("zscaler", self.zscaler_authority, send="root")
        self.fortinet = mint.leaf("fortinet", self.fortinet_authority, send="root")
        self.client = mint.leaf("client", self.company, common="alice", hosts=(), client=True)
        self.client_expired = mint.leaf(
            "client-expired", self.company, common="alice", hosts=(), client=True, start=-100, end=-3
        )
        self.leaves = {
            "good": self.good,
            "expired": self.expired,
            "notyet": self.notyet,
            "wronghost": self.wronghost,
            "selfsigned": self.selfsigned,
            "leaf-only": self.leaf_only,
            "rsa1024": self.rsa1024,
            "soon": self.soon,
            "company": self.company_gateway,
            "zscaler": self.zscaler,
            "fortinet": self.fortinet,
        }
        self.empty = folder / "empty.pem"
        self.empty.write_bytes(b"")
        self.garbage = folder / "garbage.pem"
        self.garbage.write_text("this is not a certificate\n")
        self.missing = folder / "no-such-file.pem"
        self.der = folder / "zscaler-root.der"
        self.der.write_bytes(self.zscaler_authority.root_certificate.public_bytes(serialization.Encoding.DER))

    def server_context(
        self, name: str = "good", *, client_ca: Path | None = None, newest: ssl.TLSVersion | None = None
    ) -> ssl.SSLContext:
        """TLS for a server that presents leaf ``name``; ``client_ca`` makes it want a client certificate of that CA.

        ``newest`` limits the version, down to TLS 1.0.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if name == "rsa1024" or newest is not None:
            context.set_ciphers("ALL:@SECLEVEL=0")  # OpenSSL would refuse its own side of the fault
        if newest is not None:
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
                context.maximum_version = newest
        leaf = self.leaves[name]
        context.load_cert_chain(leaf.chain, leaf.key)
        context.set_alpn_protocols(["http/1.1"])
        if client_ca is not None:
            context.load_verify_locations(client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client_context(self, *roots: Path) -> ssl.SSLContext:
        """TLS for a client that trusts ``roots`` only; without any, the public root."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for root in roots or (self.public.root,):
            context.load_verify_locations(root)
        return context
