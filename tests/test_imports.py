"""What is loaded when: the core and the command line stay light."""

from __future__ import annotations

import importlib.util
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui

ROOT = Path(tui.__file__).parent.parent
HEAVY = ("textual", "rich")
PURE = ("tui.core.model", "tui.core.events", "tui.core.rank", "tui.core.session", "tui.core.report", "tui.core.repair")


def modules(package: str) -> Iterator[str]:
    """The names of ``package`` and of everything below it, found without importing."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        return
    yield package
    for _, name, is_package in pkgutil.iter_modules(spec.submodule_search_locations, f"{package}."):
        if is_package:
            yield from modules(name)
        else:
            yield name


def python(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a fresh interpreter that turns warnings into errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *args], capture_output=True, text=True, cwd=ROOT, timeout=60
    )


LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded_after(code: str, *args: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after ``code``."""
    done = python(f"{code}\n{LOADED}", *args)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", PURE)
def test_core_loads_no_screen(module: str) -> None:
    assert not loaded_after(f"import {module}") & set(HEAVY)


def test_package_imports_nothing() -> None:
    bare = loaded_after("")
    assert loaded_after("import tui") - bare == {"tui"}


def test_every_core_module_imports_and_loads_no_screen() -> None:
    names = sorted(modules("tui.core"))
    code = """
import importlib, sys
import httpx  # loads rich for a command line of its own, where it finds click; that is not our doing
for name in sys.argv[1:]:
    before = set(sys.modules)
    importlib.import_module(name)
    heavy = {n for n in set(sys.modules) - before if n.partition('.')[0] in ('textual', 'rich')}
    assert not heavy, (name, sorted(heavy))
"""
    done = python(code, *names)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("check", "--offline", "--format", "json")])
def test_command_line_loads_no_screen(args: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom tui.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print()"  # what the command prints may lack a final line break
    )
    assert not loaded_after(code, *args) & set(HEAVY)


def test_screens_load_no_network() -> None:
    """The wizard paints before it imports what it probes with."""
    assert not loaded_after("import tui.app") & {"httpx", "cryptography", "dns"}
