"""apiKeyHelper: what can be told without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import Machine
from tui.core.survey.helper import look
from tui.core.world import World


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("{home}/bin/missing", "its program ~/bin/missing does not exist"),
        ("{home}/bin/missing --team web | head -1", "its program ~/bin/missing does not exist"),
        ("'{home}/my bin/missing' x", "its program ~/my bin/missing does not exist"),
        ('"{home}/my bin/missing" x', "its program ~/my bin/missing does not exist"),
        ("~/bin/missing", "its program ~/bin/missing does not exist"),
        ("{home}/bin", "its program ~/bin is not a file"),
        ("{home}/bin/plain", "its program ~/bin/plain is not executable"),
        ("  ~/bin/plain", "its program ~/bin/plain is not executable"),
    ],
)
def test_a_program_that_is_not_there(command: str, problem: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("bin/plain", "#!/bin/sh\necho key\n").chmod(0o644)
    home = str(machine.home)
    seen = look(command.format(home=home), machine.world)
    assert seen is not None
    assert (seen.problem, seen.ran, seen.output) == (problem, False, None)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "{home}/bin/good --flag",
        "~/bin/good",
        "cat /missing/key",
        "missing-program",
        "$HOME/bin/missing",
        "'~/bin/missing'",
        "KEY=1 /missing/program",
        "(/missing/program)",
        "/missing/{{a,b}}",
        "'unclosed",
        "\0",
    ],
)
def test_what_only_running_it_could_tell(command: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("bin/good", "#!/bin/sh\necho key\n").chmod(0o755)
    assert look(command.format(home=machine.home), machine.world) is None


def test_another_shell_reads_the_command_on_windows(tmp_path: Path) -> None:
    world = World({}, tmp_path, tmp_path, tmp_path, "win32", lambda: 0.0)
    assert look("/missing/program", world) is None


def test_the_facts_tell_it(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/settings.json", {"apiKeyHelper": "/missing/program"})
    helper = machine.facts().helper
    assert helper is not None
    assert helper.problem == "its program /missing/program does not exist"
