"""Tests see a machine of their own, and cannot leave it."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from tests.lab.canary import Canary
from tests.lab.golden import Golden
from tests.lab.guard import Guard, LeftTheMachine, is_local


def test_home_environment_and_folder_are_fresh(home: Path, project: Path) -> None:
    assert Path.home() == home
    assert Path.cwd() == project
    assert list(home.iterdir()) == [project]
    assert list(project.iterdir()) == []
    assert not [name for name in os.environ if name.startswith(("ANTHROPIC", "CLAUDE", "HTTP", "NODE", "SSL"))]


def test_sockets_stay_here(socket_guard: Guard) -> None:
    with socket.socket() as sock:
        sock.setblocking(False)
        for attempt in (sock.connect, sock.connect_ex):
            with pytest.raises(LeftTheMachine):
                attempt(("160.79.104.10", 443))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(LeftTheMachine):
        sock.sendto(b"x", ("192.0.2.53", 53))
    with pytest.raises(LeftTheMachine):
        socket.getaddrinfo("api.anthropic.com", 443)
    assert len(socket_guard.refused) == 4
    socket_guard.refused.clear()


async def test_loops_stay_here(socket_guard: Guard) -> None:
    with pytest.raises(LeftTheMachine):
        await asyncio.open_connection("api.anthropic.com", 443)
    with pytest.raises(LeftTheMachine):
        await asyncio.open_connection("160.79.104.10", 443)
    socket_guard.refused.clear()


def test_names_can_be_answered(socket_guard: Guard) -> None:
    socket_guard.names["api.anthropic.com"] = ["127.0.0.1", "::1"]
    rows = socket.getaddrinfo("api.anthropic.com", 443, type=socket.SOCK_STREAM)
    assert [row[4][0] for row in rows] == ["127.0.0.1", "::1"]


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", True),
        ("localhost", True),
        ("x.localhost.", True),
        (None, True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("fe80::1%eth0", False),
    ],
)
def test_what_is_local(host: str | None, local: bool) -> None:
    assert is_local(host) is local


def test_canary_finds_leaks_in_disguise(canary: Canary) -> None:
    key = canary.api_key
    canary.assert_clean(f"ANTHROPIC_API_KEY sk-ant-api03-…{key[-4:]} ({len(key)} characters)")
    for text in (key, key[:40], key[20:30], "\n".join(key), canary.proxy_url):
        with pytest.raises(AssertionError, match="the output shows"):
            canary.assert_clean(text)
    assert canary.leaks(canary.proxy_url) == ["proxy_password"]
    with pytest.raises(AssertionError) as caught:
        canary.assert_clean(key)
    canary.assert_clean(str(caught.value))


def test_golden_compares_and_accepts(tmp_path: Path) -> None:
    Golden(tmp_path, update=True)("a/b.txt", "one\n")
    check = Golden(tmp_path, update=False)
    check("a/b.txt", "one\n")
    with pytest.raises(AssertionError, match="make accept"):
        check("a/b.txt", "two\n")
    assert (tmp_path / "a" / "b.new.txt").read_text() == "two\n"
    check("a/b.txt", "one\n")
    assert not (tmp_path / "a" / "b.new.txt").exists()
