"""The table of contents: every file is in it, named after its code, with a whole page, and explains without circles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.rules.cases import BY_CODE
from tui.core import rules
from tui.core.rules import RULES
from tui.core.rules.rule import Rule

ROOM = Path(rules.__file__).parent
HEADINGS = ("What it means", "Why we believe it", "How to fix", "Fix safety")
HELPERS = {"absent", "broken", "choices", "clock", "names"}
"""Modules in the families that several rules share; they have no ``check``."""
KNOWN = {rule.code: rule for rule in RULES}


def test_every_file_is_in_the_table() -> None:
    files = {path.stem for path in ROOM.glob("*/*.py")} - {"__init__"} - HELPERS
    assert {code.replace("-", "_") for code in KNOWN} == files


def test_shared_modules_are_no_rules() -> None:
    for path in ROOM.glob("*/*.py"):
        if path.stem in HELPERS:
            assert "def check(" not in path.read_text("utf-8")


def test_codes_are_given_once() -> None:
    assert len(KNOWN) == len(RULES)
    assert set(BY_CODE) == set(KNOWN)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_module(rule: Rule) -> None:
    """The module is named after the code that its findings carry, and the code has the form of the list of causes."""
    path = next(ROOM.glob(f"*/{rule.code.replace('-', '_')}.py"))
    assert f'CODE = "{rule.code}"' in path.read_text("utf-8")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.code)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_page(rule: Rule) -> None:
    """One sentence, then four headings in order, each with something below it."""
    head, *parts = re.split(r"^## (.+)$", rule.doc, flags=re.M)
    assert tuple(parts[0::2]) == HEADINGS
    assert all(text.strip().endswith((".", "?", "!")) for text in parts[1::2])
    assert len(head.strip().split("\n")) == 1
    assert head.strip().endswith(".")
    assert rule.title
    assert not rule.title.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_explains_only_what_exists(rule: Rule) -> None:
    assert rule.explains <= set(KNOWN)
    assert rule.code not in rule.explains


def test_explains_has_no_circle() -> None:
    """Where two causes explained each other, neither would be free to be the root."""
    graph: Mapping[str, frozenset[str]] = {code: rule.explains for code, rule in KNOWN.items()}
    done: set[str] = set()

    def walk(code: str, path: tuple[str, ...]) -> None:
        assert code not in path, " → ".join((*path[path.index(code) :], code))
        if code in done:
            return
        for other in sorted(graph[code]):
            walk(other, (*path, code))
        done.add(code)

    for code in graph:
        walk(code, ())
