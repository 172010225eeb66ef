"""No test reaches another machine: connects, datagrams and look-ups that would leave loopback fail the test."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest

_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Whether ``host`` is a loopback or unspecified address, a name of this machine, or nothing."""
    if isinstance(host, bytes):
        host = host.decode("latin1")
    if host is None or host == "":
        return True
    name = str(host).lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def is_address(host: object) -> bool:
    """Whether ``host`` is a literal address, so that looking it up sends no packet."""
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True


class Guard:
    """Watches one test. ``names`` answers look-ups (name → addresses); ``open`` lets everything pass.

    ``refused`` lists what was stopped; unless the test takes an entry out, it fails at its end even where the code
    under test swallowed the error.
    """

    def __init__(self) -> None:
        self.open = False
        self.names: dict[str, list[str]] = {}
        self.refused: list[str] = []

    def check_address(self, family: int, address: object) -> None:
        """Raise LeftTheMachine where ``address`` is not on this machine."""
        if self.open or family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
            return
        if not is_local(address[0]) and str(address[0]) not in self.names:
            self._refuse(f"a connection to {address[0]} port {address[1]}")

    def check_name(self, host: object) -> None:
        """Raise LeftTheMachine where looking up ``host`` would ask a name server."""
        if not self.open and not is_local(host) and not is_address(host):
            self._refuse(f"a look-up of {host}")

    def _refuse(self, what: str) -> None:
        self.refused.append(what)
        raise LeftTheMachine(f"the test tried {what}; only loopback is allowed (fixture socket_guard opts in)")


def install(guard: Guard, patch: pytest.MonkeyPatch) -> None:
    """Put ``guard`` before every socket and look-up of this process, until ``patch`` is undone."""
    _guard_method(guard, patch, "connect", lambda args: args[0])
    _guard_method(guard, patch, "connect_ex", lambda args: args[0])
    _guard_method(guard, patch, "sendto", lambda args: args[-1])
    for name in _LOOKUPS:
        _guard_lookup(guard, patch, name)
    loop_type = asyncio.SelectorEventLoop
    connect = loop_type.sock_connect

    async def sock_connect(loop: Any, sock: socket.socket, address: Any) -> None:
        guard.check_address(sock.family, address)
        await connect(loop, sock, address)

    patch.setattr(loop_type, "sock_connect", sock_connect)


def _guard_method(
    guard: Guard, patch: pytest.MonkeyPatch, name: str, pick: Callable[[tuple[Any, ...]], object]
) -> None:
    original = getattr(socket.socket, name)

    def guarded(sock: socket.socket, *args: Any) -> Any:
        guard.check_address(sock.family, pick(args))
        return original(sock, *args)

    patch.setattr(socket.socket, name, guarded)


def _guard_lookup(guard: Guard, patch: pytest.MonkeyPatch, name: str) -> None:
    original = getattr(socket, name)

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        answers = guard.names.get(str(host))
        if answers is None:
            guard.check_name(host)
            return original(host, *args, **kwargs)
        if name != "getaddrinfo":
            return original(answers[0], *args, **kwargs)
        return [row for answer in answers for row in original(answer, *args, **kwargs)]

    patch.setattr(socket, name, guarded)
