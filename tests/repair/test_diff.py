from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings
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


def _changed(notation: Notation, before: str, after: str, *secrets: str) -> list[str]:
    known = [Secret(secret) for secret in secrets]
    diff = masked_diff(before.encode(), after.encode(), "f", notation, secrets=known).splitlines()
    return [
        re.sub(r" \(\d+ characters, #\w+\)", "", line) for line in diff if line[0] in "-+" and line[1:3] != line[:2]
    ]


_KEY = "sk-ant-api03-" + _CANARY


@pytest.mark.parametrize(
    ("notation", "before", "after", "removed"),
    [
        (Notation.DOTENV, "API_KEY='\"{}\"'", "API_KEY={}", "-API_KEY='\"{}\"'"),
        (Notation.DOTENV, "API_KEY='{} '", "API_KEY={}", "-API_KEY='{} '"),
        (Notation.DOTENV, "API_KEY=“{}”", "API_KEY={}", "-API_KEY=“{}”"),
        (Notation.DOTENV, "API_KEY={}\\n", "API_KEY={}", "-API_KEY={}\\n"),
        (Notation.JSON, '{{"apiKey": "\\"{}\\""}}', '{{"apiKey": "{}"}}', '-{{"apiKey": "\\"{}\\""}}'),
        (Notation.JSON, '{{"apiKey": "{}\\n"}}', '{{"apiKey": "{}"}}', '-{{"apiKey": "{}\\n"}}'),
        (Notation.BASH, "export API_KEY=\"'{}'\"", "export API_KEY={}", "-export API_KEY=\"'{}'\""),
        (Notation.FISH, 'set -gx API_KEY "{}"', "set -gx API_KEY {}", '-set -gx API_KEY "{}"'),
        (Notation.POWERSHELL, "$env:API_KEY = '{}'", '$env:API_KEY = "{}"', "-$env:API_KEY = '{}'"),
    ],
)
def test_quotes_and_spaces_around_a_secret_are_seen(notation: Notation, before: str, after: str, removed: str) -> None:
    mask = "sk-ant-api03-…NARY"
    old, new = _changed(notation, before.format(_KEY), after.format(_KEY), _KEY)
    assert old == removed.format(mask)
    assert new == "+" + after.format(mask)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("http://u:p#one{}@proxy.test:3128", "http://u:p%23one{}@proxy.test:3128", "http://…@proxy.test:3128"),
        ("http://u:{}@proxy.test:3128", "http://u:{}@proxy.test:8080", "http://…@proxy.test:8080"),
        ("u:{}@proxy.test:3128", "http://u:{}@proxy.test:3128", "http://…@proxy.test:3128"),
        ("http:/u:{}@proxy.test:3128/", "http://u:{}@[::1]:3128/", "http://…@[::1]:3128/"),
        ("proxy.test:3128", "http://proxy.test:3128", "http://proxy.test:3128"),
        ("http://u:{0}@a.test/{0}", "http://u:{0}@b.test/{0}", "http://…@b.test/…"),
        ("{}", "http://proxy.test", "http://proxy.test"),
    ],
)
@pytest.mark.parametrize(
    ("notation", "line"),
    [
        (Notation.DOTENV, "HTTPS_PROXY={}"),
        (Notation.DOTENV, "HTTPS_PROXY='{}'"),
        (Notation.JSON, '{{"HTTPS_PROXY": "{}"}}'),
        (Notation.BASH, "export HTTPS_PROXY='{}'"),
        (Notation.FISH, "set -gx HTTPS_PROXY {}"),
    ],
)
def test_host_and_port_of_a_corrected_proxy_stay_readable(
    notation: Notation, line: str, before: str, after: str, shown: str
) -> None:
    before, after = before.format(_CANARY), after.format(_CANARY)
    given = [_changed(notation, line.format(before), line.format(after), after)]
    diff = masked_diff(
        line.format(before).encode(), line.format(after).encode(), "f", notation, lambda name: "PROXY" in name
    )
    given.append([one for one in diff.splitlines() if one[0] in "-+" and one[1:3] != one[:2]])
    for old, new in given[1:] if before == _CANARY else given:
        assert _CANARY not in old + new
        assert re.sub(r"#[0-9a-f]{8}(?=@)|(?<=/…)(?:NARY)? \(.*?\)|(?<=/…)NARY", "", new) == "+" + line.format(shown)
        assert old[1:] != new[1:]


def test_the_name_of_the_user_is_not_taken_for_the_tail_of_a_key() -> None:
    """The user part of one line stands bare in another, where four last characters would be the whole password."""
    old, new = _changed(Notation.DOTENV, "P=user:pss@proxy.test:1", "P=http://user:pss@proxy.test:1")
    assert "pss" not in old + new


def test_long_lines_take_no_time() -> None:
    text = f"B={'b' * 200_000}\nC={'http' * 50_000}\n".encode()
    assert masked_diff(text, text + b"A=1\n", "f", Notation.DOTENV).endswith("+A=1\n")


@settings(deadline=None)
@example(scheme="http://", before="@", after=" ", host="", notation=Notation.DOTENV)
@example(scheme="", before="/", after="", host="", notation=Notation.DOTENV)
@given(
    scheme=st.sampled_from(["http://", "https:/", "", "socks5h://", "HTTP:\\\\"]),
    before=st.text(st.sampled_from(list("ab:@/#%? .\\é[")), max_size=6),
    after=st.text(st.sampled_from(list("ab:@/#%? .\\é[")), max_size=6),
    host=st.sampled_from(["proxy.test", "proxy.test:3128", "[::1]:1", "", "proxy:x", "a.test:1/p"]),
    notation=st.sampled_from([Notation.DOTENV, Notation.JSON, Notation.BASH, Notation.FISH]),
)
def test_no_password_of_a_proxy_in_any_diff(
    scheme: str, before: str, after: str, host: str, notation: Notation
) -> None:
    value = f"{scheme}user:{before}{_CANARY}{after}@{host}"
    quoted = json.dumps(value, ensure_ascii=False) if notation is Notation.JSON else f"'{value.rstrip(chr(92))}'"
    line = {
        Notation.JSON: '{{"HTTPS_PROXY": {}}}', Notation.FISH: "set -gx HTTPS_PROXY {}",
        Notation.BASH: "export HTTPS_PROXY={}", Notation.DOTENV: "HTTPS_PROXY={}",
    }[notation].format(quoted)  # fmt: skip
    for text in (line, f"# {line}"):
        for secrets in ([], [Secret(value)]):
            diff = masked_diff(None, text.encode(), "f", notation, lambda name: "PROXY" in name, secrets)
            assert "3f9b17c2e0d84a65" not in diff
