"""Reads the tables of this folder. The only place that knows their files; rules get the result with the facts."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from tui.core.known import CredentialKind, Gateway, Knowledge, Model, Need, Product, Symptom, Variable
from tui.core.pasted import Phrase

_SYMPTOMS = ("first_run", "network", "proxy", "tls", "credentials", "account", "request", "gateway", "files", "sdk")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _symptom(row: dict[str, Any]) -> Symptom:
    phrases = tuple(Phrase.of(written) for written in row["says"])
    return Symptom(**row | {"says": phrases, "causes": tuple(row["causes"])})


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
        products=tuple(
            Product(p["name"], re.compile(p["pattern"], re.I), p["kind"]) for p in _table("inspectors.toml")["product"]
        ),
        gateways=tuple(
            Gateway(g["id"], g["name"], g.get("header", ""), _pattern(g.get("server")), _pattern(g.get("body")))
            for g in _table("gateways.toml")["gateway"]
        ),
        symptoms=tuple(_symptom(row) for name in _SYMPTOMS for row in _table(f"symptoms/{name}.toml")["symptom"]),
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
