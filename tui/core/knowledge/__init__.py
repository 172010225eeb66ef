"""Reads the tables of this folder. The only place that knows their files; rules get the result with the facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, TypeVar, overload

from tui.core.known import CredentialKind, Gateway, Knowledge, Model, Need, Product, Symptom, Variable

T = TypeVar("T")
_SYMPTOMS = ("first_run", "network", "proxy", "tls", "credentials", "account", "request", "gateway", "files", "sdk")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


class _Later(Sequence[T]):
    """A table that is only read when somebody looks into it: most runs need none of the long ones."""

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._rows = cache(lambda: tuple(make()))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._rows()[index]

    def __len__(self) -> int:
        return len(self._rows())


def _symptoms() -> Iterator[Symptom]:
    from tui.core.pasted import Phrase

    for name in _SYMPTOMS:
        for row in _table(f"symptoms/{name}.toml")["symptom"]:
            phrases = tuple(Phrase.of(written) for written in row["says"])
            yield Symptom(**row | {"says": phrases, "causes": tuple(row["causes"])})


def _products() -> Iterator[Product]:
    for p in _table("inspectors.toml")["product"]:
        yield Product(p["name"], re.compile(p["pattern"], re.I), p["kind"])


def _gateways() -> Iterator[Gateway]:
    for g in _table("gateways.toml")["gateway"]:
        yield Gateway(g["id"], g["name"], g.get("header", ""), _pattern(g.get("server")), _pattern(g.get("body")))


@cache
def load() -> Knowledge:
    """Return all tables (read once)."""
    world = _table("world.toml")
    models = _table("models.toml")
    variables = _table("variables.toml")
    return Knowledge(
        date=world["date"],
        variables={
            name: Variable(
                name, v.get("secret", False), group, v.get("early", False), v["meaning"], tuple(v.get("sdk", ()))
            )
            for group, names in variables.items()
            for name, v in names.items()
        },
        models={
            m["id"]: Model(m["id"], m["family"], m.get("retired", ""), m.get("successor", "")) for m in models["model"]
        },
        aliases=models["aliases"],
        default_model=models["default"],
        newest=world["newest"],
        credentials=tuple(
            CredentialKind(k["id"], re.compile(k["pattern"]), k.get("vendor", ""), k["meaning"], k.get("base", ""))
            for k in _table("credentials.toml")["kind"]
        ),
        products=tuple(_products()),
        gateways=tuple(_gateways()),
        symptoms=_Later(_symptoms),
        hosts=tuple(world["hosts"]["known"]),
        forwarding=tuple(world["hosts"]["forwarding"]),
        needs=tuple(Need(**n) for n in _table("versions.toml")["need"]),
        ranges=tuple(world["network"]["ranges"]),
        canaries=tuple(world["network"]["canaries"]),
        public_issuers=re.compile(world["tls"]["public_issuers"]),
        betas=tuple(world["betas"]["claude-code"]),
        supported_countries_url=world["network"]["supported_countries"],
        status_url=world["network"]["status_page"],
    )
