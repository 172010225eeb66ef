"""The real servers start, do their one thing, and end."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import ssl

import httpx
import pytest

from tests.lab.certificates import Pki
from tests.lab.daemons import Daemon, Daemons
from tests.lab.double import ApiDouble
from tests.lab.faults import connect, refused_port
from tests.lab.routes import KEY
from tests.lab.server import LOOPBACK

pytestmark = pytest.mark.lab

GOOD = {"x-api-key": KEY, "anthropic-version": "2023-06-01"}
BODY = {"model": "claude-sonnet-5", "max_tokens": 8, "messages": [{"role": "user", "content": "ping"}]}


async def ask_tunnel(proxy: Daemon, target: str, *fields: str) -> str:
    """The head of the proxy's answer to CONNECT."""
    reader, writer = await connect(proxy.port)
    writer.write("\r\n".join([f"CONNECT {target} HTTP/1.1", f"Host: {target}", *fields, "", ""]).encode())
    try:
        return (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)).decode("latin1")
    finally:
        writer.close()


async def ask(daemon: Daemon, path: str = "/api/hello", **options: object) -> httpx.Response:
    """One GET with a good key, or a POST where there is a body."""
    async with httpx.AsyncClient(headers=GOOD, trust_env=False, timeout=5) as client:
        if "json" in options:
            return await client.post(daemon.url + path, json=options["json"])
        return await client.get(daemon.url + path)


async def test_squid_opens_tunnels(squid: Daemon) -> None:
    async with ApiDouble() as api:
        for host in ("127.0.0.1", "gw.corp.test"):
            answer = await ask_tunnel(squid, f"{host}:{api.port}")
            assert answer.startswith("HTTP/1.1 200 ")
        async with httpx.AsyncClient(proxy=squid.url, trust_env=False) as client:
            hello = await client.get(f"http://gw.corp.test:{api.port}/api/hello")
            assert hello.json() == {"message": "hello"}
            assert "squid" in hello.headers["via"]


async def test_squid_refuses(daemons: Daemons) -> None:
    proxy = daemons.squid(deny=["api.anthropic.com"], ports="443")
    denied = await ask_tunnel(proxy, "api.anthropic.com:443")
    assert denied.startswith("HTTP/1.1 403 ")
    assert "X-Squid-Error: ERR_ACCESS_DENIED 0" in denied
    assert (await ask_tunnel(proxy, "gw.corp.test:8443")).startswith("HTTP/1.1 403 ")
    assert "TCP_DENIED" in proxy.log()


async def test_squid_cannot_reach(squid: Daemon) -> None:
    async with refused_port() as refused:
        answer = await ask_tunnel(squid, refused.address)
        assert answer.startswith("HTTP/1.1 503 ")
        assert "X-Squid-Error: ERR_CONNECT_FAIL 111" in answer


async def test_squid_wants_credentials(daemons: Daemons) -> None:
    proxy = daemons.squid(user="alice", password="s3cret")
    async with ApiDouble() as api:
        refused = await ask_tunnel(proxy, api.address)
        assert refused.startswith("HTTP/1.1 407 ")
        assert 'Proxy-Authenticate: Basic realm="Lab Squid"' in refused
        for password, status in (("s3cret", 200), ("wrong", 407)):
            token = base64.b64encode(f"alice:{password}".encode()).decode()
            answer = await ask_tunnel(proxy, api.address, f"Proxy-Authorization: Basic {token}")
            assert answer.startswith(f"HTTP/1.1 {status} ")


@pytest.mark.parametrize(
    ("variant", "status", "text"),
    [
        ("ok", 200, "hello"),
        ("upstream-down", 502, "502 Bad Gateway"),
        ("upstream-slow", 200, "hello"),
        ("basic-auth", 401, "401 Authorization Required"),
        ("redirect-https", 301, "301 Moved"),
        ("prefix", 404, "404 Not Found"),
        ("front-end", 200, "Example Corp AI Portal"),
        ("deny", 403, "403 Forbidden"),
    ],
)
async def test_nginx_variants(variant: str, status: int, text: str, daemons: Daemons) -> None:
    async with ApiDouble() as api:
        answer = await ask(daemons.nginx(variant, api.url))
    assert (answer.status_code, text in answer.text) == (status, True)
    assert answer.headers["server"].startswith("nginx/")


async def test_nginx_gives_up_on_a_slow_upstream(daemons: Daemons) -> None:
    async with ApiDouble("hang-headers") as api:
        assert (await ask(daemons.nginx("upstream-slow", api.url))).status_code == 504


