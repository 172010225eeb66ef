"""The first-run check: when it runs (claude-code-observed.md §4, claude-code.md §0.2), and what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import Machine
from tui.core import course

KEY = "sk-ant-api03-" + "k" * 40
USER, PROJECT = ".claude/settings.json", "project/.claude/settings.json"
BASE = {"ANTHROPIC_BASE_URL": "https://gw.test"}
NEW, MIDDLE, OLD = "2.1.330", "2.0.77", "1.0.128"
RUNS, SKIPPED, SKIPPED_BUT_MIDDLE = (True, True, True), (False, False, False), (False, True, False)


@pytest.mark.parametrize(
    ("environ", "files", "wanted"),
    [
        ({}, {}, RUNS),
        (BASE, {}, RUNS),
        ({"ANTHROPIC_API_KEY": KEY}, {}, RUNS),
        (BASE | {"ANTHROPIC_API_KEY": KEY}, {}, RUNS),
        ({"ANTHROPIC_AUTH_TOKEN": "t"}, {}, SKIPPED),
        (BASE | {"ANTHROPIC_AUTH_TOKEN": "t"}, {}, SKIPPED),
        ({}, {USER: {"env": {"ANTHROPIC_AUTH_TOKEN": "t"}}}, SKIPPED_BUT_MIDDLE),
        ({}, {USER: {"env": {"ANTHROPIC_API_KEY": KEY}}}, RUNS),
        (BASE, {USER: {"apiKeyHelper": "echo x"}}, SKIPPED),
        ({"CLAUDE_CODE_OAUTH_TOKEN": "sk-ant-oat01-x"}, {}, RUNS),
        ({"CLAUDE_CODE_USE_BEDROCK": "1"}, {}, SKIPPED),
        ({"CLAUDE_CODE_USE_VERTEX": "1"}, {}, SKIPPED),
        ({"CLAUDE_CODE_USE_VERTEX": "0"}, {}, RUNS),
        ({}, {".claude.json": {"hasCompletedOnboarding": True}}, SKIPPED),
        ({}, {".claude.json": {"hasCompletedOnboarding": "true"}}, RUNS),
        ({}, {USER: {"hasCompletedOnboarding": True}}, RUNS),
        ({"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}, {}, (True, True, False)),
        ({}, {PROJECT: {"env": {"ANTHROPIC_AUTH_TOKEN": "t"}}}, RUNS),
        (
            {"ANTHROPIC_API_KEY": KEY + "\n"},
            {".claude.json": {"customApiKeyResponses": {"approved": [KEY[-20:]]}}},
            SKIPPED,
        ),
        ({"ANTHROPIC_API_KEY": KEY}, {".claude.json": {"customApiKeyResponses": {"rejected": [KEY[-20:]]}}}, RUNS),
        ({"ANTHROPIC_UNIX_SOCKET": "/s"}, {}, SKIPPED),
    ],
)
def test_when_it_runs(
    environ: dict[str, str], files: dict[str, object], wanted: tuple[bool, ...], tmp_path: Path
) -> None:
    machine = Machine(tmp_path, environ)
    for path, content in files.items():
        machine.write(path, content)
    found = tuple(machine.facts(f"claude-code@{version}").target.onboarding for version in (NEW, MIDDLE, OLD))
    assert found == wanted


@pytest.mark.parametrize("client", ["python-sdk", "typescript-sdk"])
def test_sdks_have_none(client: str, tmp_path: Path) -> None:
    assert not Machine(tmp_path).facts(client).target.onboarding


@pytest.mark.parametrize(
    ("version", "second"),
    [(NEW, "platform.claude.com"), ("2.1.112", "platform.claude.com"), (MIDDLE, "console.anthropic.com"), (OLD, "")],
)
def test_what_it_asks(version: str, second: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, BASE | {"ANTHROPIC_API_KEY": KEY, "HTTPS_PROXY": "http://p.test:1"})
    asked = course.first_run(machine.facts(f"claude-code@{version}"))
    assert [ask.about for ask in asked] == [
        "GET https://api.anthropic.com/api/hello",
        f"GET https://{second or 'console.anthropic.com'}/v1/oauth/hello",
    ]
    for ask in asked:
        assert not ask.credentials
        assert str(ask.via) == "http://p.test:1"
        assert ask.headers == (("user-agent", f"claude-cli/{version} (external, cli)"),)


def test_no_proxy_is_heeded_for_each_host(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"HTTPS_PROXY": "http://p.test:1", "NO_PROXY": "api.anthropic.com"})
    assert [ask.via is None for ask in course.first_run(machine.facts())] == [True, False]


@pytest.mark.parametrize("content", [[], 5, "text", {"approved": 5}, {"approved": "abc"}, {"approved": [1, None]}])
def test_odd_answers_are_no_crash(content: object, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": KEY})
    machine.write(".claude.json", {"customApiKeyResponses": content, "projects": content})
    assert machine.facts().target.onboarding
