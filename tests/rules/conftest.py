"""Fixtures of the rules' tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.rules.cases import CASES
from tests.rules.story import Story, Told, tell


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Story], Told]:
    """Run a story on a machine of its own."""
    return lambda told: tell(told, tmp_path / "machine")


@pytest.fixture
def same_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints depend on a key of the machine; a text that is compared with a file needs the same one always."""
    monkeypatch.setattr("tui.core.secret._machine_key", b"the key of the golden texts")


@pytest.fixture(scope="session")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Told]:
    """How every case ends, by its code; run once."""
    return {case.code: tell(case.story, tmp_path_factory.mktemp(case.code)) for case in CASES}
