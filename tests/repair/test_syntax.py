from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.lab.daemons import find
from tests.repair.plans import plan_set
from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair import syntax
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.repair.plan import make_plan
from tui.core.repair.syntax import accepts

_GOOD = {
    Notation.BASH: b"if true; then\n  export A=1\nfi\n",
    Notation.ENVRC: b"export A=1\n",
    Notation.ZSH: b"if [[ -n x ]] { export A=1 }\n",
    Notation.FISH: b"if true\n  set -gx A 1\nend\n",
}
_BAD = {
    Notation.BASH: b"if true; then\n  export A=1\n",
    Notation.ENVRC: b"export A='1\n",
    Notation.ZSH: b"if true; then\n  export A=1\n",
    Notation.FISH: b"if true\n  set -gx A 1\n",
}


def _need(notation: Notation) -> None:
    shell = syntax._COMMANDS[notation][0]
    find(shell, shell)


@pytest.mark.parametrize("notation", list(_GOOD))
def test_the_shell_tells_good_from_bad(notation: Notation) -> None:
    _need(notation)
    assert accepts(notation, _GOOD[notation]) is True
    assert accepts(notation, _BAD[notation]) is False


@pytest.mark.parametrize("notation", list(_GOOD))
def test_nothing_is_run_and_nothing_is_read(
    notation: Notation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _need(notation)
    trap = tmp_path / "trap"
    for name in (".bashrc", ".zshenv", ".zshrc", ".config/fish/config.fish", "env"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(f"touch {trap}\n")
    monkeypatch.setenv("BASH_ENV", str(home / "env"))
    monkeypatch.setenv("ENV", str(home / "env"))
    monkeypatch.setenv("ZDOTDIR", str(home))
    assert accepts(notation, f"touch {trap}\n".encode() + _GOOD[notation]) is True
    assert not trap.exists()


def test_what_has_no_shell_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert accepts(Notation.POWERSHELL, b"x") is None
    assert accepts(Notation.DOTENV, b"x") is None
    monkeypatch.setattr(syntax, "_PATH", "/nonexistent")
    assert accepts(Notation.BASH, b"if") is None


@pytest.mark.skipif(sys.platform == "win32", reason="a script as the shell")
def test_a_shell_that_does_not_answer_cannot_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = tmp_path / "bash"
    shell.write_text("#!/bin/sh\nexec sleep 60\n")
    shell.chmod(0o755)
    monkeypatch.setattr(syntax, "_PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(syntax, "SECONDS", 0.05)
    assert accepts(Notation.BASH, b"if") is None


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [(True, False, True), (True, True, False), (True, None, False), (False, False, False), (None, False, False)],
)
def test_an_edit_that_a_shell_no_longer_reads_is_refused(
    tmp_path: Path, old: bool | None, new: bool | None, refused: bool
) -> None:
    path = tmp_path / ".zshrc"
    path.write_bytes(b"export A=1\n")
    edits = tuple(Edit(str(path), "~/.zshrc", EditOp.SET, (name,), "2") for name in "AB")
    asked: list[bytes] = []

    def check(notation: Notation, text: bytes) -> bool | None:
        assert notation is Notation.ZSH
        asked.append(text)
        return old if text == b"export A=1\n" else new

    remedy = Remedy("r", "t", Applicability.SAFE, edits)
    if refused:
        with pytest.raises(Refused) as refusal:
            make_plan(remedy, "c", check=check)
        assert refusal.value.reason == "not-safe"
    else:
        assert make_plan(remedy, "c", check=check).files
    assert asked[0] == b"export A=2\nexport B=2\n"


def test_a_real_shell_is_asked_for_a_plan(tmp_path: Path) -> None:
    """A file that its shell never could read is edited all the same, and one that it can read too."""
    _need(Notation.BASH)
    for text in (b"export A=1\n", b"export A=1\nfor x in; do ;; done\n"):
        (tmp_path / ".bashrc").write_bytes(text)
        assert plan_set((tmp_path / ".bashrc", "A", "2")).files[0].after == text.replace(b"1", b"2")
