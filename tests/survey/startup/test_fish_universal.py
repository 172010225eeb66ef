"""fish's universal variables, as the real fish writes them down."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.lab.daemons import find
from tests.session.machine import KNOWN, Machine
from tui.core.model import Standing
from tui.core.survey.startup import fish_universal

VALUES = ("plain", "a b:c\\d", "'q\" $x", "ünï → ✓", "two\nlines\ttab")


def test_lines_of_the_file(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(
        ".config/fish/fish_variables",
        "# VERSION: 3.0\nSETUVAR --export ANTHROPIC_BASE_URL:https\\x3a//gw.test\nSETUVAR ANTHROPIC_MODEL:m\n"
        "SETUVAR --export NO_PROXY:a\\x1eb\nSETUVAR __fish_initialized:3400\n",
    )
    files, settings, variables = fish_universal.survey(machine.world, KNOWN)
    assert [f.shown for f in files] == ["~/.config/fish/fish_variables"]
    assert [(s.name, s.text, s.origin.line, s.standing) for s in settings] == [
        ("ANTHROPIC_BASE_URL", "https://gw.test", 2, Standing.SURE),
        ("ANTHROPIC_MODEL", "m", 3, Standing.NOT_EXPORTED),
        ("NO_PROXY", "a b", 4, Standing.SURE),
    ]
    assert variables["ANTHROPIC_BASE_URL"].exported
    assert not variables["ANTHROPIC_MODEL"].exported


@pytest.mark.parametrize("value", VALUES)
def test_what_the_real_fish_wrote(value: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    environ = {"HOME": str(machine.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "VALUE": value}
    script = "set -Ux ANTHROPIC_LOG $VALUE"
    subprocess.run(
        [find("fish", "fish"), "-c", script], env=environ, check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    _, (found,), _ = fish_universal.survey(machine.world, KNOWN)
    assert found.text == value
