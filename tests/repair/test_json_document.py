from __future__ import annotations

import json

import pytest

from tui.core.repair.json_document import DEPTH, scan


def test_members_know_their_places() -> None:
    text = '{\n  "env": {\n    "A": "1",\n    "B": [true, {"C": 2.5}]\n  }\n}\n'
    document = scan(text)
    assert document.strict
    assert [m.address for m in document.members] == [
        ("env",),
        ("env", "A"),
        ("env", "B"),
        ("env", "B", "1", "C"),
    ]
    member = document.find("env", "A")
    assert member is not None
    assert text[member.member_start : member.member_end] == '"A": "1"'
    assert text[member.value_start : member.value_end] == '"1"'
    assert document.position(member.key_start) == (3, 5)
    assert document.value == json.loads(text)


def test_the_last_of_duplicate_keys_is_in_force() -> None:
    document = scan('{"A": 1, "A": 2}')
    assert [m.value for m in document.members] == [1, 2]
    member = document.find("A")
    assert member is not None
    assert member.value == 2


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("\ufeff{}", 1, 1, "byte order mark"),
        ('{\n  // why\n  "A": 1\n}', 2, 3, "comments"),
        ('{\n  "A": 1,\n}', 2, 9, "comma after"),
        ('{"A": /* x */ 1}', 1, 7, "comments"),
    ],
)
def test_what_readers_drop_is_read_but_not_strict(text: str, line: int, column: int, word: str) -> None:
    document = scan(text)
    assert document.root is not None
    assert document.problem is not None
    assert (document.problem.line, document.problem.column) == (line, column)
    assert word in document.problem.message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ('{\n  "A": 1\n  "B": 2\n}', 3, 3),
        ('{"A": 01}', 1, 7),
        ('{"A": NaN}', 1, 7),
        ("{'A': 1}", 1, 2),
        ("{A: 1}", 1, 2),
        ('{"A": ‘x’}', 1, 7),
        ('{"A": "x\ny"}', 1, 7),
        ('{"A": "\\x"}', 1, 7),
        ('{"A": 1} x', 1, 10),
        ('{"A": 1', 1, 8),
        ('{"A" 1}', 1, 6),
        ("/* open", 1, 1),
        ("[1,,2]", 1, 4),
        ('\r\n{"A": }', 2, 7),
    ],
)
def test_what_is_no_json_has_a_place(text: str, line: int, column: int) -> None:
    document = scan(text)
    assert document.root is None
    assert document.problem is not None
    assert (document.problem.line, document.problem.column) == (line, column)
    assert document.problem.message.endswith((".", "…"))


def test_members_before_a_fault_are_known() -> None:
    assert [m.address for m in scan('{"A": 1, "B": oops}').members] == [("A",)]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * (DEPTH + 2) + "]" * (DEPTH + 2)])
def test_deep_nesting_is_a_problem_not_a_crash(text: str) -> None:
    problem = scan(text).problem
    assert problem is not None
    assert "nested" in problem.message


def test_a_number_without_end_is_a_problem() -> None:
    assert scan('{"A": ' + "9" * 5000 + "}").problem is not None


def test_escapes_are_decoded_as_the_standard_library_does() -> None:
    text = r'{"\u0041": "\ud83d\ude00 \" \\ \/ \b\f\n\r\t \ud800"}'
    assert scan(text).value == json.loads(text)
