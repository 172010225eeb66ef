"""fish by a real fish; environment.d and PowerShell by their rules."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.daemons import find
from tui.core.model import EditOp
from tui.core.repair import shell_editor
from tui.core.repair.editor import change
from tui.core.repair.environment_dialect import ENVIRONMENT_D
from tui.core.repair.fish_dialect import FISH
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.repair.powershell_dialect import POWERSHELL

_FISH = [
    "set -gx A 1\n",
    "set -x A\n",
    "set -g A 1\nset -x A 2\n",
    "set -gx A 1; set -gx B 2 # c\n",
    "set -gx B 2; set -gx A 1 # c\n",
    "if true\n    set -gx A 1\nelse if true\n    set -gx B 1\nend\nset -gx B 2\n",
    "test -d /; and set -gx A 1\n",
    "test -d / && set -gx A 1\n",
    "begin\n    set -gx A 1\nend\n",
    "set -gx A one \\\n  two\nset -gx B 2\n",
    "set -gx A (echo 'x)')\nset -gx B \"$A\"\n",
    "set -gx A 1\nset -e A\n",
    "set -gx A 1\nset -a A 2\n",
    "function f --on-event x\n    set -gx A 1\nend\nset -gx B 2\n",
    "switch x\n    case x\n        set -gx A 1\n    case '*'\n        set -gx B 1\nend\n",
    "for i in 1 2\n    set -gx A $i\nend\n",
    "export A=1\n",
    "set -q A; or set -gx A 1\n",
    "",
]
_VALUES = [
    "9",
    "two words",
    "it's",
    "it's $5",
    "",
    "a\nb",
    'p"q',
    "~/x",
    "C:\\new\\x",
    "a\\",
    "a(b)c",
    "{a,b}",
    "#c",
    "%x",
]


def _fish(text: str) -> dict[str, str]:
    """Run a text and return what a program started afterwards gets of A, B and Z."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "TERM": "dumb"}
    command = [find("fish", "fish"), "--no-config", "-c", text + "\nenv -0"]
    result = subprocess.run(command, env=environment, capture_output=True, check=True)
    pairs = [one.partition("=") for one in result.stdout.decode().split("\0")]
    return {name: value for name, _, value in pairs if name in ("A", "B", "Z")}


@pytest.mark.parametrize("text", _FISH)
def test_edits_do_in_fish_what_they_say(text: str) -> None:
    before = _fish(text)
    after = shell_editor.set_value(text, "A", "it's $5", FISH)
    assert _fish(after)["A"] == "it's $5"
    assert _fish(after).get("B") == before.get("B") or "$A" in text
    assert shell_editor.set_value(after, "A", "it's $5", FISH) == after
    for edit in (shell_editor.unset, shell_editor.comment):
        gone = edit(text, "A", FISH)
        assert gone is not None
        assert "A" not in _fish(gone)
        assert _fish(gone).get("B", "") == (before.get("B", "") if "$A" not in text else "")
        assert edit(gone, "A", FISH) == gone
    renamed = shell_editor.rename(text, "A", "Z", FISH)
    assert renamed is not None
    if "-e" not in text and "$A" not in text:
        assert _fish(renamed).get("Z") == before.get("A")


