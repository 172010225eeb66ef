"""Names and connections: each way to fail has its own observation."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.daemons import Daemons
from tests.lab.double import ApiDouble
from tests.lab.faults import Fault, backlog_full, refused_port
from tests.probe.wires import HOST, ask, wire
from tests.session.machine import Machine, to
from tui.core.ask import AskDns, AskNameserver, AskTcp
from tui.core.probe.network import Network
from tui.core.probe.runner import put
from tui.core.seen import Attempt, Error, TcpSeen


async def test_connected(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        seen = await ask(AskTcp("127.0.0.1", api.port), wire(tmp_path))
    assert seen.ok
    assert [(a.address, a.error, a.ipv6) for a in seen.attempts] == [("127.0.0.1", None, False)]
    assert 0 <= seen.attempts[0].ms <= seen.ms


async def test_refused(tmp_path: Path) -> None:
    with refused_port() as port:
        seen = await ask(AskTcp("127.0.0.1", port.port), wire(tmp_path))
    assert seen.errors == {Error.REFUSED}
    assert not seen.ok


async def test_full_backlog_times_out_within_the_limit(tmp_path: Path) -> None:
    with backlog_full() as port:
        seen = await ask(AskTcp("127.0.0.1", port.port), wire(tmp_path, limit=0.3))
    assert seen.errors == {Error.TIMEOUT}
    assert 290 <= seen.ms < 2000


async def test_reset_at_once_still_counts_as_connected(tmp_path: Path) -> None:
    """Whether the reset arrives before or after the connection is known is the kernel's affair; it is never a crash."""
    async with Fault("rst-on-accept") as fault:
        seen = await ask(AskTcp("127.0.0.1", fault.port), wire(tmp_path))
    assert seen.ok or seen.errors == {Error.RESET}


Answer = list[tuple[str, int]] | OSError


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Answer], None]:
    """Teach the resolver: ``names(host, [(address, port)…] or the error that it raises)``."""
    known: dict[str, Answer] = {}
    original = socket.getaddrinfo

    def lookup(host: str, port: int, **more: object) -> list[object]:
        answer = known.get(host)
        if answer is None:
            return list(original(host, port, **more))  # type: ignore[arg-type]
        if isinstance(answer, OSError):
            raise answer
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(families[":" in a], socket.SOCK_STREAM, 6, "", (a, p or port)) for a, p in answer]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)

    def teach(host: str, answer: Answer) -> None:
        known[host] = answer

    return teach


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Error.NO_NAME),
        (socket.gaierror(socket.EAI_NODATA, "No address"), Error.NO_ADDRESS),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Error.TRY_AGAIN),
        (socket.gaierror(socket.EAI_FAIL, "Non-recoverable"), Error.TRY_AGAIN),
    ],
)
async def test_lookups_that_fail(
    error: OSError, wanted: Error, names: Callable[[str, Answer], None], tmp_path: Path
) -> None:
    names("gw.corp.test", error)
    over = wire(tmp_path)
    assert (await ask(AskDns("gw.corp.test"), over)).error is wanted
    tcp = await ask(AskTcp("gw.corp.test", 443), over)
    assert (tcp.ok, tcp.dns_error, tcp.errors) == (False, wanted, frozenset((wanted,)))


@pytest.mark.parametrize("host", ["a" * 64 + ".localhost", "gw..localhost"])
async def test_names_that_no_resolver_takes(host: str, tmp_path: Path) -> None:
    assert (await ask(AskDns(host), wire(tmp_path))).error in (Error.NO_NAME, Error.TRY_AGAIN)


async def test_some_addresses_dead(names: Callable[[str, Answer], None], tmp_path: Path) -> None:
    async with ApiDouble() as api:
        with refused_port() as dead:
            names("gw.corp.test", [("127.0.0.1", dead.port), ("127.0.0.1", api.port)])
            over = wire(tmp_path)
            seen = await ask(AskTcp("gw.corp.test", 443), over)
            assert seen.ok
            assert [a.error for a in seen.attempts] == [Error.REFUSED, None]
            channel = await over.network.open("gw.corp.test", 443)
            channel.close()


async def test_resolver_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import threading

    release = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        release.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        over = wire(tmp_path, limit=0.2)
        assert (await ask(AskDns(HOST), over)).error is Error.TIMEOUT
        assert (await ask(AskTcp(HOST, 443), over)).dns_error is Error.TIMEOUT
        over.network.close()
        await asyncio.sleep(0)
        assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []
    finally:
        release.set()


