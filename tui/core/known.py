"""Knowledge of the outside world as typed tables; the facts are in ``knowledge/*.toml``, this gives them a shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.core.pasted import Phrase


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that a client reads. ``early`` ones are honoured from project settings before trust;
    ``sdk`` names the SDK clients that read it too."""

    name: str
    secret: bool
    group: str
    early: bool
    meaning: str
    sdk: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A model id. ``retired`` is the date (ISO) after which it is refused, or empty."""

    id: str
    family: str
    retired: str
    successor: str


_ANTHROPIC = ("anthropic.com", "claude.com", "claude.ai")


@dataclass(frozen=True, slots=True)
class CredentialKind:
    """How a kind of credential looks, and what it is for. ``vendor`` is the domain that issues it (empty for
    Anthropic's own), ``base`` the address of its Anthropic endpoint, where it has one."""

    id: str
    pattern: re.Pattern[str]
    vendor: str
    meaning: str
    base: str = ""

    def is_at_home(self, host: str) -> bool:
        """True for a host of the vendor that issues this kind."""
        domains = (self.vendor,) if self.vendor else _ANTHROPIC
        return any(host == domain or host.endswith(f".{domain}") for domain in domains)


@dataclass(frozen=True, slots=True)
class Product:
    """A product that re-signs TLS traffic, known by its issuer names."""

    name: str
    pattern: re.Pattern[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway product, known by its answers: a header name, or a pattern in ``server`` or in the body."""

    id: str
    name: str
    header: str
    server: re.Pattern[str] | None
    body: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Symptom:
    """A message that clients print: its wordings, what it means in one sentence, and the causes it makes likely, the
    likeliest first. ``decides`` names the observation that tells several causes apart. ``since`` and ``until`` are the
    versions of Claude Code that print it, where known. A ``general`` message stands in every failure."""

    says: tuple[Phrase, ...]
    means: str
    causes: tuple[str, ...]
    decides: str = ""
    since: str = ""
    until: str = ""
    general: bool = False

    @property
    def meaning(self) -> str:
        """What to tell the person: the meaning, who prints it, and what decides."""
        bounds = [f"{word} {version}" for word, version in (("from", self.since), ("up to", self.until)) if version]
        who = f"Claude Code {' '.join(bounds)} prints it." if bounds else ""
        return " ".join(filter(None, (self.means, who, self.decides)))


@dataclass(frozen=True, slots=True)
class Need:
    """What works only from a version of a client on: a model, a variable, a trust store (``system``), or a library of
    at least ``library_from`` beside it."""

    client: str
    since: str
    because: str
    model: str = ""
    variable: str = ""
    store: str = ""
    library: str = ""
    library_from: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All tables. ``date`` says how fresh they are."""

    date: str
    variables: Mapping[str, Variable]
    models: Mapping[str, Model]
    aliases: Mapping[str, str]
    default_model: str
    newest: Mapping[str, str]
    credentials: tuple[CredentialKind, ...]
    products: tuple[Product, ...]
    gateways: tuple[Gateway, ...]
    symptoms: Sequence[Symptom]
    hosts: tuple[str, ...]
    forwarding: tuple[str, ...]
    needs: tuple[Need, ...]
    ranges: tuple[str, ...]
    canaries: tuple[str, ...]
    public_issuers: re.Pattern[str]
    betas: tuple[str, ...]
    supported_countries_url: str
    status_url: str

    def kind_of(self, credential: str) -> CredentialKind | None:
        """The kind of a credential by its form, or None where the form tells nothing."""
        return next((kind for kind in self.credentials if kind.pattern.search(credential)), None)

    def reads(self, client: str, name: str) -> bool:
        """True if a client looks at this name at all. Claude Code reads every one of the table."""
        known = self.variables.get(name)
        return client == "claude-code" or (known is not None and client in known.sdk)

    def is_secret(self, name: str) -> bool:
        """True if values of this name must be masked."""
        known = self.variables.get(name)
        if known:
            return known.secret
        return bool(re.search(r"KEY$|APIKEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|AUTH", name.upper()))
