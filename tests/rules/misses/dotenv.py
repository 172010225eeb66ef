"""Near misses of what a .env file does."""

from __future__ import annotations

from tests.rules.answers import tcp_bad
from tests.rules.cases import dotenv as base
from tests.rules.cases.case import Miss
from tests.rules.cases.configuration import BAD_KEY
from tests.rules.cases.dotenv import KEY_LINE, PYTHON
from tests.rules.worlds import KEY, PLANTED, Given
from tui.core.seen import Error

OTHER = "sk-ant-api03-" + "older-and-revoked-" * 4
PASTED = Given(client=PYTHON, dotenv=f"ANTHROPIC_API_KEY=“{PLANTED.api_key}”\n")
QUOTED = Given(client=PYTHON, dotenv=f'ANTHROPIC_BASE_URL="http://gw.corp.test:4000"\nANTHROPIC_API_KEY="{OTHER}"\n')
IGNORED = base.tracked.given.but(files={"project/.git/index": base.index("app.py"), "project/.gitignore": ".env*\n"})

MISSES = (
    Miss(
        "cfg-dotenv-syntax",
        "cfg-credential-missing",
        base.open_quote.but(given=Given(client=PYTHON, dotenv="PORT=8080\nGREETING='hello\n")),
        "the broken line is about nothing that a client reads",
    ),
    Miss(
        "cfg-dotenv-syntax",
        "",
        base.open_quote.but(given=Given(client=PYTHON, env=KEY, dotenv="CLAUDE_CODE_USE_BEDROCK='1\n")),
        "the broken line is about another client",
    ),
    Miss(
        "cfg-dotenv-syntax",
        "cfg-credential-missing",
        base.open_quote.but(given=Given(client=PYTHON, dotenv="ANTHROPIC_API_KEY\n")),
        "a name alone hands on what is inherited",
    ),
    Miss(
        "cfg-dotenv-syntax",
        "",
        base.open_quote.but(given=base.open_quote.given.but(env=KEY)),
        "the variable is inherited, so that the line would not count anyway",
    ),
    Miss(
        "cfg-dotenv-syntax",
        "cfg-credential-malformed",
        base.open_quote.but(given=PASTED, models=BAD_KEY),
        "typographic quotes are a part of the value for every reader",
    ),
    Miss(
        "cfg-dotenv-syntax",
        "auth-invalid-key",
        base.open_quote.but(given=base.open_quote.given.but(client="claude-code@2.1.330", env=KEY), models=BAD_KEY),
        "Claude Code reads no .env file",
    ),
    Miss(
        "cfg-dotenv-shadowed",
        "auth-invalid-key",
        base.empty_wins.but(given=base.empty_wins.given.but(env={"ANTHROPIC_API_KEY": OTHER}), models=BAD_KEY),
        "the key in the file is refused too",
    ),
    Miss(
        "cfg-dotenv-shadowed",
        "",
        base.empty_wins.but(given=base.empty_wins.given.but(env={"ANTHROPIC_API_KEY": OTHER})),
        "the inherited key works",
    ),
    Miss(
        "cfg-dotenv-shadowed",
        "cfg-credential-missing",
        base.empty_wins.but(given=base.empty_wins.given.but(dotenv="ANTHROPIC_API_KEY=\n")),
        "the file has no value either",
    ),
    Miss(
        "cfg-dotenv-shadowed",
        "tcp-refused",
        base.empty_wins.but(given=base.empty_wins.given.but(env={}), tcp=tcp_bad(Error.REFUSED)),
        "nothing is inherited",
    ),
    Miss("cfg-dotenv-ambiguous", "", base.hashed.but(given=QUOTED), "quoted values are read alike"),
    Miss(
        "cfg-dotenv-ambiguous",
        "",
        base.hashed.but(given=Given(client=PYTHON, env=KEY, dotenv="ANTHROPIC_API_KEY=a#b\n")),
        "the value that they disagree about is not in force",
    ),
    Miss("secret-tracked-by-git", "", base.tracked.but(given=IGNORED), "git ignores the file"),
    Miss(
        "secret-tracked-by-git",
        "",
        base.tracked.but(given=base.tracked.given.but(dotenv="ANTHROPIC_MODEL=claude-opus-5-5\n", env=KEY)),
        "the tracked file holds no credential",
    ),
    Miss(
        "secret-tracked-by-git",
        "",
        base.tracked.but(given=Given(client=PYTHON, dotenv=KEY_LINE)),
        "there is no repository",
    ),
)
