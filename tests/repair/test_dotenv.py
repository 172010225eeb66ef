from __future__ import annotations

import pytest

from tui.core.repair import dotenv_editor
from tui.core.repair.dotenv_document import read, scan
from tui.core.repair.model import Refused


def test_bindings_know_their_places() -> None:
    text = "\ufeff\r\n\r\n  export A = 'x\r\ny' # c\r\nB=  # none\r\nC\r\n"
    document = scan(text.encode())
    a, b, c = document.bindings
    assert (a.name, a.value, a.line, a.column, a.exported, a.quote) == ("A", "x\ny", 3, 10, True, "'")
    assert text[a.value_start : a.value_end] == "'x\r\ny'"
    assert text[a.start : a.end] == "  export A = 'x\r\ny' # c\r\n"
    assert (b.value, b.line, b.value_start) == ("", 5, b.value_end)
    assert (c.value, c.line, c.column) == (None, 6, 1)
    assert document.position(a.name_start) == (3, 10)


def test_skipped_lines_are_named_by_the_line_they_are_on() -> None:
    document = scan(b'A=1\n\n\nB="open\nC=3\n')
    assert [w.line for w in document.warnings] == [4]
    assert [b.name for b in document.bindings] == ["A", "C"]


def test_bytes_that_are_no_text_are_data() -> None:
    reading = read(b"A=1\nB=caf\xe9\n", {})
    assert reading.values == {}
    assert reading.problem_line == 2
    assert "UTF-8" in reading.problem


def test_interpolation_prefers_the_file_or_the_environment() -> None:
    data = b"A=file\nB=${A}-${C:-default}\n"
    assert read(data, {"A": "outer"}).values["B"] == "file-default"
    assert read(data, {"A": "outer"}, environment_wins=True).values["B"] == "outer-default"


def test_a_second_byte_order_mark_is_part_of_a_name() -> None:
    assert [b.name for b in scan("\ufeff\ufeffA=1\n".encode()).bindings] == ["\ufeffA"]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("A\n", "x", "A=x\n"),
        ("A=#x\n", "y", "A=y\n"),
        ("A= # why\n", "y", "A=y # why\n"),
        ("A = \n", "y", "A = y\n"),
        ("A=''\n", "x", "A='x'\n"),
        ("A='x'\n", "it's", 'A="it\'s"\n'),
        ("A=p#w\n", "p#w", "A='p#w'\n"),
        ('A="p$w"\n', "p$w", "A='p$w'\n"),
        ("A=`x y`\n", "z", "A=z\n"),
        ("export B=1\n", "z", "export B=1\nexport A=z\n"),
        ("B=1\rC=2\r", "z", "B=1\rC=2\rA=z\r"),
        ("A=x", "", "A="),
    ],
)
def test_set(before: str, value: str, after: str) -> None:
    assert dotenv_editor.set_value(before, "A", value) == after
    assert dotenv_editor.set_value(after, "A", value) == after


@pytest.mark.parametrize("value", ["a\\\\b", "a\rb", "a\0b", "it's \\", "${x}", "x\\"])
def test_what_no_quoting_carries_is_refused(value: str) -> None:
    with pytest.raises(Refused) as refused:
        dotenv_editor.set_value("A=1\n", "A", value)
    assert refused.value.reason == "not-portable"


def test_an_edit_that_would_wake_a_sleeping_line_is_refused() -> None:
    # The quote of the broken line would close at the quote that the new value brings.
    with pytest.raises(Refused) as refused:
        dotenv_editor.set_value('X="open\nA=1\n', "A", 'say "hi"')
    assert refused.value.reason == "not-safe"


def test_a_line_picks_one_of_duplicates() -> None:
    text = "A=1\nB=2\nA=3\n"
    assert dotenv_editor.set_value(text, "A", "9", line=1) == "A=9\nB=2\nA=3\n"
    assert dotenv_editor.unset(text, "A", line=3) == "A=1\nB=2\n"
    assert dotenv_editor.comment(text, "A", line=1) == "# A=1\nB=2\nA=3\n"
    assert dotenv_editor.rename(text, "A", "Z", line=3) == "A=1\nB=2\nZ=3\n"
    with pytest.raises(Refused) as refused:
        dotenv_editor.unset(text, "A", line=2)
    assert refused.value.reason == "no-such-line"