async def test_names_are_looked_up_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def lookup(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    network = Network()
    await asyncio.gather(*(network.resolve(HOST, 443) for _ in range(5)))
    await network.resolve(HOST, 8443)
    assert asked == [HOST, HOST]


async def test_hosts_file_is_named_with_its_line(names: Callable[[str, Answer], None], tmp_path: Path) -> None:
    over = wire(tmp_path)
    Machine(tmp_path).write("/etc/hosts", "127.0.0.1 localhost\n# x\n10.9.9.9  other gw.CORP.test # mine\n")
    names("gw.corp.test", [("10.9.9.9", 443)])
    seen = await ask(AskDns("gw.corp.test"), over)
    assert (seen.hosts_line, seen.hosts_addresses, seen.addresses) == (3, ("10.9.9.9",), ("10.9.9.9",))
    assert seen.hosts_file.endswith("/etc/hosts")
    names("gw.corp.test", [("10.8.8.8", 443)])
    seen = await ask(AskDns("gw.corp.test"), wire(tmp_path))
    assert seen.hosts_line is None  # it names the host, but something else decided


async def test_detour_leads_elsewhere_and_says_so(tmp_path: Path) -> None:
    async with ApiDouble() as api:
        seen = await ask(AskDns(HOST), wire(tmp_path, port=api.port))
        assert (seen.addresses, seen.detoured) == (("127.0.0.1",), True)
        assert (await ask(AskTcp(HOST, 443), wire(tmp_path, port=api.port))).ok


def test_detours_as_curl_reads_them() -> None:
    from tui.core.request import Detour

    network = Network((to(1, HOST, 443), Detour("", 80, "", 8080), Detour("gw", 0, "other", 0)))
    assert network.detour(HOST, 443) == ("127.0.0.1", 1)
    assert network.detour(HOST, 444) == (HOST, 444)
    assert network.detour("any", 80) == ("any", 8080)
    assert network.detour("gw", 7) == ("other", 7)


@pytest.mark.lab
@pytest.mark.parametrize(
    ("mode", "rcode", "addresses"),
    [("map", "NOERROR", ("127.0.0.9",)), ("nodata", "NOERROR", ()), ("sinkhole", "NOERROR", ("0.0.0.0",))],
)
async def test_name_server_itself(
    mode: str,
    rcode: str,
    addresses: tuple[str, ...],
    daemons: Daemons,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    server = daemons.dnsmasq(mode, gw__corp__test="127.0.0.9")
    to_port(server.port, monkeypatch)
    Machine(tmp_path).write("/etc/resolv.conf", "# x\nnameserver 127.0.0.1\n")
    seen = await ask(AskNameserver("gw.corp.test"), wire(tmp_path))
    assert (seen.rcode, seen.server, seen.addresses) == (rcode, "127.0.0.1", addresses)
    missing = await ask(AskNameserver("no.such.test"), wire(tmp_path))
    assert missing.rcode == "NXDOMAIN"


async def test_no_name_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (await ask(AskNameserver("gw.corp.test"), wire(tmp_path))).rcode == "unavailable"
    Machine(tmp_path).write("/etc/resolv.conf", "nameserver 127.0.0.1\n")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        to_port(silent.getsockname()[1], monkeypatch)
        seen = await ask(AskNameserver("gw.corp.test"), wire(tmp_path, limit=0.2))
    assert seen.rcode == "silent"


def to_port(port: int, patch: pytest.MonkeyPatch) -> None:
    """Send questions for port 53, which only root may have, to another one."""
    import dns.query

    original = dns.query.udp
    patch.setattr(dns.query, "udp", lambda question, where, limit: original(question, where, limit, port))


def test_what_tcp_says() -> None:
    mixed = TcpSeen(1.0, (Attempt("::1", 1.0, Error.TIMEOUT), Attempt("127.0.0.1", 1.0)))
    assert mixed.ok
    assert mixed.errors == {Error.TIMEOUT}
    assert [a.ipv6 for a in mixed.attempts] == [True, False]


async def test_unknown_question_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no probe answers"):
        await put(object(), wire(tmp_path))  # type: ignore[arg-type]
