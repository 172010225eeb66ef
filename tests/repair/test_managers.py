from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.model import Applicability, Edit, EditOp, Remedy
from tui.core.repair import managers
from tui.core.repair.managers import chezmoi_source
from tui.core.repair.model import FilePlan, Refused
from tui.core.repair.plan import make_plan


def _edit(path: Path | str, op: EditOp = EditOp.SET) -> Edit:
    value = {EditOp.SET: "x", EditOp.RENAME: "B"}.get(op)
    return Edit(str(path), f"~/{Path(path).name}", op, ("A",), value)


def _plan(path: Path, home: Path) -> FilePlan:
    return make_plan(Remedy("r", "t", Applicability.SAFE, (_edit(path),)), "c", home=home).files[0]


def _file(path: Path, text: str = "export A=1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("target", "source"),
    [
        (".zshrc", "dot_zshrc"),
        (".zshrc", "private_dot_zshrc.tmpl"),
        (".bashrc", "private_readonly_dot_bashrc"),
        (".config/fish/config.fish", "dot_config/private_fish/config.fish.tmpl"),
        (".env", "encrypted_private_dot_env.age"),
        ("bin/env.sh", "bin/executable_env.sh"),
        ("dot_x.sh", "literal_dot_x.sh"),
        (".claude/settings.json", "exact_dot_claude/modify_settings.json"),
    ],
)
def test_the_source_of_chezmoi_is_named(home: Path, target: str, source: str) -> None:
    path = _file(home / target, "{}" if target.endswith(".json") else "")
    assert chezmoi_source(str(path), home) is None
    made = _file(home / ".local/share/chezmoi" / source)
    _file(home / ".local/share/chezmoi/README.md")
    assert chezmoi_source(str(path), home) == made
    (note,) = _plan(path, home).notes
    assert note == f"chezmoi would overwrite this: make the change in ~/.local/share/chezmoi/{source} too."
    assert chezmoi_source("/elsewhere/.zshrc", home) is None
    assert chezmoi_source(str(home / ".other"), home) is None


def test_the_root_of_chezmoi_may_lie_deeper(home: Path) -> None:
    _file(home / ".local/share/chezmoi/.chezmoiroot", "home\n")
    made = _file(home / ".local/share/chezmoi/home/dot_zshrc")
    assert chezmoi_source(str(home / ".zshrc"), home) == made


@pytest.mark.parametrize(
    ("target", "sign", "manager", "folder"),
    [
        ("dotfiles/zsh/.zshrc", "dotfiles/.git/HEAD", "git", "~/dotfiles"),
        ("stow/zsh/.zshrc", "stow/.stow", "stow", "~/stow"),
        (".zshrc##os.Linux", "x", "yadm", "~"),
        (".local/share/chezmoi/dot_zshrc", ".local/share/chezmoi/.git/HEAD", "chezmoi", "~/.local/share/chezmoi"),
    ],
)
def test_who_keeps_the_file_behind_a_link_is_named(
    home: Path, target: str, sign: str, manager: str, folder: str
) -> None:
    real = _file(home / target)
    _file(home / sign)
    (home / ".zshrc").symlink_to(real)
    shown = folder if folder != "~" else str(home)
    notes = _plan(home / ".zshrc", home).notes
    assert f"The link leads into {shown}, which {manager} manages: keep the change there." in notes
    assert f"~/.zshrc is a link to {real}; that file is changed." in notes
    assert len(notes) == 2


def test_a_link_of_ones_own_has_no_manager(home: Path) -> None:
    real = _file(home / "mine" / "zshrc")
    (home / ".git").mkdir()
    (home / ".zshrc").symlink_to(real)
    assert len(_plan(home / ".zshrc", home).notes) == 1


@pytest.mark.parametrize(
    ("real", "manager", "command"),
    [
        ("/nix/store/abc-home-manager-files/.zshrc", "home-manager", "home-manager switch"),
        ("/gnu/store/abc-files/.zshrc", "Guix Home", "guix home reconfigure"),
    ],
)
def test_what_a_store_holds_is_changed_at_its_source(
    tmp_path: Path, real: str, manager: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused) as refused:
        managers.check(_edit("/h/.zshrc"), real)
    assert refused.value.reason == "managed-file"
    assert manager in str(refused.value)
    assert str(refused.value).endswith(command)


def test_a_link_into_a_store_is_refused_before_the_file_is_looked_at(home: Path) -> None:
    (home / ".zshrc").symlink_to("/nix/store/abc-home-manager-files/.zshrc")
    with pytest.raises(Refused) as refused:
        _plan(home / ".zshrc", home)
    assert refused.value.reason == "managed-file"


@pytest.mark.parametrize(
    ("op", "command"),
    [
        (EditOp.SET, "set -Ux A VALUE"),
        (EditOp.UNSET, "set -Ue A"),
        (EditOp.RENAME, "set -Ux NEW_NAME $A; and set -Ue A"),
    ],
)
def test_universal_variables_are_changed_in_fish(home: Path, op: EditOp, command: str) -> None:
    path = _file(home / ".config/fish/fish_variables", "# VERSION: 3.0\nSETUVAR --export A:1\n")
    with pytest.raises(Refused) as refused:
        make_plan(Remedy("r", "t", Applicability.SAFE, (_edit(path, op),)), "c")
    assert refused.value.reason == "universal"
    assert str(refused.value).endswith(command)