@pytest.mark.parametrize("value", _VALUES)
@pytest.mark.parametrize("old", ["x", "'x'", '"x"', "(echo x)"])
def test_every_value_reads_back_in_fish(value: str, old: str) -> None:
    after = shell_editor.set_value(f"set -gx A {old} # c\nset -gx B 2\n", "A", value, FISH)
    assert after.endswith(" # c\nset -gx B 2\n")
    assert _fish(after)["A"] == value


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("A=1\n", "p$w", 'A="p$$w"\n'),
        ("A='x'\n", "y z", "A='y z'\n"),
        ('A="x"\n', 'say "\\hi"', 'A="say \\"\\\\hi\\""\n'),
        ("A=one \\\n  two\nB=2\n", "9", "A=9\nB=2\n"),
        ("; A=0\n# A=1\nB=2", "9", "; A=0\n# A=1\nB=2\nA=9\n"),
        ("A=1\nB=2\nA=3\n", "9", "A=1\nB=2\nA=9\n"),
    ],
)
def test_set_in_environment_d(before: str, value: str, after: str) -> None:
    assert shell_editor.set_value(before, "A", value, ENVIRONMENT_D) == after
    assert shell_editor.set_value(after, "A", value, ENVIRONMENT_D) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("$env:A = 5 # c\n", "x", "$env:A = 'x' # c\n"),
        ("$env:A = \"x\"; $env:B = 'y'\n", "p$w", "$env:A = 'p$w'; $env:B = 'y'\n"),
        ("$env:A = 'a;b' ; foo\n", "x", "$env:A = 'x' ; foo\n"),
        ("$env:A = @'\nx = 'y'\n'@\nfoo\n", "x", "$env:A = 'x'\nfoo\n"),
        ("<# $env:A = 'x' #>\n", "1", "<# $env:A = 'x' #>\n$env:A = '1'\n"),
        ("if ($x) { $env:A = 'x' }\n", "1", "if ($x) { $env:A = 'x' }\n$env:A = '1'\n"),
        ("function f { $env:A = 'x' }\n", "1", "function f { $env:A = 'x' }\n$env:A = '1'\n"),
        ("$env:A = 'x'\nRemove-Item Env:\\A\n", "1", "$env:A = 'x'\nRemove-Item Env:\\A\n$env:A = '1'\n"),
        ("$env:A = 'x'\n$env:A += 'y'\n", "1", "$env:A = 'x'\n$env:A += 'y'\n$env:A = '1'\n"),
        ("$env:A = `\n  'x'\n", "1", "$env:A = `\n  '1'\n"),
        (
            "[System.Environment]::SetEnvironmentVariable(\"A\", $(f 'a,b'))\n",
            "1",
            "[System.Environment]::SetEnvironmentVariable(\"A\", '1')\n",
        ),
        ("$env:A = 'x'\n", "‘q’", "$env:A = '‘‘q’’'\n"),
    ],
)
def test_set_in_powershell(before: str, value: str, after: str) -> None:
    assert shell_editor.set_value(before, "A", value, POWERSHELL) == after
    assert shell_editor.set_value(after, "A", value, POWERSHELL) == after


@pytest.mark.parametrize(
    ("before", "gone", "noted"),
    [
        ("$env:A = 'x'; $env:B = 'y'\n", "$env:B = 'y'\n", "# $env:A = 'x'\n$env:B = 'y'\n"),
        ("if ($x) {\n  $env:A = 'x'\n}\n", "if ($x) {\n}\n", "if ($x) {\n  # $env:A = 'x'\n}\n"),
        ("if ($x) { $env:A = 'x' }\n", "if ($x) { $null }\n", "# $env:A = 'x'\nif ($x) { $null }\n"),
    ],
)
def test_unset_and_comment_in_powershell(before: str, gone: str, noted: str) -> None:
    assert shell_editor.unset(before, "A", POWERSHELL) == gone
    assert shell_editor.comment(before, "A", POWERSHELL) == noted


@pytest.mark.parametrize("notation", [n for n in Notation if not n.is_json])
def test_common_refusals(notation: Notation) -> None:
    for value, reason in (("a\0b", "not-portable"), (None, "bad-value"), (("a",), "bad-value")):
        with pytest.raises(Refused) as refused:
            change(notation, None, EditOp.SET, ("A",), value)
        assert refused.value.reason == reason
    with pytest.raises(Refused) as refused:
        change(notation, None, EditOp.SET, ("A B",), "x")
    assert refused.value.reason == "bad-name"
    assert change(notation, None, EditOp.UNSET, ("A",)) is None


_soup = st.text(alphabet="A=1'\"$(){}`\\\n;&|<>#@ \t‘“envsetx:", max_size=40)


@settings(max_examples=300, deadline=None)
@given(text=_soup, notation=st.sampled_from([n for n in Notation if not n.is_json]), value=st.sampled_from(_VALUES))
def test_any_text_is_edited_or_refused_and_the_rest_stays(text: str, notation: Notation, value: str) -> None:
    before = text.encode()
    for op in (EditOp.SET, EditOp.UNSET, EditOp.COMMENT):
        try:
            after = change(notation, before, op, ("A",), value)
        except Refused:
            continue
        assert after is not None
        assert change(notation, after, op, ("A",), value) == after
