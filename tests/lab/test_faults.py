"""Each fault below HTTP, and each proxy, is what it says."""

from __future__ import annotations

import asyncio
import base64
import ssl

import httpx
import pytest

from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.faults import Fault, backlog_full, connect, refused_port
from tests.lab.proxies import REFUSALS, Proxy, Socks5
from tests.lab.server import LOOPBACK

CONNECT = b"CONNECT api.anthropic.com:443 HTTP/1.1\r\nHost: api.anthropic.com:443\r\n%b\r\n"


async def exchange(port: int, data: bytes) -> bytes:
    """Send ``data`` and read until the other side closes."""
    reader, writer = await connect(port)
    try:
        writer.write(data)
        return await asyncio.wait_for(reader.read(), 3)
    finally:
        writer.close()


async def handshake(port: int, context: ssl.SSLContext, name: str = "api.anthropic.com") -> None:
    """Shake hands and hang up; raises what the client would see."""
    _, writer = await asyncio.open_connection(LOOPBACK, port, ssl=context, server_hostname=name)
    writer.close()


async def test_refused() -> None:
    async with refused_port() as refused:
        with pytest.raises(ConnectionRefusedError):
            await connect(refused.port)


async def test_full_backlog_lets_connects_hang() -> None:
    with backlog_full() as full, pytest.raises(TimeoutError):
        await asyncio.wait_for(connect(full.port), 0.2)


async def test_silence() -> None:
    async with Fault("silent") as fault:
        reader, writer = await connect(fault.port)
        writer.write(b"hello")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.1)
        assert fault.asked == [b"hello"]
        writer.close()


async def test_resets_are_real() -> None:
    async with Fault("rst-on-data") as fault:
        with pytest.raises(ConnectionResetError):
            await exchange(fault.port, b"hello")
        assert fault.asked == [b"hello"]
    async with Fault("rst-on-accept") as fault:
        with pytest.raises(ConnectionResetError):
            await exchange(fault.port, b"hello")
        assert fault.accepted == 1


async def test_orderly_closes() -> None:
    for mode in ("fin-on-data", "fin-on-accept"):
        async with Fault(mode) as fault:
            assert await exchange(fault.port, b"hello") == b""


async def test_banner_and_plain_http() -> None:
    async with Fault("ssh-banner") as fault:
        reader, writer = await connect(fault.port)
        assert await reader.readline() == b"SSH-2.0-OpenSSH_9.6\r\n"
        writer.close()
    async with Fault("plain-http") as fault:
        assert (await exchange(fault.port, b"\x16\x03\x01\x00\x05")).startswith(b"HTTP/1.1 400 Bad Request\r\n")


@pytest.mark.parametrize(
    ("mode", "argument", "reason"),
    [
        ("tls-alert", 40, "HANDSHAKE_FAILURE"),
        ("tls-alert", 70, "PROTOCOL_VERSION"),
        ("tls-alert", 112, "UNRECOGNIZED_NAME"),
        ("plain-http", 0, "WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|UNEXPECTED_MESSAGE"),
        ("ssh-banner", 0, "WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|UNEXPECTED_MESSAGE"),
    ],
)
async def test_tls_clients_see_the_reason(mode: str, argument: int, reason: str, pki: Pki) -> None:
    async with Fault(mode, argument) as fault:
        with pytest.raises(ssl.SSLError, match=reason):
            await handshake(fault.port, pki.client_context())


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("rst-on-data", ConnectionResetError),
        ("rst-on-accept", ConnectionResetError),
        ("fin-on-data", ConnectionError),
        ("half-hello", ConnectionError),
    ],
)
async def test_tls_clients_see_the_end(mode: str, error: type[OSError], pki: Pki) -> None:
    async with Fault(mode) as fault:
        with pytest.raises((error, ssl.SSLEOFError)):
            await handshake(fault.port, pki.client_context())


