"""Whatever is in a file: an edit changes what it names, and nothing else."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from dotenv import dotenv_values
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tui.core.repair import dotenv_editor, json_editor
from tui.core.repair.dotenv_document import read, scan, scan_text
from tui.core.repair.json_document import scan as scan_json
from tui.core.repair.model import Refused


def _attempt(edit: Callable[[], str | None]) -> tuple[str | None, str]:
    """Return what an edit yields, or the reason why it was refused."""
    try:
        return edit(), ""
    except Refused as refused:
        return None, refused.reason


_names = st.sampled_from(["A", "B", "LONG_NAME"])
_pieces = st.sampled_from(
    ["A", "B", "=", "'", '"', "\\", " ", "\t", "#", "\n", "\r\n", "\r", "export ", "${A}", "x", "é", "\u2028", "`", ":"]
)
_texts = st.lists(_pieces, max_size=25).map("".join)
_lines = st.sampled_from(
    ["A=1", "export A='x y'", '  B = "two" # c', "# A=0", "", "C", "B='a\nb'", 'D="open', "A=", "LONG_NAME=v"]
)
_files = st.lists(_lines, max_size=8).flatmap(
    lambda found: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(found))
)


@settings(deadline=None)
@given(text=_texts | _files, name=_names, value=st.text(max_size=12))
def test_set_in_dotenv(text: str, name: str, value: str) -> None:
    after, reason = _attempt(lambda: dotenv_editor.set_value(text, name, value))
    if after is None:
        assert reason in ("not-portable", "not-safe")
        return
    assume("${" not in text)
    assert dotenv_values(stream=io.StringIO(after))[name] == value
    binding = scan_text(text).find(name)
    others = [(b.name, b.value) for b in scan_text(text).bindings if b is not binding and b != binding]
    assert [(b.name, b.value) for b in scan_text(after).bindings if b != scan_text(after).find(name)] == others
    if binding is None:
        assert after.startswith(text)
    else:
        assert after.startswith(text[: binding.value_start])
        assert after.endswith(text[binding.value_end :])
    assert dotenv_editor.set_value(after, name, value) == after


@settings(deadline=None)
@given(text=_texts | _files, name=_names)
def test_unset_and_comment_in_dotenv(text: str, name: str) -> None:
    others = [(b.name, b.value) for b in scan_text(text).bindings if b.name != name]
    for edit in (dotenv_editor.unset, dotenv_editor.comment):
        after, reason = _attempt(partial(edit, text, name))
        if after is None:
            assert reason == "not-safe"
            continue
        assert [(b.name, b.value) for b in scan_text(after).bindings] == others
        assert edit(after, name) == after


@settings(deadline=None)
@given(data=st.binary(max_size=40) | _texts.map(str.encode))
def test_dotenv_is_read_as_python_dotenv_reads_it(data: bytes) -> None:
    document = scan(data)
    reading = read(data, {})
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read()
    except UnicodeDecodeError:
        assert document.problem
        return
    assert dict(reading.values) == dict(dotenv_values(stream=io.StringIO(text), interpolate=True))
    for binding in document.bindings:
        name = document.text[binding.name_start : binding.name_end]
        assert name.replace("\r\n", "\n").replace("\r", "\n") == binding.name
        assert document.position(binding.name_start) == (binding.line, binding.column)


_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
_keys = st.sampled_from(["a", "b", "env", "é"]) | st.text(max_size=4)
_data = st.recursive(_scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3))
_objects = st.dictionaries(_keys, _data, max_size=4)
_layouts = st.sampled_from([None, 0, 2, 4, "\t"])


@settings(deadline=None)
@given(data=_objects, layout=_layouts, address=st.lists(_keys, min_size=1, max_size=3), value=_data, crlf=st.booleans())
def test_set_and_unset_in_json(
    data: dict[str, Any], layout: int | str | None, address: list[str], value: Any, crlf: bool
) -> None:
    text = json.dumps(data, indent=layout, ensure_ascii=False)
    text = text.replace("\n", "\r\n") if crlf else text
    try:
        text.encode()
    except UnicodeEncodeError:
        assume(False)
    parent: Any = data
    for key in address[:-1]:
        parent = parent.get(key) if isinstance(parent, dict) else parent
    after, reason = _attempt(lambda: json_editor.set_value(text, tuple(address), value))
    if after is None:
        assert reason == "not-an-object"
        assert parent is not None
        assert not isinstance(parent, dict)
        return
    expected: Any = json.loads(text)
    place = expected
    for key in address[:-1]:
        if place.get(key) is None:
            place[key] = {}
        place = place[key]
    place[address[-1]] = value
    assert json.dumps(json.loads(after)) == json.dumps(expected)
    assert json_editor.set_value(after, tuple(address), value) == after
    gone = json_editor.unset(after, tuple(address))
    del place[address[-1]]
    assert gone is not None
    assert json.dumps(json.loads(gone)) == json.dumps(expected)


_loose = st.lists(
    st.sampled_from(["{", "}", "[", "]", ",", ":", '"a"', '"b"', "1", " ", "\n", "// c\n", "/* d */", "x", '"']),
    max_size=25,
).map("".join)


@settings(deadline=None)
@given(
    text=_loose
    | st.lists(st.sampled_from(['"a": 1', '"b": {}', ", ", "// c\n", "\n"]), max_size=9).map(
        lambda parts: "{" + "".join(parts) + "}"
    )
)
def test_the_scanner_agrees_with_the_standard_library(text: str) -> None:
    document = scan_json(text)
    try:
        data = json.loads(text)
    except ValueError:
        assert not document.strict
    else:
        assert document.strict
        assert document.value == data
    if document.root is not None and document.root.is_object:
        after = json_editor.set_value(text, ("a",), "new")
        member = scan_json(after).find("a")
        assert member is not None
        assert member.value == "new"
        assert [e for e in scan_json(text).extras if text[e[0]] == "/"] == [] or "/" in after
