"""The corpus is the law of edits: every case byte for byte, and a second time without any change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tui.core.model import EditOp
from tui.core.repair.dotenv_document import read
from tui.core.repair.editor import change
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation

_CORPUS = Path(__file__).parent / "corpus"


def _cases(name: str) -> list[Any]:
    found = [json.loads(one) for one in (_CORPUS / name).read_text(encoding="ascii").splitlines()]
    return [pytest.param(case, id=case["id"]) for case in found]


def _edit(case: dict[str, Any], before: bytes | None) -> bytes | None:
    operation = case["operation"]
    name = (operation["name"],) if "name" in operation else ()
    address = tuple(operation.get("path", name))
    value = operation.get("value", operation.get("to"))
    return change(Notation(case["kind"]), before, EditOp(operation["op"]), address, value, operation.get("line"))


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


@pytest.mark.parametrize("case", _cases("edits.jsonl"))
def test_edit_is_byte_exact(case: dict[str, Any]) -> None:
    before = _bytes(case["before"])
    if case.get("error"):
        with pytest.raises(Refused) as refused:
            _edit(case, before)
        assert refused.value.reason == case["error"]
        return
    after = _edit(case, before)
    assert after == _bytes(case["after"])
    assert _edit(case, after) == after


@pytest.mark.parametrize("case", _cases("dotenv-parse.jsonl"))
def test_dotenv_is_read_as_python_dotenv_reads_it(case: dict[str, Any]) -> None:
    reading = read(case["input"].encode(), case.get("env", {}))
    if case.get("expected_error"):
        assert reading.problem
        assert reading.values == {}
        return
    assert dict(reading.values) == case["expected"]
    assert [warning.line for warning in reading.warnings] == case.get("warned_lines", [])
