from __future__ import annotations

import pytest

from tui.core.model import EditOp
from tui.core.repair.editor import change
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.secret import Secret


def test_secrets_are_written_plain_and_bytes_stay_bytes() -> None:
    assert (
        change(Notation.DOTENV, b"\xef\xbb\xbfA=1\r\n", EditOp.SET, ("A",), Secret("xyz")) == b"\xef\xbb\xbfA=xyz\r\n"
    )
    assert change(Notation.JSON, b'{"a":{}}', EditOp.SET, ("a", "b"), ("x", Secret("y"))) == b'{"a":{"b":["x","y"]}}'


def test_strict_json_is_asked_for_before_a_setting_is_put_where_nobody_reads_it() -> None:
    loose = b'{\n  // why\n  "a": 1\n}\n'
    with pytest.raises(Refused, match="line 2, column 3"):
        change(Notation.JSON, loose, EditOp.SET, ("a",), 2)
    assert change(Notation.JSONC, loose, EditOp.SET, ("a",), 2) == b'{\n  // why\n  "a": 2\n}\n'
    assert change(Notation.JSON, loose, EditOp.TO_STRICT_JSON, ()) == b'{\n  "a": 1\n}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'// a\n{"a": [1, 2, ], } // z\n', b'{"a": [1, 2 ] }\n'),
        (b'{ /* a */ "b": /* c */ 1 /* d */ }', b'{ "b": 1 }'),
        (b'{\r\n  /* a\r\n  b */\r\n  "b": 1,\r\n}', b'{\r\n  "b": 1\r\n}'),
        (b'{"b": 1}\n// end', b'{"b": 1}\n'),
        (b'{"b": 1 // a /* b */ c\n}', b'{"b": 1\n}'),
        (b'\xef\xbb\xbf{"b": "// no"}', b'{"b": "// no"}'),
    ],
)
def test_to_strict_json(before: bytes, after: bytes) -> None:
    assert change(Notation.JSONC, before, EditOp.TO_STRICT_JSON, ()) == after
    assert change(Notation.JSONC, after, EditOp.TO_STRICT_JSON, ()) == after


@pytest.mark.parametrize(
    ("notation", "before", "op", "address", "value", "reason"),
    [
        (Notation.DOTENV, b"A=caf\xe9\n", EditOp.SET, ("A",), "x", "not-utf-8"),
        (Notation.DOTENV, "A=1\n".encode("utf-16"), EditOp.SET, ("A",), "x", "not-utf-8"),
        (Notation.DOTENV, "A=1\n".encode("utf-16-le"), EditOp.SET, ("A",), "x", "not-text"),
        (Notation.DOTENV, b"A=1\n\0B=1\n", EditOp.UNSET, ("A",), None, "not-text"),
        (Notation.BASH, b"\x7fELF\0\0", EditOp.SET, ("A",), "x", "not-text"),
        (Notation.JSON, b'{"A": "\0"}', EditOp.SET, ("A",), "x", "not-text"),
        (Notation.DOTENV, b"A=1\n", EditOp.SET, ("A",), "x\0y", "not-portable"),
        (Notation.ENVIRONMENT, b"A=1\n", EditOp.SET, ("A",), "x#y", "not-portable"),
        (Notation.ENVIRONMENT, b"A=1\n", EditOp.SET, ("A",), "x$y", "not-portable"),
        (Notation.DOTENV, b"A=1\n", EditOp.SET, ("A", "B"), "x", "bad-name"),
        (Notation.DOTENV, b"A=1\n", EditOp.SET, ("A",), True, "bad-value"),
        (Notation.DOTENV, b"A=1\n", EditOp.SET, ("A",), "\ud800", "bad-value"),
        (Notation.DOTENV, b"A=1\n", EditOp.RENAME, ("A",), "B C", "bad-name"),
        (Notation.DOTENV, b"A=1\n", EditOp.TO_STRICT_JSON, (), None, "not-json"),
        (Notation.JSON, b'{"A": 1}', EditOp.COMMENT, ("A",), None, "no-comments"),
        (Notation.JSON, b'{"A": 1', EditOp.TO_STRICT_JSON, (), None, "invalid-json"),
    ],
)
def test_refused(
    notation: Notation, before: bytes, op: EditOp, address: tuple[str, ...], value: object, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        change(notation, before, op, address, value)
    assert refused.value.reason == reason
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("before", "op", "value", "after"),
    [
        (b"B=2\n", EditOp.SET, "1", b"B=2\nA=1\n"),
        (b'A="old" # why\nB=2\n', EditOp.SET, "new one", b'A="new one" # why\nB=2\n'),
        (b"A=old\nB=2\n", EditOp.SET, "new one", b'A="new one"\nB=2\n'),
        (b"export A=old\r\nB=2\r\n", EditOp.SET, "new", b"export A=new\r\nB=2\r\n"),
        (b"A='x # y'\nB=2\n", EditOp.UNSET, None, b"B=2\n"),
        (b"# A=0\nA=1\nB=2\n", EditOp.COMMENT, None, b"# A=0\n# A=1\nB=2\n"),
        (b"A=1\nB=it's\n", EditOp.RENAME, "C", b"C=1\nB=it's\n"),
    ],
)
def test_the_environment_of_pam(before: bytes, op: EditOp, value: str | None, after: bytes) -> None:
    assert change(Notation.ENVIRONMENT, before, op, ("A",), value) == after
    assert op is EditOp.RENAME or change(Notation.ENVIRONMENT, after, op, ("A",), value) == after
