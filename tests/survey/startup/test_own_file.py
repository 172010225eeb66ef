"""Where a variable belongs, what a doubtful line does to an answer, and settings that move with the context."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.model import ClientName, Context
from tui.core.request import Request
from tui.core.survey import facts, survey


@pytest.mark.parametrize(
    ("shell", "environ", "files", "own"),
    [
        ("bash", {}, {}, "~/.bashrc"),
        ("bash", {"SSH_CONNECTION": "x"}, {".profile": "\n"}, "~/.profile"),
        ("bash", {"SSH_CONNECTION": "x"}, {".bash_profile": ". ~/.bashrc\n", ".bashrc": "\n"}, "~/.bashrc"),
        ("bash", {"SSH_CONNECTION": "x"}, {}, "~/.bash_profile"),
        ("zsh", {}, {}, "~/.zshrc"),
        ("zsh", {}, {".zshenv": "export ZDOTDIR=~/.config/zsh\n"}, "~/.config/zsh/.zshrc"),
        ("fish", {}, {}, "~/.config/fish/config.fish"),
        ("dash", {}, {}, "~/.profile"),
        ("ksh", {}, {}, ""),
    ],
)
def test_file_to_which_a_variable_belongs(
    shell: str, environ: dict[str, str], files: dict[str, str], own: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path, {"SHELL": f"/bin/{shell}", "HOME": str(tmp_path / "home"), **environ})
    for name, text in files.items():
        machine.write(name, text)
    request = Request(str(machine.project))
    found = facts(survey(request, machine.world, KNOWN), request, machine.world, KNOWN)
    assert found.shell.own[1] == own


def test_line_that_may_change_the_answer_is_named(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"SHELL": "/bin/bash", "HOME": str(tmp_path / "home")})
    machine.write(".bashrc", "export NO_PROXY=a\nif grep -q x /y; then export NO_PROXY=b; fi\n")
    request = Request(str(machine.project), context=Context.NEW_TERMINAL)
    resolution = survey(request, machine.world, KNOWN).resolutions["NO_PROXY"]
    assert resolution.winner is not None
    assert resolution.winner.text == "a"
    assert "~/.bashrc line 2 may change that: it is set only under a condition" in resolution.rule


def test_settings_are_looked_for_where_that_context_keeps_them(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"SHELL": "/bin/bash", "HOME": str(tmp_path / "home")})
    machine.write(".bashrc", "export CLAUDE_CONFIG_DIR=~/other\n")
    machine.write("other/settings.json", {"env": {"ANTHROPIC_MODEL": "m"}})
    for context, model in ((Context.TERMINAL, ""), (Context.NEW_TERMINAL, "m")):
        request = Request(str(machine.project), ClientName.CLAUDE_CODE, context=context)
        found = facts(survey(request, machine.world, KNOWN), request, machine.world, KNOWN)
        assert found.value("ANTHROPIC_MODEL") == model
