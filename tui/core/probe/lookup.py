"""Names: what the system answers, what its hosts file says, and what the name server itself says."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path

from tui.core.probe.failures import lookup_error
from tui.core.probe.network import Network
from tui.core.seen import DnsSeen, NameserverSeen
from tui.core.url import is_address
from tui.core.world import World


def hosts_file(world: World) -> Path:
    """The hosts file of this system."""
    if world.platform == "win32":
        return Path(world.environ.get("SystemRoot", r"C:\Windows"), "System32", "drivers", "etc", "hosts")
    return world.system("etc/hosts")


def hosts_entry(world: World, host: str) -> tuple[int | None, tuple[str, ...]]:
    """The first line of the hosts file that names ``host``, and all addresses that it gives."""
    try:
        lines = hosts_file(world).read_text("utf-8", "replace").splitlines()
    except OSError:
        return None, ()
    first, addresses = None, []
    for number, line in enumerate(lines, 1):
        words = line.split("#")[0].split()
        if host.lower() in (w.lower() for w in words[1:]):
            first = first or number
            addresses.append(words[0])
    return first, tuple(addresses)


async def resolve(world: World, network: Network, host: str) -> DnsSeen:
    """Resolve as every program does, and say whether the hosts file decided."""
    start = time.monotonic()
    line, listed = (None, ()) if is_address(host) else hosts_entry(world, host)
    try:
        found = await network.resolve(host, 443)
    except socket.gaierror as error:
        return DnsSeen((time.monotonic() - start) * 1000, error=lookup_error(error))
    addresses = tuple(dict.fromkeys(str(address[1][0]) for address in found))
    decided = line if set(addresses) & set(listed) else None
    return DnsSeen(
        ms=(time.monotonic() - start) * 1000,
        addresses=addresses,
        hosts_line=decided,
        hosts_file=world.shown(hosts_file(world)) if decided else "",
        hosts_addresses=listed if decided else (),
        detoured=network.detour(host, 443)[0] != host,
    )


def nameservers(world: World) -> list[str]:
    """The configured name servers (``resolv.conf``; elsewhere none is known)."""
    try:
        lines = world.system("etc/resolv.conf").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [words[1] for words in (line.split() for line in lines) if len(words) > 1 and words[0] == "nameserver"]


async def ask_nameserver(world: World, host: str, limit: float) -> NameserverSeen:
    """Put the question to the first name server and report its rcode, or that none comes."""
    start = time.monotonic()
    servers = nameservers(world)
    try:
        import dns.exception
        import dns.message
        import dns.query
        import dns.rcode
        import dns.rdatatype
    except ImportError:
        servers = []
    if not servers:
        return NameserverSeen(0.0, "unavailable")
    try:
        question = dns.message.make_query(host, dns.rdatatype.A)
        answer = await asyncio.to_thread(dns.query.udp, question, servers[0], limit)
    except dns.exception.Timeout:
        return NameserverSeen((time.monotonic() - start) * 1000, "silent", servers[0])
    except (OSError, dns.exception.DNSException, ValueError) as error:
        refused = isinstance(error, ConnectionRefusedError)
        return NameserverSeen((time.monotonic() - start) * 1000, "unreachable" if refused else "silent", servers[0])
    records = [str(item) for rrset in answer.answer for item in rrset if rrset.rdtype == dns.rdatatype.A]
    return NameserverSeen(
        (time.monotonic() - start) * 1000, dns.rcode.to_text(answer.rcode()), servers[0], tuple(records)
    )
