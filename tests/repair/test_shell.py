"""What the shells say is right: every edit is sourced by a real bash and zsh, before and after."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.daemons import find
from tui.core.repair import shell_editor
from tui.core.repair.model import Refused
from tui.core.repair.posix_dialect import BASH, ZSH
from tui.core.repair.shell_document import scan

_FILES = [
    "A=1\n",
    "A=1 B=2\nexport A B\n",
    "set -a\nA=1\nset +a\n",
    '[ -n "$HOME" ] && export A=1\n',
    "export B=2 && export A=1 || true\n",
    "export A=1; export B=2 # c\n",
    "export B=2; export A=1 # c\n",
    "if true; then export A=1; fi\n",
    "if true; then\n  export A=1\nelse\n  export B=2\nfi\n",
    "if false; then\n  export A=1\nfi\nexport B=3\n",
    "case x in\n  x) export A=1 ;;\n  *) export B=3;;\nesac\n",
    "{ export A=1; }\n",
    "f() {\n  export A=1\n}\n",
    "export A=1\nA+=2\n",
    "export A\nA=1\n",
    "A=1 B=2\nexport B\n",
    "for i in 1 2; do export A=$i; done\n",
    'export A="$(echo ")"; case a in a) echo x;; esac)"\n',
    "true | export A=1\n",
    "export A=1 &\n",
    '[ -z "$PS1" ] || return\nexport A=1\n',
    "export   A=1   B=2\n",
    "export A=1 # one\n\texport A=2\n",
    "export A=$'x\\ny'\n",
    "declare -x A=1\ntypeset -x B=3\n",
    "A=1; export A\n",
    "export A=1\\\n2\nexport B=1\n",
    "unset A; export A=1\n",
    "export A=1\nif true; then\n  export A=2\nfi\n",
    "export A=1\nunset A\n",
    "(export A=1)\nexport B=2\n",
    "A=1 true\n",
    "export A=a#b\n",
    "cat <<EOF >/dev/null\nexport A='no\nEOF\nexport B=2\n",
    "test x &&\n  export A=1\n",
    "export A=1 \\\n  B=2\n",
    "if true\nthen export A=1 # c\nfi\n",
    "export B=${A:-'it}'s}\n",
    "while false; do\n  export A=1\ndone\nexport B=2",
    "",
]
_VALUES = ["9", "two words", "it's", "it's $5", "", "a\nb", 'p"q', "~/x", "=x", "a\\", "!x", "#c", "$(x)"]
_SHELLS = ("bash", "zsh")


def _run(shell: str, text: str) -> dict[str, str]:
    """Source a text and return what a program started afterwards gets of A, B and Z; never an error."""
    script = '. /dev/stdin\nfor n in A B Z; do eval "printf \'%s=[%s]\\0\' $n \\"\\${$n-unset}\\""; done\nenv -0'
    options = ["--norc"] if shell == "bash" else ["-f"]
    result = subprocess.run(
        [find(shell, shell), *options, "-c", script],
        input=text.encode(),
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert result.stderr == b"", (text, result.stderr)
    fields = [one.partition("=") for one in result.stdout.decode().split("\0")]
    shown = {name: value for name, _, value in fields if name in ("A", "B", "Z") and value.startswith("[")}
    environment = {name + "!": value for name, _, value in fields if name in ("A", "B", "Z") and value[:1] != "["}
    return shown | environment


@pytest.mark.parametrize("shell", _SHELLS)
@pytest.mark.parametrize("text", _FILES)
def test_edits_do_in_a_shell_what_they_say(shell: str, text: str) -> None:
    before = _run(shell, text)
    dialect = ZSH if shell == "zsh" else BASH
    for value in _VALUES[:4]:
        after = shell_editor.set_value(text, "A", value, dialect)
        now = _run(shell, after)
        assert now["A!"] == value
        assert now["B"] == before["B"] or "$A" in text or "${A" in text
        assert shell_editor.set_value(after, "A", value, dialect) == after
    for edit in (shell_editor.unset, shell_editor.comment):
        gone = edit(text, "A", dialect)
        assert gone is not None
        now = _run(shell, gone)
        assert now["A"] == "[unset]"
        assert now["B"] == before["B"]
        assert edit(gone, "A", dialect) == gone
    renamed = shell_editor.rename(text, "A", "Z", dialect)
    assert renamed is not None
    if "unset" not in text and "${A" not in text:
        now = _run(shell, renamed)
        assert (now["Z"], now.get("Z!")) == (before["A"], before.get("A!"))


@pytest.mark.parametrize("shell", _SHELLS)
@pytest.mark.parametrize("value", _VALUES)
@pytest.mark.parametrize("old", ["x", "'x'", '"x"', "`echo x`", "it\\'s", "''"])
def test_every_value_reads_back(shell: str, value: str, old: str) -> None:
    after = shell_editor.set_value(f"export A={old} # c\nexport B=2\n", "A", value, ZSH if shell == "zsh" else BASH)
    assert after.endswith(" # c\nexport B=2\n")
    assert _run(shell, after)["A!"] == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('export A="open\n', "not-understood"),
        ("if true; then\n  export A=1\n", "not-understood"),
        ("cat <<EOF\nexport A=1\n", "not-understood"),
        ("export B=1 \\\n", "not-understood"),
        ("fi\n", "not-understood"),
        ("return 0\nexport A=1\n", "not-reached"),
        ("exit\n", "not-reached"),
        ("A=(1 2)\n", "is-list"),
    ],
)
def test_doubt_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        shell_editor.set_value(text, "A", "9", BASH)
    assert refused.value.reason == reason


def test_a_line_picks_one_assignment_also_in_a_function() -> None:
    text = "export A=1\nf() {\n  export A=2\n}\n"
    assert shell_editor.set_value(text, "A", "9", BASH, line=3) == "export A=1\nf() {\n  export A=9\n}\n"
    assert shell_editor.unset(text, "A", BASH, line=1) == "f() {\n  export A=2\n}\n"
    assert shell_editor.unset(text, "A", BASH, line=3) == "export A=1\nf() {\n  :\n}\n"
    with pytest.raises(Refused, match="Line 2 does not set A"):
        shell_editor.unset(text, "A", BASH, line=2)


def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        shell_editor.rename("export A=1\nexport B=2\n", "A", "B", BASH)
    assert refused.value.reason == "target-exists"


_lines = st.sampled_from(_FILES)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(_lines, min_size=1, max_size=4), value=st.sampled_from(_VALUES))
def test_set_in_files_put_together(parts: list[str], value: str) -> None:
    text = "".join(part if part.endswith("\n") or not part else part + "\n" for part in parts)
    if "return" in text:
        return
    before, after = _run("bash", text), shell_editor.set_value(text, "A", value, BASH)
    now = _run("bash", after)
    assert now["A!"] == value
    assert now["B"] == before["B"] or "${A" in text


@settings(deadline=None)
@given(text=st.text(alphabet="A=1'\"$(){}`\\\n;&|<># \tifthen", max_size=40))
def test_the_scanner_never_fails_and_words_are_where_it_says(text: str) -> None:
    for zsh in (False, True):
        for command in scan(text, zsh).commands:
            assert all(text[word.start : word.end] == word.text for word in command.words)
