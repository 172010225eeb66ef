"""The README is true: its table is the code's, its commands exist, and no file names a package registry's host."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

import pytest

import tui
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


def grammar() -> tuple[set[str], set[str]]:
    """The commands of the program, and all its options."""
    parser = make_parser()
    (commands,) = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    parsers = [parser, *commands.choices.values()]
    return set(commands.choices), {
        option for one in parsers for action in one._actions for option in action.option_strings
    }


def test_every_command_of_the_readme_exists() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands, options = grammar()
    named = set(re.findall(r"^\| `unsnarl ([a-z]+)", text, re.M))
    assert named, "the table of commands is gone"
    assert named <= commands
    assert set(re.findall(r"\bunsnarl ([a-z]+)", " ".join(re.findall(r"`[^`]+`", text)))) <= commands
    foreign = {"--from", "--break-system-packages"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - options - foreign == set()


def test_licence_and_changelog() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert tui.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


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
