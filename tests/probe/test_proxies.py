"""Proxies on the wire: what CONNECT is answered, and what the port is where it is no proxy."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.faults import Fault, backlog_full, refused_port
from tests.lab.proxies import REFUSALS, Proxy, Socks5
from tests.probe.wires import HOST, KEY, STORE, ask, get, via, wire
from tui.core.ask import AskConnect, AskSocks, AskTls
from tui.core.model import Trust
from tui.core.seen import Error, Hop
from tui.core.url import Url


async def test_tunnel(tmp_path: Path) -> None:
    async with ApiDouble() as api, Proxy(routes={HOST: ("127.0.0.1", api.port)}) as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path))
        assert seen.ok
        assert (seen.status, seen.reason, seen.sent_credentials) == (200, "Connection established", False)
        (request,) = proxy.asked
        assert (request.method, request.target) == ("CONNECT", f"{HOST}:443")
        assert [name.lower() for name, _ in request.headers.raw] == ["host", "proxy-connection"]


@pytest.mark.parametrize("mode", sorted(REFUSALS))
async def test_refusals_with_headers_and_body(mode: str, tmp_path: Path) -> None:
    async with Proxy(mode) as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path))
    refusal = REFUSALS[mode]
    assert not seen.ok
    assert seen.failure is None
    assert (seen.status, seen.reason) == (refusal.status, refusal.reason)
    wanted = {name.lower() for name, _ in refusal.headers} | {"content-type", "content-length", "connection"}
    assert {name for name, _ in seen.headers} == wanted
    assert "<title>" in seen.body
    assert seen.first_bytes.startswith(b"HTTP/1.1 ")


async def test_squids_own_words(tmp_path: Path) -> None:
    async with Proxy("503") as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path))
    assert seen.header("x-squid-error") == "ERR_CONNECT_FAIL 111"
    assert "ERR_CONNECT_FAIL" in seen.body


async def test_offers_of_407_are_joined(tmp_path: Path) -> None:
    async with Proxy("407-negotiate") as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path))
    assert seen.header("proxy-authenticate") == "Negotiate, NTLM"


async def test_credentials_of_the_proxy(tmp_path: Path) -> None:
    async with ApiDouble() as api, Proxy("407", {HOST: ("127.0.0.1", api.port)}) as proxy:
        over = wire(tmp_path)
        good = await ask(AskConnect(via(proxy.port, user="alice", password="s3cret"), HOST, 443), over)
        assert (good.ok, good.sent_credentials) == (True, True)
        wrong = await ask(AskConnect(via(proxy.port, user="alice", password="no"), HOST, 443), over)
        assert (wrong.status, wrong.sent_credentials) == (407, True)
        none = await ask(AskConnect(via(proxy.port), HOST, 443), over)
        assert (none.status, none.sent_credentials) == (407, False)


@pytest.mark.parametrize(
    ("mode", "error"),
    [("fin", Error.CLOSED), ("rst", Error.RESET), ("garbage", Error.NOT_HTTP)],
)
async def test_proxies_that_do_not_answer(mode: str, error: Error, tmp_path: Path) -> None:
    async with Proxy(mode) as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path))
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error, seen.status) == (Hop.CONNECT, error, 0)


async def test_proxy_that_hangs(tmp_path: Path) -> None:
    async with Proxy("hang") as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443), wire(tmp_path, limit=0.3))
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error) == (Hop.CONNECT, Error.TIMEOUT)


async def test_proxy_that_is_not_there(tmp_path: Path) -> None:
    with refused_port() as port:
        seen = await ask(AskConnect(via(port.port), HOST, 443), wire(tmp_path))
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.PROXY_TCP, Error.REFUSED)
    with backlog_full() as full:
        seen = await ask(AskConnect(via(full.port), HOST, 443), wire(tmp_path, limit=0.3))
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.PROXY_TCP, Error.TIMEOUT)


@pytest.mark.parametrize(
    ("mode", "error"), [("200-fin", Error.CLOSED), ("200-rst", Error.RESET), ("200-html", Error.NOT_TLS)]
)
async def test_broken_tunnels(mode: str, error: Error, tmp_path: Path) -> None:
    async with Proxy(mode) as proxy:
        seen = await ask(AskTls(HOST, 443, via(proxy.port)), wire(tmp_path))
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error) == (Hop.TLS, error)
    assert seen.connect is not None
    assert seen.connect.ok


async def test_refused_tunnel_is_told_by_tls_and_http_alike(tmp_path: Path) -> None:
    async with Proxy("403") as proxy:
        over = wire(tmp_path)
        tls = await ask(AskTls(HOST, 443, via(proxy.port)), over)
        http = await ask(get(0, url=Url("https", HOST, 443), proxy=via(proxy.port)), over)
    for seen in (tls, http):
        assert seen.failure is not None
        assert (seen.failure.error, seen.failure.detail) == (Error.PROXY_STATUS, "403 Forbidden")
        assert seen.connect is not None
        assert seen.connect.header("x-squid-error") == "ERR_ACCESS_DENIED 0"


async def test_whole_exchange_through_a_tunnel_keeps_the_key_from_the_proxy(
    pki: Pki, canary: Canary, tmp_path: Path
) -> None:
    async with (
        ApiDouble(tls=pki.server_context("good"), key=canary.api_key) as api,
        Proxy(routes={HOST: ("127.0.0.1", api.port)}) as proxy,
    ):
        question = get(
            0,
            "/v1/models",
            key=canary.api_key,
            url=Url("https", HOST, 443),
            proxy=via(proxy.port),
            trust=STORE,
            headers=(("anthropic-version", "2023-06-01"),),
        )
        seen = await ask(question, wire(tmp_path, roots=(pki.public.root,)))
        assert seen.status == 200
        assert proxy.targets == [f"{HOST}:443"]
        canary.assert_clean(repr(proxy.asked))


async def test_absolute_form_for_plain_http(tmp_path: Path) -> None:
    async with ApiDouble() as api, Proxy("407", {"gw.corp.test": ("127.0.0.1", api.port)}) as proxy:
        question = get(0, url=Url("http", "gw.corp.test", 8080), proxy=via(proxy.port, user="alice", password="s3cret"))
        seen = await ask(question, wire(tmp_path))
        assert seen.status == 200
        (request,) = proxy.asked
        assert (request.method, request.target) == ("GET", "http://gw.corp.test:8080/api/hello")
        packed = base64.b64encode(b"alice:s3cret").decode()
        assert request.headers["proxy-authorization"] == f"Basic {packed}"
        assert "proxy-authorization" not in api.requests[0].headers


async def test_absolute_form_for_https_is_what_old_clients_sent(tmp_path: Path) -> None:
    async with Proxy() as proxy:
        seen = await ask(AskConnect(via(proxy.port), HOST, 443, absolute=True), wire(tmp_path))
        assert seen.status == 400
        assert proxy.targets == [f"https://{HOST}/api/hello"]


async def test_proxy_behind_tls(pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble() as api, Proxy(routes={HOST: ("127.0.0.1", api.port)}, tls=pki.server_context()) as proxy:
        over = wire(tmp_path, roots=(pki.public.root,))
        assert (await ask(AskConnect(via(proxy.port, "https"), HOST, 443), over)).ok
        strange = wire(tmp_path / "other", roots=(pki.company.root,))
        seen = await ask(AskConnect(via(proxy.port, "https"), HOST, 443), strange)
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.PROXY_TLS, Error.VERIFY)


async def test_proxy_behind_tls_is_trusted_as_the_client_trusts(pki: Pki, tmp_path: Path) -> None:
    async with (
        ApiDouble() as api,
        Proxy(routes={HOST: ("127.0.0.1", api.port)}, tls=pki.server_context("company")) as proxy,
    ):
        over = wire(tmp_path, roots=(pki.public.root,))
        over.proxy_trust = Trust(extra=(str(pki.company.root),))
        assert (await ask(AskConnect(via(proxy.port, "https"), HOST, 443), over)).ok
        over.proxy_trust = Trust(extra=(str(pki.garbage),))
        seen = await ask(AskConnect(via(proxy.port, "https"), HOST, 443), over)
        assert seen.failure is not None
        assert seen.failure.error is Error.CA_FILE


async def test_tls_to_a_plain_proxy(tmp_path: Path) -> None:
    async with Proxy() as proxy:
        seen = await ask(AskConnect(via(proxy.port, "https"), HOST, 443), wire(tmp_path))
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.PROXY_TLS, Error.NOT_TLS)
    async with Fault("silent") as fault:
        seen = await ask(AskConnect(via(fault.port, "https"), HOST, 443), wire(tmp_path, limit=0.3))
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.PROXY_TLS, Error.TIMEOUT)


@pytest.mark.parametrize(("mode", "method"), [("open", 0), ("auth", 255)])
async def test_socks_greeting(mode: str, method: int, tmp_path: Path) -> None:
    async with Socks5(mode) as socks:
        seen = await ask(AskSocks("127.0.0.1", socks.port), wire(tmp_path))
        assert (seen.speaks, seen.method) == (True, method)
        assert socks.greetings == [b"\x05\x01\x00"]


async def test_ports_that_do_not_speak_socks(tmp_path: Path) -> None:
    async with ApiDouble() as api, Fault("ssh-banner") as ssh, Fault("silent") as silent:
        for port in (api.port, ssh.port, silent.port):
            seen = await ask(AskSocks("127.0.0.1", port), wire(tmp_path, limit=0.3))
            assert (seen.speaks, seen.method) == (False, None)
    with refused_port() as port_:
        assert not (await ask(AskSocks("127.0.0.1", port_.port), wire(tmp_path))).speaks


async def test_header_that_never_ends_is_bounded(tmp_path: Path) -> None:
    async with ApiDouble("endless-header", identity="plain") as api:
        seen = await ask(AskConnect(via(api.port), HOST, 443), wire(tmp_path, limit=2))
    assert seen.status == 200
    assert len(seen.headers) <= 100


async def test_proxy_that_echoes_its_password(canary: Canary, tmp_path: Path) -> None:
    """Its page shows the password plain, as it stood in the URL, and as the header carried it."""
    packed = base64.b64encode(f"alice:{canary.proxy_password}".encode()).decode()
    url = canary.proxy_url
    said = f"no {canary.proxy_password} {url.split('@')[0]} {packed}".encode()

    from tests.lab.server import Reader, Server, Writer

    class Echo(Server):
        async def talk(self, reader: Reader, writer: Writer) -> None:
            await reader.read(4096)
            writer.write(b"HTTP/1.1 403 Forbidden " + said + b"\r\nX-Said: " + said + b"\r\n")
            writer.write(b"Content-Length: %d\r\n\r\n" % len(said) + said)

    async with Echo() as echo:
        over = wire(tmp_path, secrets=url)
        seen = await ask(AskConnect(via(echo.port, user="alice", password=canary.proxy_password), HOST, 443), over)
    assert seen.status == 403
    assert "[secret]" in seen.body
    canary.assert_clean(repr(seen))
    assert KEY not in repr(seen)
