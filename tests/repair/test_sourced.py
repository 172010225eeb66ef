"""Real shells read what the editors wrote: the variable has the value, every other one is as it was.

Many files are edited in one change and read by few processes, as starting a shell takes longer than all of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.lab.daemons import find
from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair.dialect import Dialect
from tui.core.repair.editor import change
from tui.core.repair.fish_dialect import FISH
from tui.core.repair.journal import Journal
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.repair.plan import make_plan
from tui.core.repair.posix_dialect import BASH, ZSH

if sys.platform == "win32":
    pytest.skip("shells of POSIX", allow_module_level=True)

_BATCH = 16


def _few(examples: int) -> settings:
    """The same few batches each time; making a failing batch smaller would take longer than reading it."""
    return settings(deadline=None, derandomize=True, max_examples=examples, phases=[Phase.explicit, Phase.generate])


_POSIX = [
    "export A=1", "export A='x y'", 'export A="x y"', "A=1", "export A", "B=2; export B", "export A=1 B=2", "unset A",
    "if true; then export A=3; fi", "if false; then export A=3; else :; fi", "true && export A=4", "false || A=5",
    "f() { export A=9; }", "# export A=0", "true # A=1", "cat <<'E' >/dev/null\nexport A=5\nE", "export A=\\\n7",
    "case x in x) export A=4 ;; esac", 'export E="multi\nline"', "set -a", "set +a", "export G=$(printf '%s' hi)", "",
    "( export A=6 )", "{ export A=8; }", "A=1 true", "declare -x A=2", "typeset -x A=2", "export A=",
    "  export A=1  # c",
    "for x in 1 2; do A=$x; done", "export H=`printf x`", "alias ll='ls A=1'", "export LONG_NAME='it'\\''s'", "A+=x",
]  # fmt: skip
_ZSH = [*_POSIX, "typeset -gx A=3", "if [[ -n x ]] { export A=3 }\n:", "setopt allexport", "export A=x^2"]
_FISH = [
    "set -gx A 1", "set -x A 'x y'", 'set --export A "x y"', "set A 1", "set -gx B 2", "set -e A",
    "set -g A 1; set -x A",
    "if true\n  set -gx A 3\nend", "if false\n  set -gx A 3\nend", "true; and set -gx A 4", "export A=5", "",
    "function f\n  set -gx A 9\nend", "# set -gx A 0", "true # set -gx A 1", "set -gx A \\\n7", "set -gx G (printf hi)",
    "begin\n  set -gx A 8\nend", "A=1 true", "set -gx A", "  set -gx A 1  # c", "set -gx A 1 2",
    "set -gx E \"multi\nline\"",
    "switch x\n  case x\n    set -gx A 4\nend", "set -gx LONG_NAME 'it\\'s'", "for x in 1 2\n  set -gx A $x\nend",
]  # fmt: skip
_SHELLS = {
    "bash": (Notation.BASH, ".bashrc", BASH, _POSIX, ("bash", "--noprofile", "--norc", "-c")),
    "zsh": (Notation.ZSH, ".zshrc", ZSH, _ZSH, ("zsh", "-f", "-c")),
    "fish": (Notation.FISH, "config.fish", FISH, _FISH, ("fish", "--no-config", "-c")),
}
_SIGNS = st.sampled_from(list("aZ09 _./:@%+,=-#'\"$\\`!&;()<>*?[]{}~|^\t\n€é"))
_TYPICAL = [
    "https://gateway.test/v1", "sk-ant-FAKE-0123",
    "$HOME", "$(id)", "=x", "it's", 'say "hi"', "a\\", "~/x", "", "#", "!x"
]  # fmt: skip
_VALUES = st.text(_SIGNS | st.characters(codec="utf-8", exclude_characters="\0"), max_size=10) | st.sampled_from(
    _TYPICAL
)
_LOOP = 'for d in "$1"/*; do ( . "$d/$2" >/dev/null 2>&1; /usr/bin/env -0 >"$d/$3" ); done'


def _cases(lines: list[str]) -> st.SearchStrategy[list[tuple[str, str, str]]]:
    text = st.tuples(st.lists(st.sampled_from(lines), max_size=6).map("\n".join), st.sampled_from(["\n", ""])).map(
        "".join
    )
    case = st.tuples(text, st.sampled_from(["A", "B", "LONG_NAME"]), _VALUES)
    return st.lists(case, min_size=_BATCH, max_size=_BATCH)


def _read(shell: str, place: Path, name: str) -> list[dict[str, str]]:
    """What every file of this name leaves in the environment, the files in the order of their folders."""
    command = _SHELLS[shell][4]
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    folders = sorted(place.iterdir())
    if shell == "fish":
        for folder in folders:
            code = f"source {folder}/{name} >/dev/null 2>&1; /usr/bin/env -0 >{folder}/read"
            subprocess.run([*command, code], env=environment, check=False, capture_output=True)
    else:
        subprocess.run([*command, _LOOP, "x", place, name, "read"], env=environment, check=True, capture_output=True)
    found = []
    for folder in folders:
        pairs = (folder / "read").read_bytes().decode("utf-8", "surrogateescape").split("\0")
        found.append(dict(pair.split("=", 1) for pair in pairs if "=" in pair))
        for noise in ("_", "SHLVL", "PWD", "OLDPWD"):
            found[-1].pop(noise, None)
    return found


def _check_place(before: str, after: str, name: str, dialect: Dialect) -> None:
    """Assert that only the value of one assignment has changed, or that one line is new at the end."""
    spans = [(e.value_start, e.value_end) for e in dialect.events(dialect.scan(before)) if e.name == name]
    for start, end in spans:
        if after.startswith(before[:start]) and after[start:].endswith(before[end:]):
            return
    assert after.startswith(before)
    assert after[len(before) :].lstrip("\n").startswith(dialect.line(name, ""))


def _try(shell: str, cases: list[tuple[str, str, str]]) -> int:
    notation, file_name, dialect, _, _ = _SHELLS[shell]
    with tempfile.TemporaryDirectory() as folder:
        place, edits, wanted, reasons = Path(folder, "files"), [], [], set[str]()
        for number, (text, name, value) in enumerate(cases):
            try:
                after = change(notation, text.encode(), EditOp.SET, (name,), value)
            except Refused as refused:
                reasons.add(refused.reason)
                continue
            assert after is not None
            assert change(notation, after, EditOp.SET, (name,), value) == after
            _check_place(text, after.decode(), name, dialect)
            path = place / f"{number:02}" / file_name
            path.parent.mkdir(parents=True)
            path.write_bytes(text.encode())
            edits.append(Edit(str(path), path.name, EditOp.SET, (name,), value))
            wanted.append((path, text, after, name, value))
        assert reasons <= {"is-list", "not-safe", "not-portable", "not-understood"}
        if all(after == text.encode() for _, text, after, _, _ in wanted):
            return 0
        before = _read(shell, place, file_name)
        journal = Journal(Path(folder, "state"))
        journal.apply(make_plan(Remedy("r", "t", Applicability.SAFE, tuple(edits)), "c", check=lambda *_: None))
        for (path, text, after, name, value), old, new in zip(
            wanted, before, _read(shell, place, file_name), strict=True
        ):
            assert path.read_bytes() == after
            assert new.pop(name, None) == value, (text, after.decode())
            old.pop(name, None)
            assert new == old, (text, after.decode())
        journal.undo()
        assert [path.read_bytes() for path, *_ in wanted] == [text.encode() for _, text, *_ in wanted]
        return len(wanted)


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def _need(shell: str) -> None:
    find(shell, shell)


@_few(12)
@given(cases=_cases(_POSIX))
def test_bash_reads_what_was_set(cases: list[tuple[str, str, str]]) -> None:
    _need("bash")
    assert _try("bash", cases) >= 0


@_few(12)
@given(cases=_cases(_ZSH))
def test_zsh_reads_what_was_set(cases: list[tuple[str, str, str]]) -> None:
    _need("zsh")
    assert _try("zsh", cases) >= 0


@_few(4)
@given(cases=_cases(_FISH))
def test_fish_reads_what_was_set(cases: list[tuple[str, str, str]]) -> None:
    _need("fish")
    assert _try("fish", cases) >= 0


def test_a_brace_right_behind_a_condition_opens_a_block() -> None:
    text = "export A=1\nif [[ -n x ]] { export A=3 }\nf() { export A=9; }\n"
    assert change(Notation.ZSH, text.encode(), EditOp.SET, ("A",), "2") == text.encode() + b"export A=2\n"


def test_what_was_unset_is_no_longer_exported() -> None:
    text = b"export A=1\nunset A\nA=1\n"
    assert change(Notation.BASH, text, EditOp.SET, ("A",), "2") == text + b"export A=2\n"
    assert change(Notation.BASH, text + b"export A\n", EditOp.SET, ("A",), "2") == text[:-2] + b"2\nexport A\n"
