"""House rules for the face that a linter does not know."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui

HOUSE = Path(tui.__file__).parent
FACE = [p for p in HOUSE.rglob("*.py") if "core" not in p.parts]
LATER = ("httpx", "tui.core.model", "tui.core.session", "textual.widgets._markdown", "rich.traceback")
PARSED = {"Static", "Label", "Button", "notify", "Option", "Checkbox", "Collapsible", "title", "update"}


def strings_that_are_parsed(tree: ast.AST) -> Iterator[int]:
    """Lines where a made-up string reaches something that parses markup."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            own = isinstance(node.func, ast.Attribute) and name == "title"  # Sheet.title takes text, never markup
            if name in PARSED and not own:
                yield from (a.lineno for a in node.args if isinstance(a, (ast.JoinedStr, ast.BinOp)))
        if isinstance(node, ast.Assign):
            targets = [t.attr for t in node.targets if isinstance(t, ast.Attribute)]
            if {"border_title", "border_subtitle"} & set(targets) and isinstance(
                node.value, (ast.JoinedStr, ast.BinOp)
            ):
                yield node.lineno


@pytest.mark.parametrize("path", FACE, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_text_becomes_markup(path: Path) -> None:
    assert list(strings_that_are_parsed(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_lint_would_notice() -> None:
    tree = ast.parse('Static(f"{x}")\nself.notify("a" + b)\nw.border_title = f"{x}"')
    assert sorted(strings_that_are_parsed(tree)) == [1, 2, 3]


@pytest.mark.parametrize("path", FACE, ids=lambda path: str(path.relative_to(HOUSE)))
def test_modules_stay_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= (200 if path.name == "app.py" else 400)


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("tui.plain", ("textual", "rich", "httpx")),
        ("tui.prompter", ("textual", "rich", "httpx")),
        ("tui.app", LATER),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(module: str, never: tuple[str, ...]) -> None:
    code = f"import {module}, sys; print([n for n in {never!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
