"""Start-up files: whether a line is read, whether it is passed on, whether this terminal has read it already."""

from __future__ import annotations

from tests.rules.answers import error, hello, models, page, tcp_bad
from tests.rules.cases import startup as cases
from tests.rules.cases.case import Miss
from tests.rules.looks import hello_at, models_with
from tests.rules.story import story
from tests.rules.worlds import KEY, PLANTED, Given, user
from tui.core.model import Context, Header
from tui.core.seen import Error
from tui.core.survey.startup.ran import Ran

BASH = cases.BASH
ASSIGNED = f"ANTHROPIC_API_KEY='{PLANTED.api_key}'\n"
REFUSED = error(401, "authentication_error", "invalid x-api-key")

MISSES = (
    Miss(
        "cfg-env-not-exported",
        "cfg-rc-not-loaded",
        story(Given(env={"SHELL": "/usr/bin/zsh"}, files={".bashrc": ASSIGNED})),
        "another shell's file",
    ),
    Miss(
        "cfg-env-not-exported",
        "cfg-terminal-stale",
        story(Given(env=BASH, files={".bashrc": f"{ASSIGNED}export ANTHROPIC_API_KEY\n"})),
        "it is exported further down",
    ),
    Miss(
        "cfg-env-not-exported",
        "",
        story(Given(env=BASH, files={".bashrc": ASSIGNED}, settings=user(**KEY))),
        "the settings have the key",
    ),
    Miss(
        "cfg-env-not-exported",
        "cfg-credential-missing",
        story(Given(env=BASH, files={".bashrc": "ANTHROPIC_API_KEY=\n"})),
        "the line sets nothing",
    ),
    Miss(
        "cfg-rc-not-loaded",
        "cfg-terminal-stale",
        story(Given(env=BASH, files={".bashrc": cases.KEY_LINE})),
        "the shell reads the file, this terminal is older",
    ),
    Miss(
        "cfg-rc-not-loaded",
        "cfg-env-not-exported",
        story(Given(env={"SHELL": "/usr/bin/zsh"}, files={".bashrc": cases.KEY_LINE, ".zshrc": ASSIGNED})),
        "the right file has it too, without export",
    ),
    Miss(
        "cfg-rc-not-loaded",
        "",
        story(Given(env={"SHELL": "/usr/bin/zsh", **KEY}, files={".bashrc": cases.KEY_LINE})),
        "this terminal has the key",
    ),
    Miss(
        "cfg-terminal-stale",
        "gw-not-running",
        story(cases.stale.given, hello_at(cases.GATEWAY, page(502, "Bad gateway")), tcp=tcp_bad(Error.REFUSED)),
        "the newer value does not work either",
    ),
    Miss(
        "cfg-terminal-stale",
        "cfg-settings-shadow",
        story(
            Given(
                env={**BASH, "ANTHROPIC_BASE_URL": cases.GATEWAY},
                settings=user(ANTHROPIC_BASE_URL=cases.OLD, **KEY),
                files={".bashrc": f"export ANTHROPIC_BASE_URL={cases.GATEWAY}\n"},
            ),
            hello_at(cases.GATEWAY, hello()),
            tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
        ),
        "the settings hide what this terminal has",
    ),
    Miss(
        "cfg-terminal-stale",
        "auth-invalid-key",
        story(
            Given(env={**BASH, **KEY}, files={".bashrc": "export ANTHROPIC_API_KEY=sk-ant-api03-other\n"}),
            models=REFUSED,
        ),
        "the newer key is refused too",
    ),
    Miss(
        "auth-invalid-key",
        "cfg-terminal-stale",
        story(
            Given(env={**BASH, **KEY}, files={".bashrc": "export ANTHROPIC_API_KEY=sk-ant-api03-other\n"}),
            models_with("sk-ant-api03-other", Header.API_KEY, models()),
            models=REFUSED,
        ),
        "the newer key is accepted",
    ),
    Miss(
        "cfg-context-gap",
        "cfg-credential-missing",
        story(Given(env=BASH, context=Context.EDITOR)),
        "no context has a key",
    ),
    Miss(
        "cfg-context-gap",
        "",
        story(Given(env=BASH, files={".bashrc": cases.KEY_LINE}, settings=user(**KEY), context=Context.EDITOR)),
        "the settings have it for every start",
    ),
    Miss(
        "cfg-shell-startup",
        "",
        story(
            Given(
                env={**BASH, **KEY},
                files={".bashrc": cases.KEY_LINE},
                ran=Ran({**KEY, "PATH": "/bin"}, seconds=0.1),
            )
        ),
        "the shell gives what its files say",
    ),
)
