"""Every test gets a machine of its own: empty home, empty environment, fresh project, loopback only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it once, at import

from tests.lab.daemons import PATH
from tests.lab.fixtures import canary as canary
from tests.lab.fixtures import daemons as daemons
from tests.lab.fixtures import golden as golden
from tests.lab.fixtures import pki as pki
from tests.lab.fixtures import socket_guard as socket_guard
from tests.lab.fixtures import squid as squid
from tests.lab.guard import Guard

ENVIRONMENT = {
    "PATH": PATH,
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "NO_COLOR": "1",
    "TEXTUAL_ANIMATIONS": "none",
    "PYTHONDONTWRITEBYTECODE": "1",  # or subprocesses litter the checkout
}
XDG = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The empty home directory of this test."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def project(home: Path) -> Path:
    """The empty project directory of this test, its working directory."""
    path = home / "project"
    path.mkdir()
    return path


@pytest.fixture(autouse=True)
def _isolated(home: Path, project: Path, monkeypatch: pytest.MonkeyPatch, socket_guard: Guard) -> None:
    """Nothing of the developer's machine is seen or touched."""
    for name in list(os.environ):
        if name != "PYTEST_CURRENT_TEST":
            monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name, folder in XDG.items():
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(project)