@pytest.mark.parametrize(
    ("leaf", "code"),
    [
        ("good", 0),
        ("soon", 0),
        ("expired", 10),
        ("notyet", 9),
        ("wronghost", 62),
        ("selfsigned", 18),
        ("leaf-only", 20),
        ("company", 20),
        ("zscaler", 19),
        ("fortinet", 19),
        ("rsa1024", 66),
    ],
)
async def test_certificates_fail_as_meant(leaf: str, code: int, pki: Pki) -> None:
    async with ApiDouble(tls=pki.server_context(leaf)) as api:
        if code == 0:
            await handshake(api.port, pki.client_context())
            return
        with pytest.raises(ssl.SSLCertVerificationError) as caught:
            await handshake(api.port, pki.client_context())
        assert caught.value.verify_code == code
        assert api.requests == []


async def test_the_right_root_mends_it(pki: Pki) -> None:
    for leaf, authority in (("zscaler", pki.zscaler_authority), ("company", pki.company)):
        async with ApiDouble(tls=pki.server_context(leaf)) as api:
            await handshake(api.port, pki.client_context(authority.root))


async def test_old_versions_only(pki: Pki) -> None:
    async with ApiDouble(tls=pki.server_context("good", newest=ssl.TLSVersion.TLSv1_1)) as api:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await handshake(api.port, pki.client_context())


async def test_client_certificates(pki: Pki) -> None:
    async with ApiDouble(tls=pki.server_context("good", client_ca=pki.company.root)) as api:
        context = pki.client_context()
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            with pytest.raises(httpx.TransportError):
                await client.get(api.url + "/api/hello")
        context.load_cert_chain(pki.client.chain, pki.client.key)
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            assert (await client.get(api.url + "/api/hello")).status_code == 200


async def test_bad_files(pki: Pki) -> None:
    for path in (pki.empty, pki.garbage):
        with pytest.raises(ssl.SSLError):
            pki.client_context(path)
    with pytest.raises(FileNotFoundError):
        pki.client_context(pki.missing)


async def test_relay_leads_where_the_routes_say(pki: Pki) -> None:
    async with ApiDouble(tls=pki.server_context()) as api:
        routes = {"api.anthropic.com:443": (LOOPBACK, api.port)}
        async with (
            Proxy("relay", routes) as proxy,
            httpx.AsyncClient(proxy=proxy.url, verify=pki.client_context(), trust_env=False) as client,
        ):
            answer = await client.get("https://api.anthropic.com/api/hello")
            assert answer.json() == {"message": "hello"}
            assert proxy.targets == ["api.anthropic.com:443"]
            with pytest.raises(httpx.ProxyError, match="502"):
                await client.get("https://elsewhere.test/")


async def test_relay_forwards_absolute_form() -> None:
    async with ApiDouble() as api, Proxy("relay", {"gw.corp.test": (LOOPBACK, api.port)}) as proxy:
        async with httpx.AsyncClient(proxy=proxy.url, trust_env=False) as client:
            assert (await client.get("http://gw.corp.test/api/hello?x=1")).status_code == 200
        assert api.requests[0].target == "/api/hello?x=1"
        assert "via" in api.requests[0].headers
        answer = await exchange(proxy.port, b"GET https://api.anthropic.com/api/hello HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 ")


