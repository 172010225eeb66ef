from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.repair.diff import masked_diff
from tui.core.repair.notation import Notation
from tui.core.secret import Secret

_CANARY = "CANARY-3f9b17c2e0d84a65-CANARY"


def test_a_changed_secret_shows_as_two_masks() -> None:
    diff = masked_diff(b"A=1\nMY_TOKEN=old-value-aaaa\n", b"A=1\nMY_TOKEN=new-value-bbbb\n", "~/.env", Notation.DOTENV)
    assert diff.startswith("--- ~/.env\n+++ ~/.env\n@@ -1,2 +1,2 @@\n A=1\n-MY_TOKEN=")
    old, new = re.findall(r"#([0-9a-f]{8})\)", diff)
    assert old != new
    assert "value" not in diff


def test_a_changed_password_in_a_url_is_seen_as_changed() -> None:
    diff = masked_diff(b"P=http://u:one#@h:1\n", b"P=http://u:two@h:1\n", "f", Notation.DOTENV)
    removed, added = [line for line in diff.splitlines() if line.startswith(("-P", "+P"))]
    assert removed[1:] != added[1:]
    assert removed.endswith("@h:1")
    assert "one" not in diff
    assert "two" not in diff


@pytest.mark.parametrize(
    ("notation", "line"),
    [
        (Notation.DOTENV, "# OLD_API_KEY={}"),
        (Notation.DOTENV, "API_KEY={}"),
        (Notation.DOTENV, "API_KEY='{}' # c"),
        (Notation.DOTENV, 'API_KEY="one\n{}\nthree"'),
        (Notation.DOTENV, 'API_KEY="{}" broken'),
        (Notation.DOTENV, "MY KEY={}"),
        (Notation.DOTENV, "P=http://u:{}@h/"),
        (Notation.DOTENV, "P='http://u:a b\"{}@h/'"),
        (Notation.DOTENV, "# P=http://u:{}@h/"),
        (Notation.DOTENV, "CMD='curl -H x-api-key:{}'"),
        (Notation.DOTENV, "N=sk-ant-{}"),
        (Notation.JSON, '{{"apiKey": "{}"}}'),
        (Notation.JSON, '{{"secrets": {{"x": ["{}"]}}}}'),
        (Notation.JSON, '{{"note": "TOKEN={}", "b": 1}}'),
        (Notation.JSON, '{{"apiKey": "{}" "b": 1}}'),
        (Notation.JSON, '{{"p": "http:\\/\\/u:{}@h"}}'),
        (Notation.JSONC, '{{"a": 1 // TOKEN={}\n}}'),
        (Notation.BASH, "export API_KEY={} # c"),
        (Notation.BASH, "export API_KEY='one\n{}\nthree'"),
        (Notation.BASH, "export API_KEY=one\\\n{}"),
        (Notation.BASH, "# API_KEY={}"),
        (Notation.FISH, "set -gx API_KEY {}"),
        (Notation.POWERSHELL, "$env:API_KEY = '{}'"),
        (Notation.POWERSHELL, "${{env:API_KEY}} = '{}'"),
        (Notation.POWERSHELL, "[Environment]::SetEnvironmentVariable('API_KEY', '{}', 'User')"),
        (Notation.POWERSHELL, "Set-Item -Path Env:API_KEY -Value '{}'"),
        (None, "API_KEY: {}"),
        (None, "Authorization: Bearer {}"),
    ],
)
def test_no_secret_in_context_added_or_removed_lines(notation: Notation | None, line: str) -> None:
    text = line.format(_CANARY) + "\n"
    for before, after in (("", text), (text, ""), (text, text + "Z=1\n"), ("Z=1\n" + text, text)):
        diff = masked_diff(before.encode(), after.encode(), "f", notation)
        assert diff
        assert _CANARY not in diff


def test_a_secret_is_masked_wherever_else_it_stands() -> None:
    text = f"API_KEY={_CANARY}\nCOPY={_CANARY}x\n".encode()
    assert _CANARY not in masked_diff(text, text + b"B=1\n", "f", Notation.DOTENV)
    given_secret = masked_diff(b"", f"A={_CANARY}\n".encode(), "f", Notation.DOTENV, secrets=[Secret(_CANARY)])
    assert _CANARY not in given_secret


def test_a_secret_that_is_a_url_is_masked_too() -> None:
    assert "hooks" not in masked_diff(None, b"MY_TOKEN=https://hooks.test/x\n", "f", Notation.DOTENV)


def test_creation_missing_line_ends_and_control_characters() -> None:
    diff = masked_diff(None, b"A=\x1b[31m1", "f", Notation.DOTENV)
    assert diff == "--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+A=�[31m1\n\\ No newline at end of file\n"
    assert masked_diff(b"A=1\n", b"A=1\n", "f", Notation.DOTENV) == ""


def test_two_lines_of_context_and_line_numbers() -> None:
    old = [f"A{i}={i}\n" for i in range(20)]
    new = [*old[:10], "A10=x\n", *old[11:]]
    diff = masked_diff("".join(old).encode(), "".join(new).encode(), "f", Notation.DOTENV)
    assert diff.splitlines()[2:] == ["@@ -9,5 +9,5 @@", " A8=8", " A9=9", "-A10=10", "+A10=x", " A11=11", " A12=12"]


@settings(deadline=None)
@given(
    value=st.text(min_size=1, max_size=30).map(lambda text: _CANARY + text + _CANARY),
    rest=st.text(max_size=40),
    notation=st.sampled_from([Notation.DOTENV, Notation.JSON]),
)
def test_no_value_of_a_secret_name_in_any_diff(value: str, rest: str, notation: Notation) -> None:
    if notation is Notation.JSON:
        text = json.dumps({"env": {"MY_TOKEN": value, "B": rest}}, ensure_ascii=False)
    else:
        single = value.replace("\\", "").replace("'", "")
        text = f"MY_TOKEN='{single}'\n#{rest}"
    before = text.encode("utf-8", "replace")
    assert "3f9b17c2e0d84a65-CANARY" not in masked_diff(before, before + b"\nZ=1", "f", notation)


def test_a_shell_word_is_masked_alone() -> None:
    diff = masked_diff(None, f'export API_KEY="{_CANARY}" B=1 # c\n'.encode(), "f", Notation.BASH)
    assert re.search(r'\+export API_KEY="\S+ \(30 characters, #[0-9a-f]{8}\)" B=1 # c\n', diff)
    assert _CANARY not in diff
