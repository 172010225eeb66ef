from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.repair.plan import make_plan, summary
from tui.core.secret import Secret


def _remedy(*edits: Edit) -> Remedy:
    return Remedy("r", "Title with https://value.test", Applicability.SAFE, edits)


def _set(path: Path, name: str, value: str | Secret) -> Edit:
    return Edit(str(path), f"~/{path.name}", EditOp.SET, (name,), value)


def test_edits_of_one_file_build_on_each_other_also_through_a_link(tmp_path: Path) -> None:
    env, link = tmp_path / ".env", tmp_path / "link.env"
    env.write_bytes(b"A=1\nB=2\n")
    link.symlink_to(env)
    plan = make_plan(_remedy(_set(env, "A", "9"), _set(link, "B", "8"), _set(env, "A", "9")), "c")
    (file,) = plan.files
    assert (file.before, file.after) == (b"A=1\nB=2\n", b"A=9\nB=8\n")
    assert env.read_bytes() == b"A=1\nB=2\n"


def test_a_link_is_named(tmp_path: Path) -> None:
    env, link = tmp_path / "zshrc", tmp_path / "link.env"
    env.write_bytes(b"A=1\n")
    link.symlink_to(env)
    (file,) = make_plan(_remedy(_set(link, "A", "9")), "c").files
    assert file.real == str(env)
    assert any(str(env) in note for note in file.notes)


def test_what_changes_nothing_is_left_out(tmp_path: Path) -> None:
    one, two = tmp_path / ".env", tmp_path / "two.env"
    one.write_bytes(b"A=1\n")
    two.write_bytes(b"A=1\n")
    plan = make_plan(_remedy(_set(one, "A", "1"), _set(two, "A", "2")), "c")
    assert [file.path for file in plan.files] == [str(two)]
    with pytest.raises(Refused) as refused:
        make_plan(_remedy(_set(one, "A", "1")), "c")
    assert refused.value.reason == "no-change"


def test_secrets_stay_out_of_diff_and_summary(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    plan = make_plan(_remedy(_set(env, "PLAIN_NAME", Secret("canary-value-1234"))), "c")
    assert "canary-value" not in plan.diff
    assert "+PLAIN_NAME=" in plan.diff
    assert summary(plan) == "set PLAIN_NAME in ~/.env"
    assert plan.files[0].after == b"PLAIN_NAME=canary-value-1234\n"


def test_the_state_of_claude_code_is_left_alone_while_it_runs(tmp_path: Path) -> None:
    state = tmp_path / ".claude.json"
    state.write_bytes(b"{}")
    edit = Edit(str(state), "~/.claude.json", EditOp.SET, ("hasCompletedOnboarding",), True)
    with pytest.raises(Refused, match=r"claude \(4711\)") as refused:
        make_plan(_remedy(edit), "c", running=lambda: ("claude (4711)",))
    assert refused.value.reason == "client-running"
    (file,) = make_plan(_remedy(edit), "c").files
    assert file.after == b'{\n  "hasCompletedOnboarding": true\n}'
    other = _set(tmp_path / ".env", "A", "1")
    assert make_plan(_remedy(other), "c", running=lambda: ("claude (4711)",)).files


def test_a_name_that_tells_no_notation_needs_one(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        make_plan(_remedy(_set(tmp_path / "settings", "A", "1")), "c")
    assert refused.value.reason == "unknown-notation"
    plan = make_plan(_remedy(_set(tmp_path / "settings", "A", "1")), "c", notation=Notation.DOTENV)
    assert plan.files[0].after == b"A=1\n"


def test_a_person_is_warned(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_bytes(b"A=1\nB=${A}\n")
    rename = Edit(str(env), "~/.env", EditOp.RENAME, ("A",), "Z")
    assert any("refer to A" in note for note in make_plan(_remedy(rename), "c").files[0].notes)
    assert any("$" in note for note in make_plan(_remedy(_set(env, "A", "p$w")), "c").files[0].notes)


def test_direnv_has_to_be_told(tmp_path: Path) -> None:
    (file,) = make_plan(_remedy(_set(tmp_path / ".envrc", "A", "1")), "c").files
    assert file.notes == ("direnv blocks the file until you run: direnv allow",)
