"""dotenv files of a project: which are found, what they say, and where each setting stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import Machine
from tui.core.model import FileState, OriginKind
from tui.core.survey import dotenv


def test_dotenv_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    deep = machine.project / "a/b"
    deep.mkdir(parents=True)
    for folder in (machine.home, machine.project, machine.project / "a", deep):
        (folder / ".env").write_text("ANTHROPIC_BASE_URL=https://h\n")
    machine.project = deep
    assert [f.shown for f in machine.survey("python-sdk").files] == ["~/project/a/b/.env"]
    (machine.home / "project/.git").mkdir()
    assert [f.shown for f in machine.survey("python-sdk").files] == [
        "~/project/a/b/.env",
        "~/project/a/.env",
        "~/project/.env",
    ]


def test_home_that_is_a_repository_is_not_searched(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    (machine.home / ".git").mkdir()
    machine.write(".env", "ANTHROPIC_BASE_URL=https://home\n")
    assert list(dotenv.folders(machine.world, machine.project)) == [machine.project]


@pytest.mark.parametrize("name", dotenv.NAMES)
def test_every_usual_name(name: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(f"project/{name}", "ANTHROPIC_MODEL=m\n")
    (found,) = machine.survey("python-sdk").settings
    assert (found.origin.shown, found.origin.line, found.origin.column) == (f"~/project/{name}", 1, 1)


def test_lines_and_columns_of_dotenv(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    text = '# first\n\nexport ANTHROPIC_BASE_URL="https://h"\n  ANTHROPIC_MODEL = m\nOTHER=1\nANTHROPIC_MODEL=n\n'
    machine.write("project/.env", text)
    found = {s.name: (s.text, s.origin.line, s.origin.column) for s in machine.survey("python-sdk").settings}
    assert found == {"ANTHROPIC_BASE_URL": ("https://h", 3, 8), "ANTHROPIC_MODEL": ("n", 6, 1)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ANTHROPIC_MODEL=a # comment", "a"),
        ("ANTHROPIC_MODEL='a # b'", "a # b"),
        ('ANTHROPIC_MODEL="a\\nb"', "a\nb"),
        ("X=1\nANTHROPIC_MODEL=${X}2", "12"),
        ("ANTHROPIC_MODEL=${FROM_SHELL}2", "shell2"),
        ("ANTHROPIC_MODEL=${GONE:-default}", "default"),
        ("ANTHROPIC_MODEL=\r\nOTHER=2", ""),
        ("ANTHROPIC_MODEL=a\r\nOTHER=2\r\n", "a"),
        ('ANTHROPIC_MODEL="two\nlines"', "two\nlines"),
    ],
)
def test_dotenv_values_as_python_dotenv_reads_them(text: str, wanted: str, tmp_path: Path) -> None:
    import io

    from dotenv import dotenv_values

    machine = Machine(tmp_path, {"FROM_SHELL": "shell"})
    machine.write("project/.env", text)
    (found,) = [s for s in machine.survey("python-sdk").settings if s.origin.kind is OriginKind.DOTENV]
    assert found.text == wanted
    if "FROM_SHELL" not in text:
        assert dotenv_values(stream=io.StringIO(text.replace("\r\n", "\n")))["ANTHROPIC_MODEL"] == wanted


def test_line_that_is_skipped_is_named(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_MODEL=a\nthis is 'no line\nOTHER=1\n")
    found = next(f for f in machine.survey("python-sdk").files if f.path.endswith("/.env"))
    assert found.state is FileState.OK
    assert (found.line, found.problem) == (2, "~/project/.env line 2 is not understood and is skipped")


def test_name_without_a_value_sets_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_MODEL\n")
    assert machine.survey("python-sdk").settings == ()
