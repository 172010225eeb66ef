"""A line that python-dotenv skips is written anew where it stands."""

from __future__ import annotations

import pytest

from tui.core.repair import dotenv_editor
from tui.core.repair.dotenv_document import scan_text
from tui.core.repair.model import Refused


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ('A="x\n', 1, "A=new\n"),
        ('Z=1\n\n  export A="x"; \r\nB=2', 3, "Z=1\n\n  export A=new\r\nB=2"),
        ("A: x\n", 1, "A=new\n"),
        ("A x\n", 1, "A=new\n"),
        ("set A=x\n", 1, "A=new\n"),
        ("\ufeffA='x\nB=2\n", 1, "\ufeffA=new\nB=2\n"),
        ('A="x\nB="y"\nC=3\n', 1, 'A=new\nB="y"\nC=3\n'),
    ],
)
def test_mended(before: str, line: int, after: str) -> None:
    assert dotenv_editor.set_value(before, "A", "new", line) == after
    binding = scan_text(after).find("A")
    assert binding is not None
    assert binding.value == "new"


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("B='x\nC=1\n", 1),
        ("A='x\nB=1\n", 2),
        ("# A='x\n", 1),
        ("A=1\n", 2),
        ("AB='x\n", 1),
        ("X='y\nA='x\nB=1\n", 2),
    ],
)
def test_line_that_is_no_broken_one_of_that_name(before: str, line: int) -> None:
    with pytest.raises(Refused):
        dotenv_editor.set_value(before, "A", "new", line)


def test_value_that_no_quoting_carries() -> None:
    with pytest.raises(Refused):
        dotenv_editor.set_value('A="x\n', "A", "C:\\", 1)
