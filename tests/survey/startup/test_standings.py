"""Every way in which a line of a start-up file can count, or not: one row each, and every standing is among them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.model import Standing
from tui.core.survey import startup

S = Standing
N = "ANTHROPIC_MODEL"
RC = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish", "dash": ".profile"}

Row = tuple[str, str, str | None, Standing]
ROWS: tuple[Row, ...] = (
    ("bash", f"export {N}=a", "a", S.SURE),
    ("bash", f"{N}=a; export {N}", "a", S.SURE),
    ("bash", f"export {N}; {N}=a", "a", S.SURE),
    ("bash", f"declare -x {N}=a", "a", S.SURE),
    ("bash", f"export {N}=a; {N}+=b", "ab", S.SURE),
    ("bash", f"set -a; {N}=a; set +a", "a", S.SURE),
    ("bash", f"for w in a b; do export {N}=$w; done", "b", S.SURE),
    ("bash", f"fn() {{ export {N}=a; }}; fn", "a", S.SURE),
    ("bash", f"[ -d /nowhere ] || export {N}=a", "a", S.SURE),
    ("bash", f"case $- in *i*) export {N}=a;; *) export {N}=b;; esac", "a", S.SURE),
    ("bash", f"if false; then :; elif true; then export {N}=a; else export {N}=b; fi", "a", S.SURE),
    ("bash", f": ${{{N}:=a}}; export {N}", "a", S.SURE),
    ("bash", f"builtin export {N}=a", "a", S.SURE),
    ("bash", f"export {N}=$(made)", None, S.DYNAMIC),
    ("bash", f"export {N}={{a,b}}", None, S.DYNAMIC),
    ("bash", f"read {N} < x; export {N}", None, S.DYNAMIC),
    ("bash", f"eval 'export {N}=a'", None, S.DYNAMIC),
    ("bash", f"if made; then C=a; fi; export {N}=$C", None, S.DYNAMIC),
    ("bash", f"made && export {N}=a", None, S.CONDITIONAL),
    ("bash", f"if made; then export {N}=a; fi", None, S.CONDITIONAL),
    ("bash", f"(( X )) && export {N}=a", None, S.CONDITIONAL),
    ("bash", f"made || return; export {N}=a", None, S.CONDITIONAL),
    ("bash", f"set -e; made; export {N}=a", None, S.CONDITIONAL),
    ("bash", f"export {N}=a; if ((", None, S.CONDITIONAL),
    ("bash", f"[ -d /nowhere ] && export {N}=a", None, S.NOT_MET),
    ("bash", f"until true; do export {N}=a; done", None, S.NOT_MET),
    ("bash", f"fn() {{ export {N}=a; }}", None, S.FUNCTION),
    ("bash", f"( export {N}=a )", None, S.SUBSHELL),
    ("bash", f"export {N}=a | cat", None, S.SUBSHELL),
    ("bash", f"{{ export {N}=a; }} | cat", None, S.SUBSHELL),
    ("bash", f"export {N}=a &", None, S.SUBSHELL),
    ("bash", f"{N}=a made", None, S.ONE_COMMAND),
    ("bash", f"env {N}=a made", None, S.ONE_COMMAND),
    ("bash", f"{N}=a", None, S.NOT_EXPORTED),
    ("bash", f"export {N}=a; export -n {N}", None, S.NOT_EXPORTED),
    ("bash", f"export {N}=a; unset {N}", None, S.UNSET_LATER),
    ("bash", f"[[ $- == *i* ]] && return; export {N}=a", None, S.NOT_REACHED),
    ("bash", f"exec other; export {N}=a", None, S.NOT_REACHED),
    ("bash", f"exec 3>&1; export {N}=a", "a", S.SURE),
    ("zsh", f"if [[ -d / ]] {{ export {N}=a }}", "a", S.SURE),
    ("zsh", f"for w (a b) export {N}=$w", "b", S.SURE),
    ("zsh", f"() {{ export {N}=a }}", "a", S.SURE),
    ("zsh", f"fn() {{ typeset -gx {N}=a }}; fn", "a", S.SURE),
    ("zsh", f"fn() {{ local {N}=a }}; fn", None, S.FUNCTION),
    ("zsh", f"setopt allexport; {N}=a", "a", S.SURE),
    ("zsh", f"export {N}=${{(U)X}}", None, S.DYNAMIC),
    ("dash", f"export {N}='a b'", "a b", S.SURE),
    ("fish", f"set -gx {N} a b", "a b", S.SURE),
    ("fish", f"set -q {N}; or set -gx {N} a", "a", S.SURE),
    ("fish", f"if status is-interactive; set -gx {N} a; end", "a", S.SURE),
    ("fish", f"if false; true; else if true; set -gx {N} a; end", "a", S.SURE),
    ("fish", f"set -l L a b; set -gx {N} $L", None, S.DYNAMIC),
    ("fish", f"set -g L a b; set -gx {N} x$L", "xa xb", S.SURE),
    ("fish", f"set -Ux {N} u; set -gx {N} a", "a", S.SURE),
    ("fish", f"set -gx {N} a; set -Ux {N} u", "a", S.SURE),
    ("fish", f"set -g {N} a", None, S.NOT_EXPORTED),
    ("fish", f"set -gx {N} (made)", None, S.DYNAMIC),
    ("fish", f"made; and set -gx {N} a", None, S.CONDITIONAL),
    ("fish", f"function fn; set -gx {N} a; end", None, S.FUNCTION),
    ("fish", f"function fn; set -gx {N} a; end; fn", "a", S.SURE),
    ("fish", f"set -gx {N} a; set -e {N}", None, S.UNSET_LATER),
)  # fmt: skip


def read(folder: Path, shell: str, files: Mapping[str, str], **environ: str) -> startup.Startup:
    """The start of a shell over these files."""
    machine = Machine(folder, {"SHELL": f"/bin/{shell}", **environ})
    for name, text in files.items():
        machine.write(name, text)
    return startup.survey(machine.world, KNOWN, {})


def worth(found: startup.Startup) -> tuple[str | None, Standing]:
    """The value that programs surely get, and how far the line that counts most can be relied on."""
    variable = found.variables.get(N)
    lines = [s for s in found.settings if s.name == N]
    standing = variable.setting.standing if variable is not None and variable.setting else lines[-1].standing
    return (variable.text if variable is not None and N not in found.doubts else None), standing


@pytest.mark.parametrize(("shell", "text", "value", "standing"), ROWS, ids=[f"{r[0]}: {r[1]}" for r in ROWS])
def test_a_line(shell: str, text: str, value: str | None, standing: Standing, tmp_path: Path) -> None:
    assert worth(read(tmp_path, shell, {RC[shell]: text + "\n"})) == (value, standing)


def test_a_file_that_nobody_reads(tmp_path: Path) -> None:
    found = read(tmp_path, "zsh", {".bashrc": f"export {N}=a\n"})
    assert [s.standing for s in found.settings] == [S.NOT_LOADED]
    elsewhere = {S.NOT_LOADED, S.NO_VALUE, S.COMPUTED}  # of a dotenv line, and of a shell that was really started
    assert {standing for *_, standing in ROWS} | elsewhere == set(S)


SOURCED: tuple[tuple[str, Mapping[str, str], str | None], ...] = (
    ("bash", {".bashrc": ". ~/x", "x": f"export {N}=x"}, "x"),
    ("bash", {".bashrc": 'source "$HOME/x"', "x": f"export {N}=x"}, "x"),
    ("bash", {".bashrc": "[ -r ~/x ] && . ~/x", "x": f"export {N}=x"}, "x"),
    ("bash", {".bashrc": "[ -r ~/y ] && . ~/y", "x": f"export {N}=x"}, None),
    ("bash", {".bashrc": "set -a; . ~/.env; set +a", ".env": f"{N}=x"}, "x"),
    ("bash", {".bashrc": "for f in ~/d/*; do . $f; done", "d/1.sh": f"export {N}=1", "d/2.sh": f"export {N}=2"}, "2"),
    ("bash", {".bashrc": ". ~/x", "x": f". ~/.bashrc; export {N}=x"}, "x"),
    ("bash", {".bashrc": f". ~/x; export {N}=after", "x": "return"}, "after"),
    ("bash", {".bashrc": f". ~/x; export {N}=after", "x": "exit"}, None),
    ("bash", {".bash_profile": f"export {N}=first", ".profile": f"export {N}=last"}, "first"),
    ("bash", {".bash_login": f"export {N}=second", ".profile": f"export {N}=last"}, "second"),
    ("bash", {".profile": f"export {N}=p", ".bashrc": f"[ -z ${N} ] && export {N}=rc"}, "p"),
    ("bash", {".bashrc": ". ~/f; fn", "f": f"fn() {{ export {N}=x; }}"}, "x"),
    ("zsh", {".zshenv": "ZDOTDIR=~/z", ".zshrc": f"export {N}=no", "z/.zshrc": f"export {N}=z"}, "z"),
    ("zsh", {".zshrc": f"export {N}=rc", ".zlogin": f"export {N}=login"}, "rc"),
    ("fish", {".config/fish/conf.d/b.fish": f"set -gx {N} b", ".config/fish/conf.d/a.fish": f"set -gx {N} a"}, "b"),
    ("fish", {".config/fish/conf.d/a.fish": f"set -gx {N} a; exit", RC["fish"]: f"set -q {N}; or set -gx {N} c"}, "a"),
    ("fish", {".config/fish/fish_variables": f"SETUVAR --export {N}:u\\x20v\n"}, "u v"),
)  # fmt: skip


@pytest.mark.parametrize(("shell", "files", "value"), SOURCED)
def test_files(shell: str, files: Mapping[str, str], value: str | None, tmp_path: Path) -> None:
    assert worth_of_value(read(tmp_path, shell, files)) == value


def worth_of_value(found: startup.Startup) -> str | None:
    """The value that programs get."""
    variable = found.variables.get(N)
    return variable.text if variable else None


def test_depth_is_bounded(tmp_path: Path) -> None:
    files = {f"f{n}": f". ~/f{n + 1}" for n in range(20)} | {".bashrc": ". ~/f0", "f20": f"export {N}=deep"}
    assert worth_of_value(read(tmp_path, "bash", files)) is None


def test_a_remote_login_reads_the_login_files_only(tmp_path: Path) -> None:
    files = {".bash_profile": f"export {N}=p", ".bashrc": f"export {N}=rc"}
    assert worth_of_value(read(tmp_path, "bash", files, SSH_CONNECTION="::1 1 ::1 22")) == "p"


def test_ksh_reads_what_env_names(tmp_path: Path) -> None:
    files = {".profile": "export ENV=$HOME/.shinit", ".shinit": f"export {N}=env"}
    assert worth_of_value(read(tmp_path, "dash", files)) == "env"


def test_powershell(tmp_path: Path) -> None:
    profile = ".config/powershell/profile.ps1"
    assert worth_of_value(read(tmp_path, "pwsh", {profile: f'$env:{N} = "a"\n$env:{N} += "b"\n'})) == "ab"
    found = read(tmp_path / "2", "pwsh", {profile: f"$env:{N} = Get-It\n"})
    assert worth(found) == (None, S.DYNAMIC)
