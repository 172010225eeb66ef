"""What is said of a .env file that is read in several ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.cases import dotenv as base
from tests.rules.cases.configuration import BAD_KEY
from tests.rules.cases.dotenv import KEY_LINE, PYTHON
from tests.rules.story import Story, Told, story
from tests.rules.worlds import Given
from tui.core import judge
from tui.core.model import Finding, Severity

Run = Callable[[Story], Told]


def found(told: Told, code: str) -> list[Finding]:
    """All findings of a code."""
    return [r.finding for r in judge.judge(told.facts).ranked if r.finding.code == code]


def test_whole_file_is_one_finding(run: Run) -> None:
    """A shell keeps the CR of every line; programs do not mind, so it is a note."""
    text = f"ANTHROPIC_BASE_URL=http://gw.corp.test:4000\r\n{KEY_LINE[:-1]}\r\n"
    (finding,) = found(run(story(Given(client=PYTHON, dotenv=text))), "cfg-dotenv-ambiguous")
    assert finding.severity is Severity.NOTE
    assert finding.title == "Readers of ~/project/.env disagree about ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY"


def test_refused_by_every_reading(run: Run) -> None:
    """Then the quoting is beside the point: a note, and the refusal is the root."""
    told = run(base.hashed.but(models=BAD_KEY))
    (finding,) = found(told, "cfg-dotenv-ambiguous")
    assert finding.severity is Severity.NOTE
    root = judge.judge(told.facts).root
    assert root is not None
    assert root.code == "auth-invalid-key"


def test_joined_value_is_not_sent(run: Run) -> None:
    """node --env-file takes the next line for the token: that line may be another secret, and is never tried."""
    text = "ANTHROPIC_AUTH_TOKEN=   \nAWS_SECRET_ACCESS_KEY=do-not-send-this\n" + KEY_LINE
    told = run(story(Given(client="python-sdk@0.70.0", dotenv=text), models=BAD_KEY))
    assert "do-not-send-this" not in "".join(
        c.value.reveal() for ask in told.put for c in getattr(ask, "credentials", ())
    )


@pytest.mark.parametrize("text", ["ANTHROPIC_API_KEY='a' b\n", "ANTHROPIC_API_KEY=it's \"x\n"])
def test_line_that_cannot_be_guessed_is_named(text: str, run: Run) -> None:
    """No edit where the value cannot be told: steps with file and line."""
    told = run(story(Given(client=PYTHON, dotenv=text), models=BAD_KEY))
    remedies = [r for f in found(told, "cfg-dotenv-syntax") + found(told, "cfg-dotenv-ambiguous") for r in f.remedies]
    assert remedies
    assert all(r.kind == "steps" and "~/project/.env line 1" in r.steps[0] for r in remedies)


def test_file_that_git_would_add(run: Run) -> None:
    """Not tracked but free to be added: the words differ."""
    files = {"project/.git/index": base.index("app.py")}
    (finding,) = found(run(story(Given(client=PYTHON, dotenv=KEY_LINE, files=files))), "secret-tracked-by-git")
    assert finding.title == "git would add ~/project/.env, which holds a credential"
    assert finding.remedies[0].steps == ("Add this line to ~/project/.gitignore: /.env",)
