"""Hand-picked configurations of the SDKs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.oracle.clients import RealClient
from tests.oracle.configuration import Configuration

_URL = {"ANTHROPIC_BASE_URL": "@one@"}
_KEY = {"ANTHROPIC_API_KEY": "key-of-shell"}
_TOKEN = {"ANTHROPIC_AUTH_TOKEN": "token-of-shell"}
_BOTH = _URL | _KEY
_SECURE = _KEY | {"ANTHROPIC_BASE_URL": "https://gw.corp.test:@secure.port@"}
_DOTENV = "project/.env"


def sdk(client: RealClient) -> Iterator[Configuration]:
    """All of them."""
    for name, environ in {**_credentials(), **_base_urls(), **_proxies(), **_headers()}.items():
        yield Configuration(client, name, environ)
    for name, environ, text in _dotenvs():
        yield Configuration(client, name, environ, {_DOTENV: text}, dotenv=True)
    yield Configuration(client, ".env that nobody loads", _BOTH, {_DOTENV: "ANTHROPIC_BASE_URL=@two@\n"})


def _credentials() -> Mapping[str, Mapping[str, str]]:
    found = {
        "key": _BOTH,
        "token": _URL | _TOKEN,
        "key and token": _BOTH | _TOKEN,
        "empty key and token": _URL | _TOKEN | {"ANTHROPIC_API_KEY": ""},
        "key and empty token": _BOTH | {"ANTHROPIC_AUTH_TOKEN": ""},
        "blank key and token": _URL | _TOKEN | {"ANTHROPIC_API_KEY": " "},
        "key and blank token": _BOTH | {"ANTHROPIC_AUTH_TOKEN": " "},
        "empty key": _URL | {"ANTHROPIC_API_KEY": ""},
        "empty token": _URL | {"ANTHROPIC_AUTH_TOKEN": ""},
        "empty key and empty token": _URL | {"ANTHROPIC_API_KEY": "", "ANTHROPIC_AUTH_TOKEN": ""},
        "no credential": _URL,
        "Claude Code's token": _URL | {"CLAUDE_CODE_OAUTH_TOKEN": "sk-ant-oat01-x"},
        "token with Bearer": _URL | {"ANTHROPIC_AUTH_TOKEN": "Bearer x"},
    }
    for name, value in {
        "line break behind": "key\n",
        "blanks around": " key ",
        "line break inside": "ke\ny",
        "quotes": '"key"',
        "curly quotes": "“key”",
    }.items():
        found[f"key with {name}"] = _URL | {"ANTHROPIC_API_KEY": value}
        found[f"token with {name}"] = _URL | {"ANTHROPIC_AUTH_TOKEN": value}
    return found


def _base_urls() -> Mapping[str, Mapping[str, str]]:
    forms = (
        "@one@/", "@one@//", "@one@/a/b//", " @one@ ", "@one@\n", "@one@/v1", "@one@/anthropic/", "@one@/a%20b",
        "127.0.0.1:@one.port@",
        '"@one@"', "@one@?x=1", "http://user:pass@127.0.0.1:@one.port@", "@secure@", "", " ",
    )  # fmt: skip
    return {f"base URL {form!r}": _KEY | {"ANTHROPIC_BASE_URL": form} for form in forms} | {"first party": _KEY}


def _proxies() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for title, start in {"http": _BOTH, "https": _SECURE, "first party": _KEY}.items():
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            found[f"{name} to {title}"] = start | {name: "@proxy@"}
    found["https_proxy and HTTPS_PROXY"] = _SECURE | {"https_proxy": "@proxy@", "HTTPS_PROXY": "@other@"}
    found["https_proxy, empty, and HTTPS_PROXY"] = _SECURE | {"https_proxy": "", "HTTPS_PROXY": "@other@"}
    found["HTTPS_PROXY and ALL_PROXY"] = _SECURE | {"HTTPS_PROXY": "@proxy@", "ALL_PROXY": "@other@"}
    found["HTTPS_PROXY, empty, and ALL_PROXY"] = _SECURE | {"HTTPS_PROXY": "", "ALL_PROXY": "@other@"}
    for form in (
        "127.0.0.1:@proxy.port@", "http://alice:s%40cret@127.0.0.1:@proxy.port@", "@proxy@/", " @proxy@ ",
        "socks5://127.0.0.1:@socks.port@", '"@proxy@"',
    ):  # fmt: skip
        found[f"HTTPS_PROXY {form!r}"] = _SECURE | {"HTTPS_PROXY": form}
    for entry in (
        "gw.corp.test", ".corp.test", "corp.test", "*.corp.test", "gw.corp.test:@secure.port@", "gw.corp.test:443", "*",
        "https://gw.corp.test", "x.test gw.corp.test", "x.test, gw.corp.test",
    ):  # fmt: skip
        found[f"NO_PROXY {entry!r} for a name"] = _SECURE | {"HTTPS_PROXY": "@proxy@", "NO_PROXY": entry}
    for entry in ("127.0.0.1", "127.0.0.0/8", "localhost", "127.0.0.1:@one.port@"):
        found[f"NO_PROXY {entry!r} for an address"] = _BOTH | {"HTTP_PROXY": "@proxy@", "NO_PROXY": entry}
    return found


def _headers() -> Mapping[str, Mapping[str, str]]:
    values = {
        "two": "X-A: b\nX-C: d: e",
        "no colon": "nonsense\nX-A: b",
        "key": "x-api-key: other",
        "authorization": "Authorization: Bearer other",
        "carriage return": "X-A: b\r\nX-C: d",
        "no value": "X-A:\nX-B: c",
    }
    found = {f"custom headers, {name}": _BOTH | {"ANTHROPIC_CUSTOM_HEADERS": value} for name, value in values.items()}
    return found | {
        "authorization by custom header alone": _URL | {"ANTHROPIC_CUSTOM_HEADERS": "Authorization: Bearer x"}
    }


def _dotenvs() -> Iterator[tuple[str, Mapping[str, str], str]]:
    yield "everything in .env", {}, "ANTHROPIC_BASE_URL=@one@\nANTHROPIC_API_KEY=key-of-dotenv\n"
    yield ".env against the shell", _BOTH, "ANTHROPIC_BASE_URL=@two@\nANTHROPIC_API_KEY=key-of-dotenv\n"
    yield ".env against an empty variable", _BOTH | {"ANTHROPIC_API_KEY": ""}, "ANTHROPIC_API_KEY=key-of-dotenv\n"
    yield ".env beside the shell", _KEY, "ANTHROPIC_BASE_URL=@two@\n"
    yield ".env with quotes", _URL, "ANTHROPIC_API_KEY='key-of-dotenv'\n"
    yield ".env with export", _URL, 'export ANTHROPIC_API_KEY="key-of-dotenv"\n'
    yield ".env with a comment", _URL, "ANTHROPIC_API_KEY=key-of-dotenv # mine\n"
    yield ".env with blanks", _URL, "ANTHROPIC_API_KEY = key-of-dotenv  \n"
    yield ".env with Windows line ends", _URL, "ANTHROPIC_API_KEY=key-of-dotenv\r\nX=1\r\n"
    yield ".env with a byte-order mark", _URL, "\ufeffANTHROPIC_API_KEY=key-of-dotenv\n"
    yield ".env with a bare line", _URL, "what is this\nANTHROPIC_API_KEY=key-of-dotenv\n"
    yield ".env that names itself", _URL | {"MINE": "m"}, "A=key\nANTHROPIC_API_KEY=${A}-of-${MINE}\n"
    yield ".env with a name twice", _URL, "ANTHROPIC_API_KEY=first\nANTHROPIC_API_KEY=second\n"
    yield ".env with an empty key", _URL | _TOKEN, "ANTHROPIC_API_KEY=\n"
