"""Which header carries which value: the tables of claude-code.md §3.1 and §3.2."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.session.machine import KNOWN, NOW, Machine
from tui.core import course
from tui.core.model import Header
from tui.core.secret import Secret, plain
from tui.core.survey import facts

KEY, TOKEN, OAUTH, HELPER, PRIMARY = "sk-ant-key", "token", "sk-ant-oat01-oauth", "printed-by-helper", "sk-ant-primary"
VALUES = {
    "ANTHROPIC_API_KEY": KEY,
    "ANTHROPIC_AUTH_TOKEN": TOKEN,
    "CLAUDE_CODE_OAUTH_TOKEN": OAUTH,
}


def sent(machine: Machine, client: str = "claude-code@2.1.330", helper: str = "") -> dict[str, str]:
    """The credential headers that this client would send."""
    request = machine.request(client)
    aim = facts(machine.survey(client), request, machine.world, KNOWN, Secret(helper) if helper else None).target
    return {str(c.header): c.value.reveal() for c in aim.credentials}


@pytest.mark.parametrize(
    ("names", "helper", "key", "bearer"),
    [
        (("ANTHROPIC_API_KEY",), False, KEY, None),
        (("ANTHROPIC_AUTH_TOKEN",), False, None, TOKEN),
        (("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"), False, KEY, TOKEN),
        ((), True, HELPER, HELPER),
        (("ANTHROPIC_API_KEY",), True, KEY, HELPER),
        (("ANTHROPIC_AUTH_TOKEN",), True, HELPER, TOKEN),
        (("CLAUDE_CODE_OAUTH_TOKEN",), False, None, OAUTH),
        (("CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_API_KEY"), False, KEY, None),
        (("CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_AUTH_TOKEN"), False, None, TOKEN),
        ((), False, None, None),
    ],
)
def test_claude_code(names: tuple[str, ...], helper: bool, key: str | None, bearer: str | None, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {name: VALUES[name] for name in names})
    if helper:
        machine.write(".claude/settings.json", {"apiKeyHelper": "echo x"})
    wanted = {Header.API_KEY: key, Header.BEARER: bearer}
    assert sent(machine, helper=HELPER if helper else "") == {k: v for k, v in wanted.items() if v}


def test_oauth_token_adds_its_beta(tmp_path: Path) -> None:
    target = Machine(tmp_path, {"CLAUDE_CODE_OAUTH_TOKEN": OAUTH}).facts().target
    headers = dict(course.api_headers(target))
    assert "oauth-2025-04-20" in plain(headers["anthropic-beta"]).split(",")
    assert "claude-code-20250219" in plain(headers["anthropic-beta"]).split(",")


def test_oauth_token_as_key_is_sent_as_key(tmp_path: Path) -> None:
    assert sent(Machine(tmp_path, {"ANTHROPIC_API_KEY": OAUTH})) == {"x-api-key": OAUTH}


def test_primary_key_yields_to_a_key_and_an_oauth_token_but_goes_beside_a_token(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude.json", {"primaryApiKey": PRIMARY})
    assert sent(machine) == {"x-api-key": PRIMARY}
    for name in ("ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN"):
        machine.environ = {name: VALUES[name]}
        assert PRIMARY not in sent(machine).values()
    machine.environ = {"ANTHROPIC_AUTH_TOKEN": TOKEN}
    assert sent(machine) == {"x-api-key": PRIMARY, "authorization": TOKEN}


def test_helper_that_failed_fills_both_headers_with_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/settings.json", {"apiKeyHelper": "exit 3"})
    found = facts(machine.survey(), machine.request(), machine.world, KNOWN, Secret("")).target
    assert [(c.header, c.value.reveal()) for c in found.credentials] == [(Header.API_KEY, ""), (Header.BEARER, "")]


def test_helper_that_was_not_run_sends_nothing_and_shows_no_login(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/settings.json", {"apiKeyHelper": "cat /secret"})
    target = machine.facts().target
    assert target.credentials == ()
    assert target.helper is not None
    assert target.helper.text == "cat /secret"


@pytest.mark.parametrize("padding", ["\n", "\r\n", " ", "\t", "\u00a0"])
def test_white_space_at_the_ends(padding: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": f"{padding}{KEY}{padding}"})
    assert sent(machine) == {"x-api-key": KEY}
    assert sent(machine, "typescript-sdk@0.70.0") == {"x-api-key": KEY}
    assert sent(machine, "python-sdk@0.120.0") == {"x-api-key": f"{padding}{KEY}{padding}"}


@pytest.mark.parametrize("value", [f'"{KEY}"', f"“{KEY}”", "sk-ant-\nbroken", "Bearer x"])
def test_nothing_else_is_changed(value: str, tmp_path: Path) -> None:
    assert sent(Machine(tmp_path, {"ANTHROPIC_AUTH_TOKEN": value})) == {"authorization": value}


@pytest.mark.parametrize(
    ("client", "alone", "both", "version", "custom"),
    [
        ("python-sdk@0.40.0", "x-api-key", {"x-api-key": KEY}, "2023-06-01", False),
        ("python-sdk@0.75.0", "x-api-key", {"x-api-key": KEY, "authorization": TOKEN}, "2023-06-01", False),
        ("python-sdk@0.120.0", "x-api-key", {"x-api-key": KEY, "authorization": TOKEN}, "2023-06-01", True),
        ("python-sdk@1.0.0", "x-api-key", {"x-api-key": KEY, "authorization": TOKEN}, "2023-06-01", True),
        ("python-sdk@2.12.0", "authorization", {"authorization": KEY}, "2026-10-21", True),
        ("typescript-sdk@0.70.0", "x-api-key", {"x-api-key": KEY, "authorization": TOKEN}, "2023-06-01", False),
        ("typescript-sdk@1.12.0", "authorization", {"authorization": KEY}, "2026-10-21", True),
    ],
)
def test_sdks(client: str, alone: str, both: dict[str, str], version: str, custom: bool, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_CUSTOM_HEADERS": "X-Team: blue"})
    assert sent(machine, client) == {alone: KEY}
    target = machine.facts(client).target
    assert dict(course.api_headers(target))["anthropic-version"] == version
    assert (("x-team", Secret("blue")) in target.headers) is custom
    machine.environ["ANTHROPIC_AUTH_TOKEN"] = TOKEN
    assert sent(machine, client) == both


@pytest.mark.parametrize("client", ["python-sdk@1.0.0", "python-sdk@2.12.0", "typescript-sdk@1.12.0"])
def test_empty_key_beside_a_token(client: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": "", "ANTHROPIC_AUTH_TOKEN": TOKEN})
    assert sent(machine, client) == {"authorization": TOKEN}


@pytest.mark.parametrize("client", ["python-sdk@0.75.0", "python-sdk@0.120.0", "typescript-sdk@0.70.0"])
def test_first_majors_send_an_empty_value_beside_another(client: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": "", "ANTHROPIC_AUTH_TOKEN": TOKEN})
    assert sent(machine, client) == {"x-api-key": "", "authorization": TOKEN}
    machine.environ = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_AUTH_TOKEN": ""}
    assert sent(machine, client) == {"x-api-key": KEY, "authorization": ""}
    machine.environ = {"ANTHROPIC_API_KEY": "", "ANTHROPIC_AUTH_TOKEN": ""}
    assert sent(machine, client) == {}


@pytest.mark.parametrize(
    ("client", "header"), [("python-sdk@1.0.0", "x-api-key"), ("python-sdk@2.12.0", "authorization")]
)
def test_python_takes_a_blank_for_a_key(client: str, header: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"ANTHROPIC_API_KEY": " ", "ANTHROPIC_AUTH_TOKEN": TOKEN})
    assert sent(machine, client)[header] == " "


def test_custom_headers_line_by_line(tmp_path: Path) -> None:
    lines = "X-One: 1\nno colon here\nBad Name: 2\n x-two : two words \nAuthorization: Bearer other\nX-Nul: a\x01b"
    target = Machine(tmp_path, {"ANTHROPIC_CUSTOM_HEADERS": lines}).facts().target
    assert {name: plain(value) for name, value in target.headers} == {
        "x-one": "1",
        "x-two": "two words",
        "authorization": "Bearer other",
    }


def test_saved_login_counts_only_without_another_credential_and_keeps_no_token(tmp_path: Path, canary: Canary) -> None:
    machine = Machine(tmp_path)
    content = {"accessToken": canary.oauth_token, "refreshToken": canary.refresh_token, "expiresAt": NOW * 1000}
    machine.write(".claude/.credentials.json", {"claudeAiOauth": content})
    found = machine.facts()
    assert found.target.login is not None
    assert found.target.login.expires == NOW
    assert found.target.auth == "saved login"
    canary.assert_clean("\n".join(walk(found)))
    machine.environ["ANTHROPIC_API_KEY"] = KEY
    assert machine.facts().target.login is None


def walk(thing: object) -> list[str]:
    """Every text that can be reached from a value, also what a Secret hides."""
    seen: set[int] = set()
    found: list[str] = []
    todo = [thing]
    while todo:
        item = todo.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, Secret):
            found.append(item.reveal())
        elif isinstance(item, str | bytes):
            found.append(item if isinstance(item, str) else item.decode("latin-1"))
        elif isinstance(item, Mapping):
            todo += [*item.keys(), *item.values()]
        elif isinstance(item, tuple | list | set | frozenset):
            todo += list(item)
        else:
            names = [name for kind in type(item).__mro__ for name in getattr(kind, "__slots__", ())]
            todo += [getattr(item, name) for name in names if hasattr(item, name)]
            todo += list(getattr(item, "__dict__", {}).values())
    return found


@pytest.mark.parametrize("expires", ["soon", None, True, 10**400, float("inf"), -1, {}])
def test_odd_expiry_is_no_crash(expires: object, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/.credentials.json", {"claudeAiOauth": {"accessToken": "x", "expiresAt": expires}})
    login = machine.facts().target.login
    assert login is not None
    assert login.expires in (None, -0.001)


@pytest.mark.parametrize("content", ["", "[]", "null", "{", '{"claudeAiOauth": []}', '{"claudeAiOauth": {}}', b"\xff"])
def test_file_without_a_login(content: str | bytes, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/.credentials.json", content)
    assert machine.facts().target.login is None


@pytest.mark.parametrize(
    ("text", "switch", "known"),
    [
        ("2", "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", {"claude-code-20250219", "effort-2025-11-24"}),
        ("0", "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", set(KNOWN.betas)),
        ("mine-1, mine-2,,mine-1", "ANTHROPIC_BETAS", {"mine-1", "mine-2"}),
    ],
)
def test_betas(text: str, switch: str, known: set[str], tmp_path: Path) -> None:
    betas = Machine(tmp_path, {switch: text}).facts().target.betas
    assert known <= set(betas)
    assert len(betas) == len(set(betas))
    assert (len(betas) < len(KNOWN.betas)) == (switch.startswith("CLAUDE") and text == "2")
