"""Knowledge of the outside world as typed tables; the facts are in ``knowledge/*.toml``, this gives them a shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that a client reads. ``early`` ones are honoured from project settings before trust."""

    name: str
    secret: bool
    group: str
    early: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model id. ``retired`` is the date (ISO) after which it is refused, or empty."""

    id: str
    family: str
    retired: str
    successor: str


@dataclass(frozen=True, slots=True)
class CredentialKind:
    """How a kind of credential looks, and what it is for. ``vendor`` is empty for Anthropic's own."""

    id: str
    pattern: re.Pattern[str]
    vendor: str
    meaning: str


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
    """A message that clients print: how to recognise it, what it means, and the causes it makes likely."""

    pattern: re.Pattern[str]
    meaning: str
    causes: tuple[str, ...]


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
    symptoms: tuple[Symptom, ...]
    hosts: tuple[str, ...]
    ranges: tuple[str, ...]
    canaries: tuple[str, ...]
    public_issuers: re.Pattern[str]
    betas: tuple[str, ...]
    supported_countries_url: str
    status_url: str

    def is_secret(self, name: str) -> bool:
        """True if values of this name must be masked."""
        known = self.variables.get(name)
        if known:
            return known.secret
        return bool(re.search(r"KEY$|APIKEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|AUTH", name.upper()))
