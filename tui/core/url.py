"""URLs the way the clients read them (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute http or https URL without userinfo. ``path`` has no slash at its end."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host, and the port where it is not the default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = 443 if self.scheme == "https" else 80
        return f"{self.scheme}://{host}" + ("" if self.port == default else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.path

    @property
    def loopback(self) -> bool:
        """True if it names this machine."""
        return is_loopback(self.host)

    def at(self, path: str) -> Url:
        """Return this URL with another path."""
        return Url(self.scheme, self.host, self.port, path.rstrip("/"))


def is_loopback(host: str) -> bool:
    """True for ``localhost``, ``127.0.0.0/8`` and ``::1``."""
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")


def is_address(host: str) -> bool:
    """True for an IP address rather than a name."""
    return ":" in host or (host.count(".") == 3 and host.replace(".", "").isdigit())


def split(text: str) -> SplitResult:
    """Split a URL. Raises ValueError with a sentence where a bracket of an IPv6 address is missing."""
    try:
        return urlsplit(text)
    except ValueError:
        raise ValueError("its host in square brackets cannot be read") from None


def parse(text: str) -> Url:
    """Read an absolute http(s) URL.

    Raises ValueError with a sentence that says what is wrong.
    """
    text = text.strip()
    if text[:1] in "\"'“”‘’`" or text[-1:] in "\"'“”‘’`":
        raise ValueError("it carries quotation marks")
    if any(c.isspace() for c in text):
        raise ValueError("it contains white space")
    if "://" not in text:
        raise ValueError("it has no http:// or https:// in front")
    parts = split(text)
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f"its scheme is {parts.scheme!r}, not http or https")
    if not parts.hostname:
        raise ValueError("it names no host")
    if "://" in text.split("://", 1)[1]:
        raise ValueError("it has a scheme twice")
    if parts.query or "?" in text or "#" in text:
        raise ValueError("it has a query or fragment, which would swallow the API path")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("its port is not a number from 0 to 65535") from None
    scheme = parts.scheme.lower()
    return Url(
        scheme,
        parts.hostname,
        (443 if scheme == "https" else 80) if port is None else port,
        # Every client takes one slash off the end and leaves the rest as it is written (oracle).
        "" if not parts.path.strip("/") else parts.path.removesuffix("/"),
    )
