"""The README is true: its table is the code's, its commands exist, and no file names a package registry's host."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs import rewritten
from tui.cli import make_parser

ROOT = Path(__file__).parent.parent
_REGISTRIES = re.compile(
    "|".join((r"pypi\.(org|python)", "python" + "hosted", r"npmjs\.(org|com)", r"deb\.debian\." + "org"))
)


def test_the_table_of_causes_is_made_from_the_rules(request: pytest.FixtureRequest) -> None:
    path = ROOT / "README.md"
    text = path.read_text("utf-8")
    if request.config.getoption("--update-golden"):
        path.write_text(rewritten(text), "utf-8")
        text = path.read_text("utf-8")
    assert text == rewritten(text), "run `make accept`"


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"^\| `unsnarl ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.M))
    known = make_parser().format_help()
    assert named, "the table of commands is gone"
    assert [command for command in named if command not in known] == []


def test_the_picture_of_the_readme_exists() -> None:
    for name in re.findall(r"\]\((screenshots/[^)]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / name).is_file(), name


def test_no_file_names_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    if not listed:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".svg") or not path.is_file():
            continue
        assert not _REGISTRIES.search(path.read_text("utf-8", "replace")), name
