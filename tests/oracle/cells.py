"""Hand-picked configurations of Claude Code: pairs of settings that are known to get in each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from tests.oracle.clients import RealClient
from tests.oracle.configuration import SETTINGS, STATE, Configuration

_URL = {"ANTHROPIC_BASE_URL": "@one@"}
_KEY = {"ANTHROPIC_API_KEY": "key-of-shell"}
_BOTH = _URL | _KEY
_FIRST_PARTY = dict(_KEY)
_SOURCES: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "key": (_KEY, {}),
    "token": ({"ANTHROPIC_AUTH_TOKEN": "token-of-shell"}, {}),
    "oauth token": ({"CLAUDE_CODE_OAUTH_TOKEN": "sk-ant-oat01-shell"}, {}),
    "helper": ({}, {SETTINGS["user"]: {"apiKeyHelper": "echo key-of-helper"}}),
    "primary key": ({}, {STATE: {"primaryApiKey": "key-of-login"}}),
    "empty key": ({"ANTHROPIC_API_KEY": ""}, {}),
    "empty token": ({"ANTHROPIC_AUTH_TOKEN": ""}, {}),
    "helper without output": ({}, {SETTINGS["user"]: {"apiKeyHelper": "echo"}}),
    "failing helper": ({}, {SETTINGS["user"]: {"apiKeyHelper": "exit 3"}}),
}


def claude_code(client: RealClient) -> Iterator[Configuration]:
    """All of them."""
    for name, environ, files in (
        *_credentials(),
        *_base_urls(),
        *_precedence(),
        *_proxies(),
        *_exceptions(),
        *_files(),
        *_headers_and_models(),
    ):
        yield Configuration(client, name, environ, files)


Cell = tuple[str, Mapping[str, str], Mapping[str, object]]


def _cell(name: str, environ: Mapping[str, str], **files: object) -> Cell:
    paths = SETTINGS | {"state": STATE, "dotenv": "project/.env"}
    return name, environ, {paths[place]: content for place, content in files.items()}


def _env(**variables: str) -> dict[str, object]:
    return {"env": variables}


def _credentials() -> Iterator[Cell]:
    """Every source of a credential alone, and every pair of them."""
    for name, (environ, files) in _SOURCES.items():
        yield name, _URL | environ, files
    for (one, (environ, files)), (two, (more, others)) in combinations(_SOURCES.items(), 2):
        if not files.keys() & others.keys():
            yield f"{one} and {two}", _URL | environ | more, {**files, **others}
    yield "no credential", _URL, {}
    for flaw, value in {
        "quotes": '"key"',
        "line break inside": "ke\ny",
        "line break behind": "key\n",
        "carriage return behind": "key\r\n",
        "no-break space behind": "key\u00a0",
        "zero-width space": "ke\u200by",
        "curly quotes": "“key”",
        "space inside": "ke y",
        "oauth token as key": "sk-ant-oat01-x",
    }.items():
        yield f"key with {flaw}", _URL | {"ANTHROPIC_API_KEY": value}, {}
        yield f"token with {flaw}", _URL | {"ANTHROPIC_AUTH_TOKEN": value}, {}
    yield "token with Bearer", _URL | {"ANTHROPIC_AUTH_TOKEN": "Bearer token"}, {}
    yield _cell("helper with two lines", _URL, user={"apiKeyHelper": "printf 'a\\nb\\n'"})
    yield _cell("helper that warns", _URL, user={"apiKeyHelper": "echo careful >&2; echo key-of-helper"})
    yield _cell("helper with blanks", _URL, user={"apiKeyHelper": "echo '  key-of-helper  '"})
    yield _cell("helper that prints and fails", _URL, user={"apiKeyHelper": "echo key-of-helper; exit 3"})
    yield _cell("helper in the project", _URL, project={"apiKeyHelper": "echo key-of-helper"})
    yield _cell("helper in managed settings", _URL, managed={"apiKeyHelper": "echo key-of-helper"})
    yield _cell("empty helper", _BOTH, user={"apiKeyHelper": ""})
    yield _cell("helper that reads the environment", _URL | {"MY_KEY": "mine"}, user={"apiKeyHelper": "echo $MY_KEY"})
    tail = {"customApiKeyResponses": {"approved": [], "rejected": ["key-of-shell"]}}
    login = {"primaryApiKey": "key-of-login"}
    tokens = {"ANTHROPIC_AUTH_TOKEN": "token-of-shell", "CLAUDE_CODE_OAUTH_TOKEN": "sk-ant-oat01-shell"}
    yield _cell("primary key, token and oauth token", _URL | tokens, state=login)
    yield _cell("rejected key", _BOTH, state=tail)


def _base_urls() -> Iterator[Cell]:
    """Forms of the base URL, and the first-party host."""
    for form in (
        "@one@/", "@one@//", " @one@ ", "@one@\n", "@one@/v1", "@one@/v1/messages", "@one@/a/b//", "@one@/anthropic/",
        "@one@/a b",
        "@one@/a%20b", "127.0.0.1:@one.port@", '"@one@"', "@one@?x=1", "@one@#x", "HTTP://LOCALHOST:@one.port@/X",
        "http://user:pass@127.0.0.1:@one.port@", "@secure@", "https://gw.corp.test:@secure.port@/api", "",
    ):  # fmt: skip
        yield f"base URL {form!r}", _KEY | {"ANTHROPIC_BASE_URL": form}, {}
    yield "first party", _FIRST_PARTY, {}
    yield "first party with token", {"ANTHROPIC_AUTH_TOKEN": "token-of-shell"}, {}
    yield "first party by name", _KEY | {"ANTHROPIC_BASE_URL": "https://api.anthropic.com/"}, {}


def _precedence() -> Iterator[Cell]:
    """The same variable in two places, and cancelled by an empty one."""
    origins = dict(
        zip(("managed", "local", "project", "user", "state"), ("two", "three", "four", "five", "six"), strict=True)
    )
    for strong, weak in combinations(origins, 2):
        files: dict[str, object] = {
            place: _env(ANTHROPIC_BASE_URL=f"@{origins[place]}@", ANTHROPIC_API_KEY=f"key-of-{place}")
            for place in (strong, weak)
        }
        yield _cell(f"{strong} and {weak}", _BOTH, **files)
        files[strong] = _env(ANTHROPIC_BASE_URL="", ANTHROPIC_API_KEY="")
        yield _cell(f"{strong}, empty, and {weak}", _BOTH, **files)
    for place in origins:
        yield _cell(f"oauth token in {place}", _URL, **{place: _env(CLAUDE_CODE_OAUTH_TOKEN="sk-ant-oat01-file")})
        yield _cell(
            f"token cancelled in {place}",
            _BOTH | {"ANTHROPIC_AUTH_TOKEN": "t"},
            **{place: _env(ANTHROPIC_AUTH_TOKEN="")},
        )
    yield _cell("dotenv beside the shell", _BOTH, dotenv="ANTHROPIC_BASE_URL=@two@\nANTHROPIC_API_KEY=key-of-dotenv\n")
    yield _cell("primary key and managed key", _URL, state={"primaryApiKey": "p"}, managed=_env(ANTHROPIC_API_KEY="m"))


def _proxies() -> Iterator[Cell]:
    """Every proxy variable, for a gateway by http, a gateway by https, and the first-party host."""
    targets = {"http": "@one@", "https": "https://gw.corp.test:@secure.port@", "first party": ""}
    for title, url in targets.items():
        start = _KEY | ({"ANTHROPIC_BASE_URL": url} if url else {})
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            yield f"{name} to {title}", start | {name: "@proxy@"}, {}
        yield _cell(f"HTTPS_PROXY of user settings to {title}", start, user=_env(HTTPS_PROXY="@proxy@"))
        yield _cell(f"ALL_PROXY of user settings to {title}", start, user=_env(ALL_PROXY="@proxy@"))
    start = _KEY | {"ANTHROPIC_BASE_URL": targets["https"]}
    for one, two in combinations(
        ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"), 2
    ):
        yield f"{one} and {two}", start | {one: "@proxy@", two: "@other@"}, {}
        yield f"{one}, empty, and {two}", start | {one: "", two: "@other@"}, {}
    for form in (
        "127.0.0.1:@proxy.port@", "proxy.corp.test:@proxy.port@", "http://alice:s3cret@127.0.0.1:@proxy.port@",
        "http://alice:s%40cret@127.0.0.1:@proxy.port@", "@proxy@/", " @proxy@ ", "http://proxy.corp.test:@proxy.port@",
        "socks5://127.0.0.1:@socks.port@", '"@proxy@"', "HTTP://127.0.0.1:@proxy.port@",
    ):  # fmt: skip
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
            yield f"{name} {form!r}", start | {name: form}, {}
        for name in ("HTTPS_PROXY", "ALL_PROXY"):
            yield _cell(f"{name} {form!r} of user settings", start, user=_env(**{name: form}))


def _exceptions() -> Iterator[Cell]:
    """Forms of NO_PROXY."""
    address = _KEY | {"ANTHROPIC_BASE_URL": "@one@", "HTTP_PROXY": "@proxy@"}
    named = _KEY | {"ANTHROPIC_BASE_URL": "https://gw.corp.test:@secure.port@", "HTTPS_PROXY": "@proxy@"}
    for entry in (
        "127.0.0.1", "localhost", "127.0.0.0/8", "127.0.0.1:@one.port@", "127.0.0.1:1", "*", "127.*",
        "other, 127.0.0.1", "other 127.0.0.1", "[::1]",
    ):  # fmt: skip
        yield f"NO_PROXY {entry!r} for an address", address | {"NO_PROXY": entry}, {}
    for entry in (
        "gw.corp.test", ".corp.test", "corp.test", "*.corp.test", "GW.Corp.Test", "gw.corp.test:@secure.port@",
        "gw.corp.test:443", "https://gw.corp.test", ".gw.corp.test", "orp.test", "*", "x,*", "a.test;gw.corp.test", "",
        "other gw.corp.test", "other.test, gw.corp.test", "*corp.test", "gw.corp.test.",
    ):  # fmt: skip
        yield f"NO_PROXY {entry!r} for a name", named | {"NO_PROXY": entry}, {}
    yield "no_proxy against NO_PROXY", named | {"no_proxy": "x.test", "NO_PROXY": "gw.corp.test"}, {}
    yield "empty no_proxy against NO_PROXY", named | {"no_proxy": "", "NO_PROXY": "gw.corp.test"}, {}
    yield _cell("NO_PROXY of user settings", named, user=_env(NO_PROXY="gw.corp.test"))


def _files() -> Iterator[Cell]:
    """Settings files that the client drops as a whole, or refuses to start with."""
    good = '"env": {"ANTHROPIC_BASE_URL": "@two@", "ANTHROPIC_API_KEY": "key-of-file"}'
    flaws = {
        "trailing comma": "{" + good + ",}",
        "comment": "{ // mine\n" + good + "}",
        "byte-order mark": "\ufeff{" + good + "}",
        "model that is a number": '{"model": 5, ' + good + "}",
        "permissions that are text": '{"permissions": "all", ' + good + "}",
        "number in env": '{"env": {"ANTHROPIC_BASE_URL": "@two@", "ANTHROPIC_API_KEY": "key-of-file", "X": 5}}',
        "env that is a list": '{"env": []}',
        "nothing in it": "",
        "list": "[]",
        "key given twice": "{" + good + ', "env": {"ANTHROPIC_BASE_URL": "@three@"}}',
        "unknown key": '{"nonsense": {"a": 1}, ' + good + "}",
    }
    for place in (*SETTINGS, "state"):
        for flaw, text in flaws.items():
            yield _cell(f"{place} with {flaw}", _BOTH, **{place: text})


def _headers_and_models() -> Iterator[Cell]:
    """Custom headers and the model."""
    for name, value in {
        "one": "X-A: b",
        "two": "X-A: b\nX-C: d: e",
        "no colon": "nonsense\nX-A: b",
        "no colon at all": "nonsense",
        "key": "x-api-key: other",
        "authorization": "Authorization: Bearer other",
        "carriage return": "X-A: b\r\nX-C: d",
        "written as backslash n": "X-A: b\\nX-C: d",
        "no value": "X-A:\nX-B: c",
        "blank in the name": "X A: b\nX-B: c",
        "name twice": "X-A: b\nX-A: c",
        "version": "anthropic-version: 2022-01-01",
        "beta": "anthropic-beta: mine-2026-01-01",
    }.items():
        yield f"custom headers, {name}", _BOTH | {"ANTHROPIC_CUSTOM_HEADERS": value}, {}
    yield "authorization by custom header alone", _URL | {"ANTHROPIC_CUSTOM_HEADERS": "Authorization: Bearer x"}, {}
    with_user = {"ANTHROPIC_BASE_URL": "http://user:p%40ss@127.0.0.1:@one.port@"}
    yield "user in the base URL and a token", with_user | {"ANTHROPIC_AUTH_TOKEN": "token-of-shell"}, {}
    own = {"ANTHROPIC_CUSTOM_HEADERS": "Authorization: Bearer other"}
    yield "user in the base URL and a custom header", _KEY | with_user | own, {}
    yield "betas", _BOTH | {"ANTHROPIC_BETAS": "mine-2026-01-01, yours-2026-02-02"}, {}
    yield "no experimental betas", _BOTH | {"CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS": "1"}, {}
    for name, variables in {
        "variable": {"ANTHROPIC_MODEL": "claude-variable-9"},
        "alias": {"ANTHROPIC_MODEL": "sonnet"},
        "alias mapped": {"ANTHROPIC_MODEL": "sonnet", "ANTHROPIC_DEFAULT_SONNET_MODEL": "my-sonnet"},
        "opus mapped only": {"ANTHROPIC_DEFAULT_OPUS_MODEL": "my-opus"},
        "default model": {"ANTHROPIC_DEFAULT_MODEL": "claude-default-9"},
        "long context": {"ANTHROPIC_MODEL": "claude-sonnet-5-5[1m]"},
        "default": {"ANTHROPIC_MODEL": "default"},
        "empty": {"ANTHROPIC_MODEL": ""},
        "blanks": {"ANTHROPIC_MODEL": " claude-variable-9 "},
    }.items():
        yield f"model, {name}", _BOTH | variables, {}
        yield _cell(f"model, {name}, with a setting", _BOTH | variables, user={"model": "claude-setting-9"})
    for alias in ("opus", "haiku", "fable", "opusplan", "best", "default"):
        yield _cell(f"model setting {alias}", _BOTH, user={"model": alias})
    yield _cell("model in two files", _BOTH, user={"model": "claude-user-9"}, local={"model": "claude-local-9"})
    yield _cell("model variable in user settings", _BOTH | {"ANTHROPIC_MODEL": "s-9"}, user=_env(ANTHROPIC_MODEL="u-9"))
