"""Made-up homes: what the static reader is sure of is what the real shell gives, and it says where it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.daemons import find
from tests.survey.startup import fish_pieces, posix_pieces
from tests.survey.startup.draw import homes
from tests.survey.startup.oracle import ask, build, disagreements, read, world

HOMES = 80
"""For each shell, and each way in which its terminal is started."""
CASES = {
    "bash": (".bash_profile", ".bashrc"),
    "zsh": (".zshenv", ".zprofile", ".zshrc", ".zlogin"),
    "fish": (".config/fish/conf.d/a.fish", ".config/fish/conf.d/b.fish", ".config/fish/config.fish"),
    "dash": (".profile", ".shinit"),
}
PIECES = {
    "bash": posix_pieces.PIECES + posix_pieces.BASH,
    "zsh": posix_pieces.PIECES + posix_pieces.ZSH,
    "fish": fish_pieces.PIECES,
    "dash": posix_pieces.PIECES,
}


@pytest.mark.parametrize("session", ["desktop", "ssh"])
@pytest.mark.parametrize("shell", CASES)
def test_what_is_sure_is_true(shell: str, session: str, tmp_path: Path) -> None:
    path = find(shell, shell)
    environ = {"SSH_CONNECTION": "::1 1 ::1 22"} if session == "ssh" else {}
    given = {"ANTHROPIC_MODEL": "from-the-session"}
    if shell == "dash":
        given["ENV"] = str(tmp_path / "unset")
    made = homes(f"{shell} {session}", PIECES[shell], CASES[shell], fish_pieces.quote, HOMES)
    worlds = [world(build(tmp_path / str(n), files), path, environ) for n, files in enumerate(made)]
    said = [read(of, given) for of in worlds]  # before a shell writes anything there
    answers = ask(worlds, given)
    ended = [ran.problem for ran in answers if ran.environ is None]
    assert len(ended) < HOMES / 10, ended
    wrong = [
        f"{of.home}: {text}"
        for of, found, ran in zip(worlds, said, answers, strict=True)
        if ran.environ is not None
        for text in disagreements(found, ran.environ)
    ]
    assert not wrong, "\n".join(wrong)
