"""Golden screens: the picture of a screen, compared byte for byte with the one in ``golden/``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.app import Wizard

GOLDEN = Path(__file__).parent / "golden"
MatchesScreen = Callable[[Wizard], bool]


@pytest.fixture
def matches_screen(request: pytest.FixtureRequest) -> MatchesScreen:
    """Compare the screen; with ``--update-golden`` write it. A difference lies beside it as ``.new.svg``."""

    def compare(app: Wizard) -> bool:
        svg = re.sub(r"terminal-\d+-", "terminal-", app.export_screenshot(title=app.title))
        name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.name.removeprefix("test_")).strip("-")
        path = GOLDEN / f"{name}.svg"
        if request.config.getoption("--update-golden"):
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(svg, encoding="utf-8", newline="\n")
            return True
        if path.exists() and path.read_text(encoding="utf-8") == svg:
            return True
        path.with_suffix(".new.svg").write_text(svg, encoding="utf-8", newline="\n")
        return False

    return compare


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about colours."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
