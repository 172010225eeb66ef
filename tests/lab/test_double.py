"""The double is what it says, in every mode."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.lab import mischief, streams
from tests.lab.answers import WHOLE
from tests.lab.certificates import Pki
from tests.lab.double import MODES, ApiDouble
from tests.lab.faults import connect
from tests.lab.identities import IDENTITIES
from tests.lab.routes import KEY

GOOD = {"x-api-key": KEY, "anthropic-version": "2023-06-01"}
BODY = {"model": "claude-sonnet-5", "max_tokens": 8, "messages": [{"role": "user", "content": "ping"}]}
MESSAGES = "/v1/messages?beta=true"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(headers=GOOD, trust_env=False, timeout=3) as made:
        yield made


async def events(client: httpx.AsyncClient, api: ApiDouble) -> list[str]:
    """The names of the events of one streamed message."""
    names = []
    async with client.stream("POST", api.url + MESSAGES, json=BODY | {"stream": True}) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                names.append(line.removeprefix("event: "))
    return names


async def test_healthy_endpoint_answers_every_path(client: httpx.AsyncClient) -> None:
    async with ApiDouble() as api:
        for path in ("/api/hello", "/v1/oauth/hello"):
            hello = await client.get(api.url + path, headers={"x-api-key": ""})
            assert hello.json() == {"message": "hello"}
            assert hello.headers["server"] == "cloudflare"
            assert "cf-ray" in hello.headers
            assert "request-id" in hello.headers
        models = (await client.get(api.url + "/v1/models?limit=1")).json()["data"]
        assert "claude-sonnet-5" in [model["id"] for model in models]
        assert (await client.get(api.url + "/v1/models/claude-sonnet-5")).json()["id"] == "claude-sonnet-5"
        assert (await client.post(api.url + "/v1/messages/count_tokens?beta=true", json=BODY)).json() == {
            "input_tokens": 9
        }
        answer = await client.post(api.url + MESSAGES, json=BODY | {"system": [], "context_management": {}})
        assert answer.json()["type"] == "message"
        assert answer.headers["anthropic-ratelimit-requests-remaining"] == "49"
        for path in ("/", "/api/hello", "/v1/nothing"):
            assert (await client.head(api.url + path)).status_code == 200
        lost = await client.get(api.url + "/v1/v1/messages")
        assert (lost.status_code, lost.json()["error"]["type"]) == (404, "not_found_error")
        assert api.accepted == 1, "all of it over one kept connection"
        method, target, headers, body = api.asked("/v1/messages")[0]
        assert (method, target) == ("POST", MESSAGES)
        assert headers["x-api-key"] == KEY
        assert json.loads(body)["model"] == "claude-sonnet-5"


async def test_stream_has_all_events_in_order(client: httpx.AsyncClient) -> None:
    async with ApiDouble() as api:
        names = await events(client, api)
    assert names[0] == "message_start"
    assert names[-1] == "message_stop"
    assert names.count("content_block_delta") == 4


@pytest.mark.parametrize(
    ("auth", "sent", "status"),
    [
        ("any", {"x-api-key": KEY}, 200),
        ("any", {"authorization": f"Bearer {KEY}"}, 200),
        ("bearer", {"x-api-key": KEY}, 401),
        ("x-api-key", {"authorization": f"Bearer {KEY}"}, 401),
        ("any", {"x-api-key": f'"{KEY}"'}, 401),
        ("any", {}, 401),
    ],
)
async def test_credentials(auth: str, sent: dict[str, str], status: int) -> None:
    async with ApiDouble(auth=auth) as api, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(api.url + "/v1/models", headers=sent | {"anthropic-version": "2023-06-01"})
        assert answer.status_code == status


async def test_missing_and_wrong_keys_are_told_apart(client: httpx.AsyncClient) -> None:
    async with ApiDouble() as api:
        wrong = await client.get(api.url + "/v1/models", headers={"x-api-key": "no"})
        assert wrong.json()["error"]["message"] == "invalid x-api-key"
        api.mode = "drop-auth"
        assert (await client.get(api.url + "/v1/models")).json()["error"]["message"] == "x-api-key header is required"


@pytest.mark.parametrize("identity", sorted(IDENTITIES))
async def test_identities_show_themselves(identity: str, client: httpx.AsyncClient) -> None:
    async with ApiDouble(identity=identity) as api:
        lost = await client.get(api.url + "/nowhere")
        for name, value in IDENTITIES[identity].headers:
            assert lost.headers[name] == value
        assert lost.status_code == (200 if identity == "caddy" else 404)
        assert (await client.get(api.url + "/v1/models")).status_code == 200
        assert (await client.get(api.url + "/v1/models", headers={"x-api-key": "no"})).status_code == 401
        hello = await client.get(api.url + "/api/hello")
        assert (hello.content == b'{"message": "hello"}') == (identity in ("anthropic", "plain"))


@pytest.mark.parametrize("mode", sorted({*WHOLE, "rate429", "plan429"}))
async def test_whole_answers(mode: str, client: httpx.AsyncClient) -> None:
    async with ApiDouble(mode) as api:
        answer = await client.post(api.url + MESSAGES, json=BODY)
        if mode in WHOLE:
            assert (answer.status_code, answer.content) == (WHOLE[mode].status, WHOLE[mode].body)
        else:
            assert answer.status_code == 429
            assert int(answer.headers["retry-after"]) == (17 if mode == "rate429" else 9000)
        head = await client.head(api.url + "/api/hello")
        assert (head.status_code, head.content) == (answer.status_code, b"")


async def test_edges_carry_no_request_id(client: httpx.AsyncClient) -> None:
    async with ApiDouble("region-block") as api:
        answer = await client.get(api.url + "/api/hello")
        assert "request-id" not in answer.headers
        assert "cf-ray" in answer.headers
        api.mode = "captive-200"
        assert "server" not in (await client.get(api.url + "/api/hello")).headers
        api.mode = "group-denied"
        assert "分组 default 已被弃用" in (await client.get(api.url + "/api/hello")).json()["error"]["message"]


@pytest.mark.parametrize(
    ("mode", "body", "status", "text"),
    [
        ("model-missing", {}, 404, "model: claude-sonnet-5"),
        ("body-limit", {"padding": "x" * 9000}, 413, "nginx"),
        ("method405", {}, 405, "Method Not Allowed"),
        ("no-stream-support", {"stream": True}, 400, "not supported"),
        ("sse-as-json", {"stream": True}, 200, '"type": "message"'),
        ("wrong-schema", {}, 200, "chat.completion"),
        ("wrong-schema", {"stream": True}, 200, "chat.completion.chunk"),
    ],
)
async def test_lacking_one_thing(
    mode: str, body: dict[str, object], status: int, text: str, client: httpx.AsyncClient
) -> None:
    async with ApiDouble(mode) as api:
        answer = await client.post(api.url + MESSAGES, json=BODY | body)
        assert answer.status_code == status
        assert text in answer.text
        assert (await client.get(api.url + "/api/hello")).status_code == 200


async def test_gateways_refuse_unknown_models_in_their_own_words(client: httpx.AsyncClient) -> None:
    for identity, status, text in (("litellm", 400, "Invalid model name"), ("newapi", 503, "无可用渠道")):
        async with ApiDouble(identity=identity) as api:
            answer = await client.post(api.url + MESSAGES, json=BODY | {"model": "claude-nonesuch"})
            assert answer.status_code == status
            assert text in answer.json()["error"]["message"]


async def test_prefix_only_times_skew_and_limits(client: httpx.AsyncClient) -> None:
    async with ApiDouble("api500", prefix="/claude", only="/claude/v1/messages", times=1, skew=86400) as api:
        assert (await client.get(api.url.removesuffix("/claude") + "/v1/models")).status_code == 404
        models = await client.get(api.url + "/v1/models")
        assert parsedate_to_datetime(models.headers["date"]).timestamp() - time.time() > 86000
        codes = [(await client.post(api.url + MESSAGES, json=BODY)).status_code for _ in range(2)]
        assert (models.status_code, codes) == (200, [500, 200])


async def test_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no 'regionblock'"):
        ApiDouble("regionblock")


BREAKS: dict[str, type[httpx.TransportError]] = {
    "rst-after-request": httpx.ReadError,
    "fin-after-request": httpx.RemoteProtocolError,
    "garbage": httpx.RemoteProtocolError,
    "hang-headers": httpx.ReadTimeout,
    "hang-body": httpx.ReadTimeout,
    "truncate": httpx.RemoteProtocolError,
    "truncate-chunked": httpx.RemoteProtocolError,
    "one-byte-a-second": httpx.ReadTimeout,
    "endless-header": httpx.RemoteProtocolError,
}


@pytest.mark.parametrize("mode", sorted(BREAKS))
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
async def test_broken_connections(mode: str, tls: bool, pki: Pki) -> None:
    context = pki.server_context("good") if tls else None
    async with (
        ApiDouble(mode, tls=context) as api,
        httpx.AsyncClient(headers=GOOD, verify=pki.client_context(), trust_env=False, timeout=0.3) as client,
    ):
        with pytest.raises(httpx.TransportError) as caught:
            await client.get(api.url + "/v1/models")
        assert type(caught.value) is BREAKS[mode]


async def test_reset_is_real() -> None:
    async with ApiDouble("rst-after-request") as api:
        reader, writer = await connect(api.port)
        writer.write(b"GET /api/hello HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


async def test_late_and_dripping_answers_arrive(client: httpx.AsyncClient) -> None:
    async with ApiDouble("slow-headers", delay=0.05) as api:
        start = time.monotonic()
        assert (await client.get(api.url + "/api/hello")).status_code == 200
        assert time.monotonic() - start >= 0.05
        api.mode, api.delay = "one-byte-a-second", 0.0
        assert (await client.get(api.url + "/api/hello")).json() == {"message": "hello"}


async def test_damaged_bodies(client: httpx.AsyncClient) -> None:
    async with ApiDouble("bad-gzip") as api:
        with pytest.raises(httpx.DecodingError):
            await client.get(api.url + "/v1/models")
        api.mode = "bad-json"
        with pytest.raises(json.JSONDecodeError):
            (await client.get(api.url + "/v1/models")).json()


async def test_bomb_grows_a_thousandfold(client: httpx.AsyncClient) -> None:
    async with ApiDouble("gzip-bomb") as api, client.stream("GET", api.url + "/api/hello") as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) * 500 < mischief.BOMB
        first = b"".join([part async for part in answer.aiter_raw()])
    assert len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(first, 1 << 20)) == 1 << 20


async def test_endless_ones_do_not_end() -> None:
    for mode in ("endless-header", "endless-body", "informational-flood"):
        async with ApiDouble(mode) as api:
            reader, writer = await connect(api.port)
            writer.write(b"GET /api/hello HTTP/1.1\r\nHost: x\r\n\r\n")
            assert len(await reader.readexactly(1 << 20)) == 1 << 20
            writer.close()


async def test_redirects(client: httpx.AsyncClient) -> None:
    async with ApiDouble("redirect-https") as api:
        there = (await client.get(api.url + "/v1/models?limit=1")).headers["location"]
        assert there == f"https://{api.address}/v1/models?limit=1"
        api.mode = "redirect-loop"
        with pytest.raises(httpx.TooManyRedirects):
            await client.get(api.url + "/api/hello", follow_redirects=True)


async def test_hostile_text(client: httpx.AsyncClient) -> None:
    async with ApiDouble("terminal-escapes") as api:
        assert "\x1b]52;c;" in (await client.get(api.url + "/v1/models")).json()["error"]["message"]
        api.mode = "raw-escapes"
        assert b"\x1b[2J" in (await client.get(api.url + "/v1/models")).content
        api.mode = "huge-headers"
        answer = await client.get(api.url + "/v1/models")
        assert sum(len(value) for value in answer.headers.values()) > 75_000


async def test_streams_that_fail(client: httpx.AsyncClient) -> None:
    async with ApiDouble("sse-cut", delay=0.01) as api:
        for api.mode in ("sse-cut", "sse-garbage", "idle-cut", "sse-gzip-cut"):
            with pytest.raises((httpx.RemoteProtocolError, httpx.DecodingError)):
                await events(client, api)
        api.mode = "sse-reset"
        with pytest.raises(httpx.ReadError):
            await events(client, api)
        api.mode = "sse-error"
        assert (await events(client, api))[-1] == "error"
        api.mode = "sse-empty"
        assert await events(client, api) == []
        client.timeout = httpx.Timeout(0.1)
        api.mode = "sse-stall"
        with pytest.raises(httpx.ReadTimeout):
            await events(client, api)


async def test_quiet_stream_is_cut_after_the_patience(client: httpx.AsyncClient) -> None:
    async with ApiDouble("idle-cut", delay=0.1, pace=0) as api:
        start = time.monotonic()
        with pytest.raises(httpx.RemoteProtocolError):
            await events(client, api)
        assert 0.1 <= time.monotonic() - start < 0.6


@pytest.mark.parametrize("mode", ["sse-buffered", "sse-buffered-whole"])
async def test_buffered_stream_is_one_burst(mode: str, client: httpx.AsyncClient) -> None:
    async with (
        ApiDouble(mode) as api,
        client.stream("POST", api.url + MESSAGES, json=BODY | {"stream": True}) as answer,
    ):
        parts = [part async for part in answer.aiter_raw()]
    assert len(parts) == 1
    assert parts[0].count(b"event: ") == 10


async def test_tls_client_speaks_to_a_plain_port() -> None:
    async with ApiDouble() as api:
        reader, writer = await connect(api.port)
        writer.write(b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03")
        assert (await reader.read(4096)).startswith(b"HTTP/1.1 400 ")
        assert api.strangers[0].startswith(b"\x16\x03\x01")
        writer.close()


async def test_chunked_requests_and_absolute_targets_are_understood() -> None:
    async with ApiDouble() as api:
        reader, writer = await connect(api.port)
        body = json.dumps(BODY).encode()
        writer.write(
            b"POST http://gw.corp.test/v1/messages HTTP/1.1\r\nHost: x\r\nanthropic-version: 1\r\nX-Api-Key: "
            + KEY.encode()
            + b"\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        )
        assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        assert api.requests[0].path == "/v1/messages"
        assert ("X-Api-Key", KEY) in api.requests[0].headers.raw
        writer.close()


async def test_every_mode_is_bounded() -> None:
    """Whatever the mode, leaving the block ends the server at once."""
    for mode in sorted(MODES):
        async with asyncio.timeout(5), ApiDouble(mode, delay=0.01) as api:
            reader, writer = await connect(api.port)
            body = json.dumps(BODY | {"stream": mode in streams.MODES}).encode()
            fields = "".join(f"{name}: {value}\r\n" for name, value in GOOD.items())
            writer.write(f"POST {MESSAGES} HTTP/1.1\r\nContent-Length: {len(body)}\r\n{fields}\r\n".encode() + body)
            try:
                async with asyncio.timeout(0.02):
                    await reader.read(1 << 16)
            except (TimeoutError, ConnectionError):
                pass
            writer.close()
            assert len(api.requests) == 1


def test_bomb_is_one_member() -> None:
    assert len(gzip.decompress(mischief.bomb())) == mischief.BOMB
