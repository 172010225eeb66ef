"""The lab as fixtures. tests/conftest.py exports them to every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.daemons import Daemon, Daemons
from tests.lab.golden import Golden
from tests.lab.guard import Guard, install

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def socket_guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """The guard of this test. ``socket_guard.open = True`` opts out of it, ``.names`` answers look-ups."""
    guard = Guard()
    install(guard, monkeypatch)
    yield guard
    if guard.refused:
        pytest.fail(f"the test tried to leave the machine: {'; '.join(guard.refused)}")


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """All certificates of the lab."""
    return Pki(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def daemons(request: pytest.FixtureRequest) -> Iterator[Daemons]:
    """Starts real servers; they end with the test."""
    started = Daemons(lambda: request.getfixturevalue("pki"))
    yield started
    started.stop()


@pytest.fixture
def squid(daemons: Daemons) -> Daemon:
    """An open squid."""
    return daemons.squid()


@pytest.fixture(scope="session")
def canary() -> Canary:
    """Planted credentials; ``canary.assert_clean(text)`` searches for them."""
    return Canary()


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """``golden("tests/rules/golden/x.txt", text)`` compares with a file; paths count from the repository's root."""
    return Golden(ROOT, bool(pytestconfig.getoption("--update-golden")))
