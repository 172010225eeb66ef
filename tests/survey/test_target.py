"""The target: base URL (claude-code.md §4.2), trust (§1.9), models and aliases (§1.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core import course
from tui.core.model import Target, Trust
from tui.core.secret import Secret
from tui.core.url import Url, is_address, is_loopback, parse

CLAUDE, PYTHON, NODE = "claude-code@2.1.330", "python-sdk@2.12.0", "typescript-sdk@1.12.0"
ALL = (CLAUDE, PYTHON, NODE)


def target(environ: dict[str, str], tmp_path: Path, client: str = CLAUDE) -> Target:
    """The target of an environment."""
    return Machine(tmp_path, environ).facts(client).target


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("https://h", "https://h/v1/models?limit=1000"),
        ("https://h/", "https://h/v1/models?limit=1000"),
        ("https://h//", "https://h/v1/models?limit=1000"),
        ("https://h/anthropic", "https://h/anthropic/v1/models?limit=1000"),
        ("https://h/v1", "https://h/v1/v1/models?limit=1000"),
        ("https://h/v1/messages", "https://h/v1/messages/v1/models?limit=1000"),
        ("HTTPS://H:8443/x", "https://h:8443/x/v1/models?limit=1000"),
        ("http://[::1]:4000", "http://[::1]:4000/v1/models?limit=1000"),
        ("http://h:0", "http://h:0/v1/models?limit=1000"),
    ],
)
@pytest.mark.parametrize("client", ALL)
def test_base_url_is_joined_as_the_client_joins_it(client: str, value: str, wanted: str, tmp_path: Path) -> None:
    found = target({"ANTHROPIC_BASE_URL": value, "ANTHROPIC_API_KEY": "k"}, tmp_path, client)
    ask = course.models(found)
    assert str(ask.url) + ask.path == wanted
    assert not found.problem


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("h", "no http:// or https://"),
        ("127.0.0.1:18000", "no http:// or https://"),
        ('"https://h"', "quotation marks"),
        ("“https://h”", "quotation marks"),
        ("https://h?a=b", "query"),
        ("https://h#x", "fragment"),
        ("https://h:99999", "port"),
        ("https://h:port", "port"),
        ("htp://h", "scheme is 'htp'"),
        ("http://http://h", "scheme twice"),
        ("https://", "no host"),
        ("https://h h", "white space"),
        ("https://[::1", "cannot be read"),
    ],
)
@pytest.mark.parametrize("client", ALL)
def test_base_urls_that_cannot_be_used(client: str, value: str, problem: str, tmp_path: Path) -> None:
    found = target({"ANTHROPIC_BASE_URL": value}, tmp_path, client)
    assert found.url is None
    assert problem in found.problem
    assert not course.usable(found)


def test_white_space_at_the_ends_of_the_base_url(tmp_path: Path) -> None:
    for client in (CLAUDE, NODE):
        assert str(target({"ANTHROPIC_BASE_URL": " https://h\n"}, tmp_path, client).url) == "https://h"
    assert "white space" in target({"ANTHROPIC_BASE_URL": " https://h\n"}, tmp_path, PYTHON).problem


@pytest.mark.parametrize(("client", "beside_a_token"), [(CLAUDE, False), (PYTHON, True)])
def test_user_in_the_base_url_becomes_basic_credentials(client: str, beside_a_token: bool, tmp_path: Path) -> None:
    environ = {"ANTHROPIC_BASE_URL": "https://alice:p%40ss@h", "ANTHROPIC_API_KEY": "k"}
    found = target(environ, tmp_path, client)
    assert str(found.url) == "https://h"
    basic = dict(found.headers)["authorization"]
    assert isinstance(basic, Secret)
    assert basic.reveal() == "Basic YWxpY2U6cEBzcw=="
    found = target(environ | {"ANTHROPIC_AUTH_TOKEN": "t"}, tmp_path, client)
    assert ("authorization" in dict(found.headers)) is beside_a_token


@pytest.mark.parametrize("client", [NODE, "claude-code@2.0.77"])
def test_fetch_of_node_refuses_a_user_in_the_base_url(client: str, tmp_path: Path) -> None:
    found = target({"ANTHROPIC_BASE_URL": "https://alice:secret@h"}, tmp_path, client)
    assert "user name" in found.problem
    assert "secret" not in found.base_url


@pytest.mark.parametrize("value", ["", "  "])
def test_empty_base_url(value: str, tmp_path: Path) -> None:
    for client in (CLAUDE, NODE):
        found = target({"ANTHROPIC_BASE_URL": value}, tmp_path, client)
        assert (found.base_url, found.problem) == ("https://api.anthropic.com", "")
    assert "empty" in target({"ANTHROPIC_BASE_URL": value}, tmp_path, PYTHON).problem


def test_nothing_set_means_the_first_party_host(tmp_path: Path) -> None:
    for client in ALL:
        found = target({}, tmp_path, client)
        assert found.first_party
        assert str(found.url) == "https://api.anthropic.com"


@pytest.mark.parametrize(
    ("client", "environ", "wanted"),
    [
        (CLAUDE, {}, Trust()),
        (CLAUDE, {"CLAUDE_CODE_CERT_STORE": "bundled"}, Trust(os_store=False)),
        (CLAUDE, {"CLAUDE_CODE_CERT_STORE": " system "}, Trust(bundled=False)),
        (CLAUDE, {"CLAUDE_CODE_CERT_STORE": "bundled, system"}, Trust()),
        (CLAUDE, {"NODE_EXTRA_CA_CERTS": "/ca.pem"}, Trust(extra=("/ca.pem",))),
        (CLAUDE, {"SSL_CERT_FILE": "/ca.pem"}, Trust(extra=("/ca.pem",))),
        (CLAUDE, {"REQUESTS_CA_BUNDLE": "/ca.pem"}, Trust()),
        (CLAUDE, {"NODE_TLS_REJECT_UNAUTHORIZED": "0"}, Trust(verify=False)),
        (CLAUDE, {"NODE_TLS_REJECT_UNAUTHORIZED": "1"}, Trust()),
        (
            CLAUDE,
            {"CLAUDE_CODE_CLIENT_CERT": "/c.pem", "CLAUDE_CODE_CLIENT_KEY": "/k.pem"},
            Trust(client_cert="/c.pem", client_key="/k.pem"),
        ),
        ("python-sdk@0.120.0", {}, Trust(os_store=False)),
        (PYTHON, {}, Trust(bundled=False)),
        (PYTHON, {"SSL_CERT_FILE": "/ca.pem"}, Trust(os_store=False, bundled=False, extra=("/ca.pem",))),
        (PYTHON, {"NODE_EXTRA_CA_CERTS": "/ca.pem", "NODE_TLS_REJECT_UNAUTHORIZED": "0"}, Trust(bundled=False)),
        (NODE, {}, Trust(os_store=False)),
        (NODE, {"NODE_EXTRA_CA_CERTS": "/ca.pem"}, Trust(os_store=False, extra=("/ca.pem",))),
        (NODE, {"SSL_CERT_FILE": "/ca.pem"}, Trust(os_store=False)),
    ],
)
def test_trust(client: str, environ: dict[str, str], wanted: Trust, tmp_path: Path) -> None:
    assert target(environ, tmp_path, client).trust == wanted


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, ()),
        ({"ANTHROPIC_MODEL": "claude-sonnet-5"}, ("claude-sonnet-5",)),
        ({"ANTHROPIC_MODEL": "claude-sonnet-5[1m]"}, ("claude-sonnet-5",)),
        ({"ANTHROPIC_MODEL": "sonnet"}, ("claude-sonnet-5-5",)),
        ({"ANTHROPIC_MODEL": "haiku"}, ("claude-haiku-5-5",)),
        ({"ANTHROPIC_MODEL": "opusplan"}, ("claude-sonnet-5-5",)),
        ({"ANTHROPIC_MODEL": "default"}, ("default",)),
        ({"ANTHROPIC_MODEL": "sonnet", "ANTHROPIC_DEFAULT_SONNET_MODEL": "glm-5"}, ("glm-5",)),
        ({"ANTHROPIC_DEFAULT_SONNET_MODEL": "glm-5"}, ()),
        ({"ANTHROPIC_MODEL": "a", "ANTHROPIC_DEFAULT_MODEL": "b"}, ("a",)),
        ({"ANTHROPIC_DEFAULT_MODEL": "b"}, ("b",)),
        ({"ANTHROPIC_MODEL": "a", "ANTHROPIC_DEFAULT_HAIKU_MODEL": "h"}, ("a", "h")),
        ({"ANTHROPIC_SMALL_FAST_MODEL": "s"}, ("s",)),
        ({"ANTHROPIC_SMALL_FAST_MODEL": "s", "ANTHROPIC_DEFAULT_HAIKU_MODEL": "h"}, ("h",)),
        ({"ANTHROPIC_MODEL": "claude-opus-4-1"}, ("claude-opus-4-1-20250805",)),
        ({"ANTHROPIC_MODEL": "gpt-7"}, ("gpt-7",)),
    ],
)
def test_models(environ: dict[str, str], wanted: tuple[str, ...], tmp_path: Path) -> None:
    assert tuple(name for name, _ in target(environ, tmp_path).models) == wanted
    assert target(environ, tmp_path, PYTHON).models == ()


def test_no_alias_leads_to_a_retired_model(tmp_path: Path) -> None:
    for alias in ("opus", "sonnet", "haiku", "fable", "best", "opusplan"):
        name = target({"ANTHROPIC_MODEL": alias}, tmp_path).models[0][0]
        assert KNOWN.models[name].retired == ""


@pytest.mark.parametrize("flag", ["BEDROCK", "VERTEX", "FOUNDRY", "MANTLE", "ANTHROPIC_AWS", "ANTHROPIC_GOOGLE_CLOUD"])
def test_provider_flags(flag: str, tmp_path: Path) -> None:
    name = f"CLAUDE_CODE_USE_{flag}"
    assert target({name: "1"}, tmp_path).provider == name
    assert not course.usable(target({name: "true"}, tmp_path))
    assert target({name: "1"}, tmp_path, PYTHON).provider == ""
    for off in ("0", "false", "no", "off", ""):
        assert target({name: off}, tmp_path).provider == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://api.anthropic.com:443/", "https://api.anthropic.com"),
        ("http://h:80", "http://h"),
        ("http://h:443", "http://h:443"),
        ("http://[2001:db8::1]:1/x/", "http://[2001:db8::1]:1/x"),
        ("https://user:secret@h/x", "https://h/x"),
    ],
)
def test_urls_in_normal_form(text: str, shown: str) -> None:
    assert str(parse(text)) == shown


def test_kinds_of_hosts() -> None:
    assert all(is_loopback(h) for h in ("localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "::1"))
    assert not any(is_loopback(h) for h in ("localhost.test", "128.0.0.1", "10.0.0.1", "::2"))
    assert all(is_address(h) for h in ("1.2.3.4", "::1"))
    assert not any(is_address(h) for h in ("a.b.c.d", "1.2.3", "h"))
    assert parse("http://127.0.0.1").loopback
    assert parse("https://h/a").at("/b/") == Url("https", "h", 443, "/b")
