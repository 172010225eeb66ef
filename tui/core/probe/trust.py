"""Trust stores: which roots a client would accept, as an OpenSSL context."""

from __future__ import annotations

import ssl
import sys
import warnings
from dataclasses import replace
from pathlib import Path

from tui.core.model import Trust
from tui.core.world import World


class CaFileError(Exception):
    """A certificate file cannot be loaded; every TLS connection of the client fails with it."""


class TrustStore:
    """Builds one context for each kind of trust and keeps it for the run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._contexts: dict[tuple[Trust, str], ssl.SSLContext] = {}

    def context(self, trust: Trust, newest: str = "") -> ssl.SSLContext:
        """Return a client context. ``newest`` is the highest version to offer: ``1.1``, ``1.2``, or nothing for all.

        Raises CaFileError.
        """
        key = (trust, newest)
        if key not in self._contexts:
            self._contexts[key] = self._build(trust, newest)
        return self._contexts[key]

    def _build(self, trust: Trust, newest: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.set_alpn_protocols(["http/1.1"])
        if newest == "1.2":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        elif newest:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # to offer it is the question
                context.maximum_version = ssl.TLSVersion.TLSv1_1
        # The clients (BoringSSL, Node) neither demand strict RFC 5280 extensions nor accept a bare intermediate.
        context.verify_flags &= ~(getattr(ssl, "VERIFY_X509_STRICT", 0) | getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0))
        if trust.client_cert:
            # Without a password of ours OpenSSL would ask for one on the terminal, and wait.
            password = trust.client_passphrase.reveal() if trust.client_passphrase else ""
            try:
                context.load_cert_chain(trust.client_cert, trust.client_key or None, password)
            except (OSError, ssl.SSLError) as error:
                raise CaFileError(f"client certificate: {error}") from error
        if not trust.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return context
        if trust.os_store:
            self._load_os_store(context)
        if trust.bundled:
            import certifi

            context.load_verify_locations(certifi.where())
        for path in trust.extra:
            if not Path(path).exists():
                continue  # the client only warns about a missing file
            try:
                context.load_verify_locations(path)
            except (OSError, ssl.SSLError) as error:
                raise CaFileError(str(error)) from error
        return context

    def _load_os_store(self, context: ssl.SSLContext) -> None:
        if sys.platform == "win32":
            context.load_default_certs()
            return
        for bundle in self._world.bundles[:1]:
            context.load_verify_locations(bundle)

    def opinions(self, trust: Trust) -> tuple[Trust, ...]:
        """The same trust in two steps: without the bundled roots first, since the system's store nearly always
        suffices and loading both costs time."""
        if trust.verify and trust.bundled and trust.os_store and (self._world.bundles or sys.platform == "win32"):
            return (replace(trust, bundled=False), trust)
        return (trust,)