async def test_nginx_limits_bodies(daemons: Daemons) -> None:
    async with ApiDouble() as api:
        proxy = daemons.nginx("body-limit", api.url)
        assert (await ask(proxy, "/v1/messages", json=BODY)).status_code == 200
        assert (await ask(proxy, "/v1/messages", json=BODY | {"padding": "x" * 2000})).status_code == 413


async def test_nginx_strips_credentials(daemons: Daemons) -> None:
    async with ApiDouble() as api:
        answer = await ask(daemons.nginx("strip-auth", api.url), "/v1/models")
        assert answer.json()["error"]["message"] == "x-api-key header is required"
        assert "x-api-key" not in api.requests[0].headers


async def test_nginx_with_tls_and_client_certificates(daemons: Daemons, pki: Pki) -> None:
    async with ApiDouble() as api:
        expired = daemons.nginx("ok", api.url, leaf="expired")
        with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
            await asyncio.open_connection(LOOPBACK, expired.port, ssl=pki.client_context(), server_hostname="localhost")
        plain = await ask(expired)
        assert (plain.status_code, "plain HTTP request was sent to HTTPS port" in plain.text) == (400, True)
        proxy = daemons.nginx("ok", api.url, leaf="good", client_ca=pki.company.root)
        async with httpx.AsyncClient(verify=pki.client_context(), trust_env=False) as client:
            answer = await client.get(f"https://{proxy.address}/api/hello")
            assert (answer.status_code, "No required SSL certificate" in answer.text) == (400, True)


async def test_nginx_passes_streams_on_and_cuts_quiet_ones(daemons: Daemons) -> None:
    async with ApiDouble() as api:
        proxy = daemons.nginx("sse-timeout", api.url)
        whole = await ask(proxy, "/v1/messages", json=BODY | {"stream": True})
        assert "message_stop" in whole.text
        api.mode = "sse-stall"
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(proxy, "/v1/messages", json=BODY | {"stream": True})


async def test_tinyproxy(daemons: Daemons) -> None:
    async with ApiDouble() as api:
        proxy = daemons.tinyproxy(deny=["gw.corp.test"])
        assert (await ask_tunnel(proxy, api.address)).split()[1] == "200"
        assert (await ask_tunnel(proxy, "gw.corp.test:443")).split()[1:3] == ["403", "Filtered"]
        proxy = daemons.tinyproxy(user="alice")
        assert "Proxy-Authenticate: Basic" in await ask_tunnel(proxy, api.address)


async def test_haproxy(daemons: Daemons) -> None:
    async with ApiDouble() as api:
        assert (await ask(daemons.haproxy("ok", api.address))).json() == {"message": "hello"}
        for variant, status in (("no-server", 503), ("deny", 403), ("rate-limit", 429)):
            answer = await ask(daemons.haproxy(variant, api.address))
            assert (answer.status_code, "server" in answer.headers) == (status, False)


def query(port: int, name: str) -> bytes:
    """Ask the name server for an A record; the raw answer."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    packet = b"\x12\x34\x01\x00\x00\x01" + bytes(6) + labels + b"\x00\x00\x01\x00\x01"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(3)
        sock.sendto(packet, (LOOPBACK, port))
        return sock.recv(512)


async def test_dnsmasq(daemons: Daemons) -> None:
    server = daemons.dnsmasq("map", gw__corp__test="10.20.0.5")
    found = query(server.port, "gw.corp.test")
    assert (found[3] & 15, found[-4:]) == (0, bytes([10, 20, 0, 5]))
    assert query(server.port, "api.anthropic.com")[3] & 15 == 3, "NXDOMAIN"
    hijack = daemons.dnsmasq("hijack", ip="203.0.113.66")
    assert query(hijack.port, "api.anthropic.com")[-4:] == bytes([203, 0, 113, 66])
    sinkhole = daemons.dnsmasq("sinkhole", api__anthropic__com="")
    assert query(sinkhole.port, "api.anthropic.com")[-4:] == bytes(4)


async def test_daemons_end_with_their_folders(daemons: Daemons) -> None:
    daemon = daemons.nginx("upstream-down")
    daemons.stop()
    assert daemon.process.returncode is not None
    assert not daemon.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        await connect(daemon.port)


def test_json_bodies_are_small() -> None:
    assert len(json.dumps(BODY)) < 1000, "nginx body-limit must let the small one pass"
