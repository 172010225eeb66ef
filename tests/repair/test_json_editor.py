from __future__ import annotations

import pytest

from tui.core.repair import json_editor
from tui.core.repair.model import Refused

_TWO = '{\n  "a": 1,\n  "b": 2\n}\n'


@pytest.mark.parametrize(
    ("before", "address", "value", "after"),
    [
        ('{\n  "a": 1\n}\n', ("h",), True, '{\n  "a": 1,\n  "h": true\n}\n'),
        ('{\n\t"a": 1\n}', ("c", "d"), ["x"], '{\n\t"a": 1,\n\t"c": {\n\t\t"d": [\n\t\t\t"x"\n\t\t]\n\t}\n}'),
        ('{"a":{}}', ("a", "b"), None, '{"a":{"b":null}}'),
        ('{ "a": { } }', ("a", "b"), 1, '{ "a": { "b": 1 } }'),
        ('{ "a": 1, }', ("b",), 2, '{ "a": 1, "b": 2, }'),
        ('{"a": 1 /* c */}', ("b",), 2, '{"a": 1, /* c */ "b": 2}'),
        ('{"a":1,"a":2}', ("a",), 3, '{"a":1,"a":3}'),
        ('\ufeff{"a":1}', ("a",), 2, '\ufeff{"a":2}'),
        ('{"a": 1}', ("a",), True, '{"a": true}'),
        ('{"a": "\\u0041"}', ("a",), "A", '{"a": "\\u0041"}'),
        ('{"a": 1}', ("a",), "\ud800", '{"a": "\\ud800"}'),
        ('{\n  "a": 1,\n  "a": 2\n}', ("a",), 1, '{\n  "a": 1,\n  "a": 1\n}'),
        (None, ("a", "b"), "c", '{\n  "a": {\n    "b": "c"\n  }\n}\n'),
    ],
)
def test_set(before: str | None, address: tuple[str, ...], value: object, after: str) -> None:
    assert json_editor.set_value(before, address, value) == after
    assert json_editor.set_value(after, address, value) == after


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ('{"a":1,"b":2,"c":3}', ("b",), '{"a":1,"c":3}'),
        ('{ "a": 1, "b": 2, }', ("b",), '{ "a": 1, }'),
        ('{ "a": 1, }', ("a",), "{}"),
        ('{\n  // why\n  "a": 1\n}', ("a",), "{\n  // why\n}"),
        ('{\n  "a": 1, // one\n  "b": 2 // two\n}', ("b",), '{\n  "a": 1 // one\n}'),
        ('{"a": [1, 2], "b": 2}', ("a",), '{"b": 2}'),
    ],
)
def test_unset(before: str, address: tuple[str, ...], after: str) -> None:
    assert json_editor.unset(before, address) == after
    assert json_editor.unset(after, address) == after


def test_a_line_picks_one_of_duplicates() -> None:
    text = '{\n  "a": 1,\n  "a": 2\n}'
    assert json_editor.set_value(text, ("a",), 9, line=2) == '{\n  "a": 9,\n  "a": 2\n}'
    assert json_editor.unset(text, ("a",), line=3) == '{\n  "a": 1\n}'
    assert json_editor.rename(text, ("a",), "z", line=2) == '{\n  "z": 1,\n  "a": 2\n}'
    with pytest.raises(Refused, match="Line 1 does not set a"):
        json_editor.set_value(text, ("a",), 9, line=1)
    with pytest.raises(Refused, match="Line 7 does not set a"):
        json_editor.unset(text, ("a",), line=7)
    with pytest.raises(Refused, match="Line 1 does not set a"):
        json_editor.set_value(None, ("a",), 9, line=1)


def test_rename_of_what_is_not_there_changes_nothing() -> None:
    assert json_editor.rename(_TWO, ("c",), "d") == _TWO
    assert json_editor.rename(None, ("c",), "d") is None


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda: json_editor.rename(_TWO, ("a",), "b"), "target-exists"),
        (lambda: json_editor.set_value(_TWO, ("a", "x"), 1), "not-an-object"),
        (lambda: json_editor.set_value(_TWO, (), 1), "bad-name"),
        (lambda: json_editor.set_value(_TWO, ("a",), float("nan")), "bad-value"),
        (lambda: json_editor.set_value(_TWO, ("a",), object()), "bad-value"),
        (lambda: json_editor.set_value("[" * 5000, ("a",), 1), "invalid-json"),
    ],
)
def test_refused(edit: object, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        edit()  # type: ignore[operator]
    assert refused.value.reason == reason