async def test_proxy_behind_tls(pki: Pki) -> None:
    async with ApiDouble() as api, Proxy(tls=pki.server_context()) as proxy:
        reader, writer = await asyncio.open_connection(
            LOOPBACK, proxy.port, ssl=pki.client_context(), server_hostname="localhost"
        )
        writer.write(f"CONNECT {api.address} HTTP/1.1\r\n\r\n".encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        writer.write(b"HEAD /api/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
        writer.close()


async def test_basic_credentials_open_the_relay() -> None:
    async with ApiDouble() as api, Proxy("407", {"*": (LOOPBACK, api.port)}, user="alice:p@ss") as proxy:
        answer = await exchange(proxy.port, CONNECT % b"")
        assert answer.startswith(b"HTTP/1.1 407 ")
        assert b'Proxy-Authenticate: Basic realm="Corp Proxy"' in answer
        token = base64.b64encode(b"alice:p@ss")
        reader, writer = await connect(proxy.port)
        writer.write(CONNECT % (b"Proxy-Authorization: Basic %b\r\n" % token))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        writer.close()


@pytest.mark.parametrize("mode", sorted(REFUSALS))
async def test_refusals_are_the_same_in_both_forms(mode: str) -> None:
    async with Proxy(mode) as proxy:
        tunnel = await exchange(proxy.port, CONNECT % b"")
        plain = await exchange(proxy.port, b"GET http://gw.corp.test/ HTTP/1.1\r\nHost: gw.corp.test\r\n\r\n")
        assert tunnel == plain
        assert tunnel.startswith(f"HTTP/1.1 {mode[:3]} ".encode())
        assert (b"X-Squid-Error" in tunnel) == (mode in ("403", "503"))
        assert [request.method for request in proxy.asked] == ["CONNECT", "GET"]


async def test_proxies_that_misbehave() -> None:
    async with Proxy("fin") as proxy:
        assert await exchange(proxy.port, CONNECT % b"") == b""
        proxy.mode = "garbage"
        assert not (await exchange(proxy.port, CONNECT % b"")).startswith(b"HTTP/")
        proxy.mode = "200-fin"
        assert (await exchange(proxy.port, CONNECT % b"")).endswith(b"established\r\n\r\n")
        proxy.mode = "200-html"
        assert b"Sign in to continue" in await exchange(proxy.port, CONNECT % b"" + b"\x16\x03\x01")
        for proxy.mode in ("rst", "200-rst"):
            with pytest.raises(ConnectionResetError):
                await exchange(proxy.port, CONNECT % b"" + (b"\x16" if proxy.mode == "200-rst" else b""))
        proxy.mode = "hang"
        reader, writer = await connect(proxy.port)
        writer.write(CONNECT % b"")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.1)
        writer.close()


async def test_tunnels_are_cut(pki: Pki) -> None:
    async with ApiDouble("hang-headers") as api:
        async with Proxy(idle=0.05) as proxy:
            ask = f"CONNECT {api.address} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n".encode()
            assert (await exchange(proxy.port, ask)).endswith(b"established\r\n\r\n")
        api.mode = "endless-body"
        async with Proxy(limit=1000) as proxy:
            with pytest.raises(ConnectionResetError):
                await exchange(proxy.port, ask.replace(b"GET / ", b"GET /api/hello "))


async def test_socks() -> None:
    async with ApiDouble() as api, Socks5("open", {"api.anthropic.com:443": (LOOPBACK, api.port)}) as socks:
        reader, writer = await connect(socks.port)
        writer.write(b"\x05\x01\x00")
        assert await reader.readexactly(2) == b"\x05\x00"
        name = b"api.anthropic.com"
        writer.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + (443).to_bytes(2, "big"))
        assert (await reader.readexactly(10))[1] == 0
        writer.write(b"GET /api/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"hello" in await reader.read()
        assert socks.asked == ["api.anthropic.com:443"]
        writer.close()


@pytest.mark.parametrize(("mode", "reply"), [("auth", None), ("refused", 5), ("unreachable", 4)])
async def test_socks_refusals(mode: str, reply: int | None) -> None:
    async with Socks5(mode) as socks:
        answer = await exchange(socks.port, b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01\x01\xbb")
        assert answer[:2] == (b"\x05\xff" if reply is None else b"\x05\x00")
        if reply is not None:
            assert answer[3] == reply
            assert socks.asked == ["127.0.0.1:443"]


async def test_http_client_meets_socks() -> None:
    async with Socks5() as socks:
        assert await exchange(socks.port, CONNECT % b"") == b""
        assert socks.greetings[0].startswith(b"CONNECT ")
