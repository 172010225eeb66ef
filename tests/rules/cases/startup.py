"""What start-up files of shells and the ways to start a client can show."""

from __future__ import annotations

from tests.rules.answers import hello, tcp_bad
from tests.rules.cases.case import Case
from tests.rules.looks import hello_at
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, Given
from tui.core.model import Context
from tui.core.seen import Error
from tui.core.survey.startup.ran import Ran

BASH = {"SHELL": "/bin/bash"}
GATEWAY = "https://gw.corp.test"
OLD = "http://127.0.0.1:4000"
KEY_LINE = f"export ANTHROPIC_API_KEY={PLANTED.api_key}\n"

not_exported = story(
    Given(env=BASH, files={".bashrc": f"# for claude\nANTHROPIC_API_KEY='{PLANTED.api_key}'  # work\n"})
)
not_loaded = story(Given(env={"SHELL": "/usr/bin/zsh"}, files={".bashrc": KEY_LINE, ".zshrc": "setopt noclobber\n"}))
stale = story(
    Given(env={**BASH, **KEY, "ANTHROPIC_BASE_URL": OLD}, files={".bashrc": f"export ANTHROPIC_BASE_URL={GATEWAY}\n"}),
    hello_at(GATEWAY, hello()),
    tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
)
gap = story(Given(env=BASH, files={".bashrc": KEY_LINE}, context=Context.EDITOR))
slow = story(
    Given(env={**BASH, **KEY}, files={".bashrc": KEY_LINE}, ran=Ran(problem="the shell was not ready after 5 seconds"))
)

CASES = (
    Case("cfg-env-not-exported", not_exported),
    Case("cfg-rc-not-loaded", not_loaded),
    Case("cfg-terminal-stale", stale),
    Case("cfg-context-gap", gap),
    Case("cfg-shell-startup", slow),
)
