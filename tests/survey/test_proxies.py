"""Which proxy, by each client's own rules: claude-code.md §1.8 with its corrections, network.md §2.3 and §6."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.lab.double import ApiDouble
from tests.lab.guard import Guard
from tests.lab.proxies import Proxy
from tests.session.machine import KNOWN, Machine
from tui.core.model import Target
from tui.core.survey import proxies

NEW, OLD, OLDER = "claude-code@2.1.330", "claude-code@2.1.197", "claude-code@2.0.77"
HTTPX, HTTPX2, NODE = "python-sdk@0.120.0", "python-sdk@2.12.0", "typescript-sdk@1.12.0"
FOUR = {name: f"http://{name}.test:1" for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")}


def target(
    environ: dict[str, str], tmp_path: Path, client: str = NEW, url: str = "https://api.anthropic.com"
) -> Target:
    """The target of an environment."""
    return Machine(tmp_path, environ | {"ANTHROPIC_BASE_URL": url}).facts(client).target


@pytest.mark.parametrize("client", [NEW, OLD])
@pytest.mark.parametrize("url", ["https://api.anthropic.com", "http://gw.corp.test:4000", "http://127.0.0.1:4000"])
def test_claude_code_takes_the_first_of_four_for_everything(client: str, url: str, tmp_path: Path) -> None:
    left = dict(FOUR)
    for name in FOUR:
        found = target(left, tmp_path, client, url)
        assert found.proxy is not None
        assert (found.proxy.host, found.proxy.variable) == (f"{name.lower()}.test", name)
        left[name] = " "  # blank counts as not set
    assert target(left, tmp_path, client, url).proxy is None


@pytest.mark.parametrize(
    ("client", "obeyed"),
    [
        (NEW, True),
        ("claude-code@2.1.280", True),
        ("claude-code@2.1.278", False),
        (OLD, False),
        (OLDER, False),
        (HTTPX, True),
        (NODE, False),
    ],
)
def test_all_proxy(client: str, obeyed: bool, tmp_path: Path) -> None:
    for name in ("ALL_PROXY", "all_proxy"):
        assert (target({name: "http://p.test:1"}, tmp_path, client).proxy is not None) is obeyed


def test_all_proxy_comes_last_and_from_settings_too(tmp_path: Path) -> None:
    found = target({"ALL_PROXY": "http://all.test:1", "HTTP_PROXY": "http://http.test:1"}, tmp_path)
    assert str(found.proxy) == "http://http.test:1"
    machine = Machine(tmp_path)
    machine.write(".claude/settings.json", {"env": {"ALL_PROXY": "http://all.test:1"}})
    assert str(machine.facts().target.proxy) == "http://all.test:1"


@pytest.mark.parametrize("value", ["socks5://p.test:1", "socks://p.test"])
def test_claude_code_passes_over_what_it_cannot_use_in_all_proxy(value: str, tmp_path: Path) -> None:
    found = target({"ALL_PROXY": value}, tmp_path)
    assert (found.proxy, found.proxy_problem) == (None, "")
    assert str(target({"all_proxy": value, "ALL_PROXY": "http://p.test:1"}, tmp_path).proxy) == "http://p.test:1"


@pytest.mark.parametrize(
    ("variable", "client", "works"),
    [("HTTPS_PROXY", NEW, True), ("ALL_PROXY", NEW, False), ("HTTPS_PROXY", HTTPX, False)],
)
def test_white_space_at_an_end(variable: str, client: str, works: bool, tmp_path: Path) -> None:
    found = target({variable: " http://p.test:1 "}, tmp_path, client)
    assert (found.proxy is not None, "white space" in found.proxy_problem) == (works, not works)


@pytest.mark.parametrize("url", ["http://gw.corp.test:4000", "https://gw.corp.test"])
def test_2_0_77_proxies_everything(url: str, tmp_path: Path) -> None:
    assert target(FOUR, tmp_path, OLDER, url).proxy is not None


def test_2_0_77_asks_upper_case_no_proxy_first(tmp_path: Path) -> None:
    environ = {"HTTPS_PROXY": "http://p.test:1", "no_proxy": "x.test", "NO_PROXY": "api.anthropic.com"}
    assert target(environ, tmp_path, OLDER).proxy is None
    assert target(environ, tmp_path, NEW).proxy is not None


def test_exported_lower_case_beats_upper_case_of_settings(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"https_proxy": "http://shell.test:1"})
    machine.write(".claude/settings.json", {"env": {"HTTPS_PROXY": "http://settings.test:1"}})
    assert str(machine.facts().target.proxy) == "http://shell.test:1"


@pytest.mark.parametrize(
    ("environ", "url", "wanted"),
    [
        (
            {"https_proxy": "http://low.test:1", "HTTPS_PROXY": "http://up.test:1"},
            "https://h.test",
            "http://low.test:1",
        ),
        ({"https_proxy": "", "HTTPS_PROXY": "http://up.test:1"}, "https://h.test", "None"),
        ({"HTTP_PROXY": "http://up.test:1"}, "https://h.test", "None"),
        ({"HTTP_PROXY": "http://up.test:1"}, "http://h.test", "http://up.test:1"),
        ({"HTTPS_PROXY": "http://up.test:1"}, "http://127.0.0.1:4000", "None"),
        ({"HTTPS_PROXY": "p.test:3128"}, "https://h.test", "http://p.test:3128"),
        ({"HTTPS_PROXY": "socks5://p.test"}, "https://h.test", "socks5://p.test:1080"),
    ],
)
@pytest.mark.parametrize("client", [HTTPX, HTTPX2])
def test_httpx(client: str, environ: dict[str, str], url: str, wanted: str, tmp_path: Path) -> None:
    assert str(target(environ, tmp_path, client, url).proxy) == wanted


def test_node_fetch_reads_no_variable(tmp_path: Path) -> None:
    assert target(FOUR, tmp_path, NODE).proxy is None


@pytest.mark.parametrize(
    ("variable", "client", "works"),
    [
        ("HTTPS_PROXY", NEW, True),
        ("ALL_PROXY", NEW, True),
        ("HTTP_PROXY", NEW, False),
        ("HTTPS_PROXY", OLD, False),
        ("HTTPS_PROXY", "claude-code@2.1.326", False),
        ("HTTPS_PROXY", "claude-code@2.1.327", True),
        ("ALL_PROXY", "claude-code@2.1.280", True),
        ("HTTPS_PROXY", HTTPX, True),
    ],
)
def test_value_without_scheme(variable: str, client: str, works: bool, tmp_path: Path) -> None:
    found = target({variable: "p.test:3128"}, tmp_path, client)
    assert (str(found.proxy), found.proxy_problem) == (
        ("http://p.test:3128", "") if works else ("None", "it has no http:// in front")
    )


def test_value_without_scheme_in_user_settings_is_fatal(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(".claude/settings.json", {"env": {"HTTPS_PROXY": "p.test:3128"}})
    assert machine.facts().target.proxy_problem == "it has no http:// in front"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("http://alice:p%40ss@p.test:3128", ("http://p.test:3128", "alice", "p@ss")),
        ("http://alice:p@ss@p.test:3128", ("http://p.test:3128", "alice", "p@ss")),
        ("https://p.test", ("https://p.test:443", "", None)),
        ("http://p.test", ("http://p.test:80", "", None)),
        ("http://p.test:3128/ ", ("http://p.test:3128", "", None)),
        ("http://[::1]:3128", ("http://::1:3128", "", None)),
        ("http://alice@p.test", ("http://p.test:80", "alice", None)),
        ("socks5h://p.test", ("socks5h://p.test:1080", "", None)),
    ],
)
def test_reading_a_proxy_url(value: str, wanted: tuple[str, str, str | None]) -> None:
    made = proxies.read(value, "HTTPS_PROXY")
    assert (str(made), made.username, made.password and made.password.reveal()) == wanted
    assert made.variable == "HTTPS_PROXY"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ('"http://p.test:3128"', "quotation marks"),
        ("http://alice:p#ss@p.test:3128", "unencoded #"),
        ("http://alice:p%ss@p.test:3128", "unencoded %"),
        ("http://alice:p/ss@p.test:3128", "percent-encoded"),
        ("http://p.test:99999", "port"),
        ("http://", "no host"),
        ("ftp://p.test", "scheme is 'ftp'"),
        ("p.test:3128", "no http://"),
    ],
)
def test_proxy_urls_that_cannot_be_used(value: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        proxies.read(value, "HTTPS_PROXY")


@pytest.mark.parametrize(
    ("entry", "url", "bypassing"),
    [
        ("api.anthropic.com", "", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("API.Anthropic.com", "", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        (".anthropic.com", "", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("*", "", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("other.test, api.anthropic.com ,x", "", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("anthropic.com", "", (NEW, OLD, HTTPX, HTTPX2)),
        ("*.anthropic.com", "", (NEW, OLDER)),
        ("api.anthropic.com:443", "", (NEW, OLD, OLDER)),
        ("api.anthropic.com:8443", "", ()),
        ("other.test api.anthropic.com", "", (NEW, OLDER)),
        (".api.anthropic.com", "", (NEW, OLD)),
        ("https://api.anthropic.com", "", (HTTPX, HTTPX2)),
        ("http://api.anthropic.com", "", ()),
        ("api.anthropic.com.", "", (NEW,)),
        ("opic.com", "", ()),
        ("a;api.anthropic.com", "", ()),
        ("api.*", "", ()),
        ("127.0.0.0/8", "https://127.0.0.1", (NEW, HTTPX2)),
        ("127.0.0.1", "https://localhost", ()),
        ("localhost", "https://127.0.0.1", ()),
        ("127.0.0.1", "https://127.0.0.1", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("::1", "https://[::1]", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("[::1]", "https://[::1]", (NEW, HTTPX, HTTPX2)),
        ("gw.test:8443", "https://gw.test:8443", (NEW, OLD, OLDER, HTTPX, HTTPX2)),
        ("0.1", "https://10.0.0.1", ()),
        ("not/a/network", "https://10.0.0.1", ()),
    ],
)
def test_no_proxy(entry: str, url: str, bypassing: tuple[str, ...], tmp_path: Path) -> None:
    environ = {"HTTPS_PROXY": "http://p.test:1", "NO_PROXY": entry}
    found = tuple(
        client
        for client in (NEW, OLD, OLDER, HTTPX, HTTPX2)
        if target(environ, tmp_path, client, url or "https://api.anthropic.com").proxy is None
    )
    assert found == bypassing


def test_bypass_names_the_entry(tmp_path: Path) -> None:
    found = target({"HTTPS_PROXY": "http://p.test:1", "NO_PROXY": "x.test, .anthropic.com"}, tmp_path)
    assert found.bypass == ".anthropic.com"
    assert found.proxy_setting is not None
    assert found.proxy_setting.name == "HTTPS_PROXY"


def test_lower_case_no_proxy_decides_alone(tmp_path: Path) -> None:
    environ = {"HTTPS_PROXY": "http://p.test:1", "no_proxy": "other.test", "NO_PROXY": "api.anthropic.com"}
    assert target(environ, tmp_path).proxy is not None
    assert target(environ | {"no_proxy": ""}, tmp_path).proxy is None


ENTRIES = ["gw.corp.test", ".corp.test", "corp.test", "*.corp.test", "gw.corp.test:PORT", ".gw.corp.test", "orp.test"]
ENTRIES += [
    "x, gw.corp.test",
    "x gw.corp.test",
    "http://gw.corp.test",
    "https://gw.corp.test",
    "http://gw.corp.test:PORT",
]


@pytest.mark.parametrize("entry", ENTRIES)
async def test_httpx_agrees(entry: str, socket_guard: Guard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The table of httpx 0.28 is not only quoted: the real one is asked."""
    socket_guard.names[str(b"gw.corp.test")] = ["127.0.0.1"]  # anyio looks names up as bytes
    async with ApiDouble() as api, Proxy(routes={"*": ("127.0.0.1", api.port)}) as proxy:
        url = f"http://gw.corp.test:{api.port}"
        entry = entry.replace("PORT", str(api.port))
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", entry)
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{url}/api/hello")).status_code == 200
        direct = not proxy.asked
        environ = {"HTTP_PROXY": proxy.url, "NO_PROXY": entry}
        assert (target(environ, tmp_path, HTTPX, url).proxy is None) is direct


@pytest.mark.parametrize("client", [NEW, HTTPX])
def test_password_is_a_secret_everywhere(client: str, tmp_path: Path) -> None:
    found = target({"HTTPS_PROXY": "http://alice:hunter22@p.test:1"}, tmp_path, client)
    assert found.proxy is not None
    assert "hunter22" not in repr(found)
    assert "hunter22" not in str(found.proxy)
    assert found.proxy_setting is not None
    assert found.proxy_setting.shown == "http://…:…@p.test:1"


def test_all_known_proxy_variables_are_masked() -> None:
    names = [name for name in KNOWN.variables if name.lower().endswith("_proxy") and name.lower() != "no_proxy"]
    assert len(names) >= 6
    assert all(KNOWN.is_secret(name) for name in names)
