"""One exchange: whole answers, broken ones, hostile ones; all bounded in time and memory."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.double import ApiDouble
from tests.lab.server import Reader, Server, Writer
from tests.probe.wires import KEY, PATIENCE, ask, get, post, via, wire
from tests.session.machine import Machine
from tui.core.ask import AskHttp
from tui.core.model import Credential, Header
from tui.core.probe.wire import parse_head
from tui.core.secret import Secret
from tui.core.seen import Error, Hop, HttpSeen, Shape
from tui.core.url import Url

VERSION = (("anthropic-version", "2023-06-01"),)


async def answer(mode: str, tmp_path: Path, path: str = "/v1/models", limit: float = 2.0, **how: object) -> HttpSeen:
    """What the double answers to an authorised GET."""
    async with ApiDouble(mode, **how) as api:  # type: ignore[arg-type]
        return await ask(get(api.port, path, key=KEY, headers=VERSION), wire(tmp_path, limit=limit))


async def test_list_of_models(tmp_path: Path) -> None:
    seen = await answer("ok", tmp_path)
    assert (seen.status, seen.reason, seen.failure, seen.shape) == (200, "OK", None, Shape.MODELS)
    assert "claude-sonnet-5" in seen.models
    assert seen.request_id
    assert seen.header("server") == "cloudflare"
    assert 0 < seen.first_byte_ms <= seen.ms
    assert seen.received > 100
    assert seen.first_bytes.startswith(b"HTTP/1.1 200 OK")


async def test_hello_and_error_of_the_api(tmp_path: Path) -> None:
    assert (await answer("ok", tmp_path, "/api/hello")).shape is Shape.HELLO
    refused = await answer("invalid-key", tmp_path)
    assert (refused.status, refused.shape, refused.error_type) == (401, Shape.API_ERROR, "authentication_error")
    assert refused.error_message == "invalid x-api-key"
    assert refused.from_api


async def test_what_is_sent(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        question = AskHttp(
            "POST",
            Url("http", "127.0.0.1", api.port, "/base"),
            "/v1/messages?beta=true",
            credentials=(
                Credential("K", Secret("the-key"), Header.API_KEY),
                Credential("T", Secret("the-token"), Header.BEARER),
            ),
            headers=(("user-agent", "claude-cli/2.1.330 (external, cli)"), ("X-Team", Secret("blue"))),
            message=post(0).message,
        )
        await ask(question, wire(tmp_path))
        (sent,) = api.requests
    assert (sent.method, sent.target) == ("POST", "/base/v1/messages?beta=true")
    assert sent.headers["x-api-key"] == "the-key"
    assert sent.headers["authorization"] == "Bearer the-token"
    assert sent.headers["x-team"] == "blue"
    assert sent.headers["host"] == f"127.0.0.1:{api.port}"
    assert sent.headers["content-type"] == "application/json"
    assert b'"content": [{"type": "text"' in sent.body
    assert "the-key" not in question.about


async def test_custom_headers_replace_a_credential(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        await ask(get(api.port, key="mine", headers=(("x-api-key", Secret("theirs")),)), wire(tmp_path))
        assert [v for k, v in api.requests[0].headers.raw if k == "x-api-key"] == ["theirs"]


@pytest.mark.parametrize(
    ("mode", "hop", "error"),
    [
        ("rst-after-request", Hop.HEADERS, Error.RESET),
        ("fin-after-request", Hop.HEADERS, Error.CLOSED),
        ("garbage", Hop.HEADERS, Error.NOT_HTTP),
        ("truncate", Hop.BODY, Error.TRUNCATED),
        ("truncate-chunked", Hop.BODY, Error.TRUNCATED),
        ("bad-gzip", Hop.BODY, Error.BAD_ENCODING),
    ],
)
async def test_answers_that_break(mode: str, hop: Hop, error: Error, tmp_path: Path) -> None:
    seen = await answer(mode, tmp_path)
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error) == (hop, error)
    assert seen.answered is (hop is Hop.BODY)


@pytest.mark.parametrize(
    ("mode", "hop"),
    [
        ("hang-headers", Hop.HEADERS),
        ("hang-body", Hop.BODY),
        ("one-byte-a-second", Hop.HEADERS),
        ("informational-flood", Hop.HEADERS),
    ],
)
async def test_slow_answers_end_with_the_limit(mode: str, hop: Hop, tmp_path: Path) -> None:
    begun = time.monotonic()
    seen = await answer(mode, tmp_path, limit=0.3)
    assert time.monotonic() - begun < PATIENCE / 2
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error) == (hop, Error.TIMEOUT)


@pytest.mark.parametrize(
    ("mode", "errors", "most"),
    [
        ("endless-header", (Error.TOO_LONG, Error.NOT_HTTP, Error.TIMEOUT), 24 << 20),
        ("endless-body", (Error.TOO_LONG,), 24 << 20),
        ("huge-headers", (None, Error.TOO_LONG), 24 << 20),
        ("gzip-bomb", (Error.TOO_LONG,), 48 << 20),
    ],
)
async def test_hostile_answers_cost_no_memory(
    mode: str, errors: tuple[Error | None, ...], most: int, tmp_path: Path
) -> None:
    async with ApiDouble(mode) as api:
        over = wire(tmp_path, limit=3)
        tracemalloc.start()
        try:
            seen = await ask(get(api.port, "/v1/models", key=KEY, headers=VERSION), over)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (seen.failure.error if seen.failure else None) in errors
    assert peak < most
    assert len(seen.body) <= 4000
    assert len(seen.headers) <= 100
    assert all(len(value) <= 500 for _, value in seen.headers)


async def test_json_that_is_none(tmp_path: Path) -> None:
    seen = await answer("bad-json", tmp_path)
    assert (seen.status, seen.failure, seen.shape) == (200, None, Shape.TEXT)


async def test_page_and_empty_body(tmp_path: Path) -> None:
    page = await answer("html-200", tmp_path)
    assert (page.shape, page.title) == (Shape.HTML, "Example Corp AI Portal")
    assert (await answer("empty-200", tmp_path)).shape is Shape.EMPTY


async def test_redirects_are_shown_not_followed(tmp_path: Path) -> None:
    async with ApiDouble("redirect-loop") as api:
        seen = await ask(get(api.port, "/v1/models", key=KEY), wire(tmp_path))
        assert (seen.status, seen.header("location")) == (302, "/v1/models")
        assert len(api.requests) == 1


@pytest.mark.parametrize("mode", ["terminal-escapes", "raw-escapes"])
async def test_nothing_that_a_terminal_obeys(mode: str, tmp_path: Path) -> None:
    seen = await answer(mode, tmp_path)
    assert seen.status == 403
    texts = [seen.reason, seen.body, seen.title, seen.error_message, *(v for pair in seen.headers for v in pair)]
    for text in texts:
        assert all(c.isprintable() or c in "\n\t" for c in text)
    assert "owned" in "".join(texts)


@pytest.mark.parametrize("skew", [0, 400 * 86400, -3600])
async def test_clock_of_the_server(skew: int, tmp_path: Path) -> None:
    async with ApiDouble(skew=skew) as api:
        over = wire(tmp_path)
        over.world = Machine(tmp_path, now=time.time()).world
        seen = await ask(get(api.port), over)
    assert seen.skew == pytest.approx(-skew, abs=5)


class Says(Server):
    """Answers every request with these bytes and closes."""

    def __init__(self, *said: bytes) -> None:
        super().__init__()
        self.said = said

    async def talk(self, reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in self.said:
            writer.write(piece)
            await writer.drain()


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Foo 2026 00:00:00 GMT", "\xff"])
async def test_odd_dates_mean_unknown(date: str, tmp_path: Path) -> None:
    async with Says(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")) as server:
        assert (await ask(get(server.port), wire(tmp_path))).skew is None


async def test_echo_of_the_key_is_redacted(canary: Canary, tmp_path: Path) -> None:
    key = canary.auth_token
    body = f'{{"error": {{"type": "{key}", "message": "bad key {key}"}}}}'.encode()
    head = f"HTTP/1.1 401 {key}\r\nX-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    async with Says(head + body) as server:
        seen = await ask(get(server.port, key=key), wire(tmp_path, secrets=key))
    assert seen.status == 401
    assert seen.error_message == "bad key [secret]"
    canary.assert_clean(repr(seen))


async def test_answer_that_is_nothing_but_the_key(canary: Canary, tmp_path: Path) -> None:
    async with Says(canary.auth_token.encode() + b"\r\n\r\n") as server:
        seen = await ask(get(server.port, key=canary.auth_token), wire(tmp_path, secrets=canary.auth_token))
    assert seen.failure is not None
    assert seen.first_bytes.startswith(b"[secret]")
    canary.assert_clean(repr(seen))


async def test_key_cut_off_at_the_end_of_the_answer(canary: Canary, tmp_path: Path) -> None:
    body = f"you sent {canary.auth_token[:-3]}".encode()
    async with Says(b"HTTP/1.1 401 No\r\nContent-Length: 500\r\n\r\n" + body) as server:
        seen = await ask(get(server.port, key=canary.auth_token), wire(tmp_path, secrets=canary.auth_token))
    assert seen.failure is not None
    assert seen.failure.error is Error.TRUNCATED
    assert seen.body == "you sent [secret]"
    canary.assert_clean(repr(seen))


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\0"])
async def test_key_that_http_cannot_carry_is_not_quoted_in_the_failure(
    break_: str, canary: Canary, tmp_path: Path
) -> None:
    key = canary.auth_token[:15] + break_ + canary.auth_token[15:]
    async with ApiDouble() as api:
        seen = await ask(get(api.port, key=key), wire(tmp_path, secrets=key))
        assert not api.requests
    assert seen.failure is not None
    assert seen.failure.hop is Hop.SEND
    canary.assert_clean(repr(seen))


async def test_key_with_other_letters_goes_out_as_utf8(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        assert (await ask(get(api.port, "/v1/models", key="schlüssel“"), wire(tmp_path))).status == 401
        assert api.requests[0].headers["x-api-key"].encode("latin-1").decode() == "schlüssel“"


async def test_prefix_and_path_join(tmp_path: Path) -> None:
    async with ApiDouble(prefix="/anthropic") as api:
        seen = await ask(get(api.port, url=Url("http", "127.0.0.1", api.port, "/anthropic")), wire(tmp_path))
        assert seen.status == 200
        assert api.requests[0].target == "/anthropic/api/hello"


async def test_padding_makes_the_body_large(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        seen = await ask(post(api.port, padding=20_000), wire(tmp_path))
        assert seen.shape is Shape.MESSAGE
        assert 20_000 < len(api.requests[0].body) < 20_400


async def test_refused_by_the_proxy_in_absolute_form(tmp_path: Path) -> None:
    async with Says(b"HTTP/1.1 403 Forbidden\r\nServer: squid\r\nContent-Length: 0\r\n\r\n") as server:
        seen = await ask(get(0, url=Url("http", "gw.test", 80), proxy=via(server.port)), wire(tmp_path))
    assert (seen.status, seen.header("server"), seen.failure) == (403, "squid", None)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nrest", (200, "OK", [("a", "b")], b"rest")),
        (b"HTTP/1.0 407\r\n\r\n", (407, "", [], b"")),
        (b"HTTP/1.1 abc\r\n\r\n", (0, "", [], b"")),
        (b"SSH-2.0\r\n", (0, "", [], b"")),
        (b"", (0, "", [], b"")),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n: empty\r\nB:  c \r\n", (200, "OK", [("", "empty"), ("b", "c")], b"")),
    ],
)
def test_reading_a_head(data: bytes, wanted: object) -> None:
    assert parse_head(data) == wanted
