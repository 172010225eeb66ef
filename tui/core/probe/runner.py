"""Puts a question to the world, within its time limit. Whatever happens is an observation."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace

from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskNameserver, AskSocks, AskTcp, AskTls
from tui.core.probe import lookup
from tui.core.probe.failures import WireError, error_of, lookup_error
from tui.core.probe.wire import Trace, Wire, proxy_header
from tui.core.seen import (
    ConnectSeen,
    DnsSeen,
    Error,
    Failure,
    Hop,
    NameserverSeen,
    Observation,
    SocksSeen,
    TcpSeen,
    TlsSeen,
)


async def put(ask: Ask[Observation], wire: Wire) -> Observation:
    """Answer one question. ``wire.limit`` seconds bound it; a stream may take half as long again."""
    match ask:
        case AskDns():
            return await _dns(ask, wire)
        case AskNameserver():
            return await _nameserver(ask, wire)
        case AskTcp():
            return await _tcp(ask, wire)
        case AskConnect():
            return await _connect(ask, wire)
        case AskSocks():
            return await _socks(ask, wire)
        case AskTls():
            return await _tls(ask, wire)
        case AskHttp():
            return await _http(ask, wire)
    raise TypeError(f"no probe answers {type(ask).__name__}")


async def _dns(ask: AskDns, wire: Wire) -> DnsSeen:
    start = time.monotonic()
    try:
        async with asyncio.timeout(wire.limit):
            return await lookup.resolve(wire.world, wire.network, ask.host)
    except TimeoutError:
        return DnsSeen((time.monotonic() - start) * 1000, error=Error.TIMEOUT)


async def _nameserver(ask: AskNameserver, wire: Wire) -> NameserverSeen:
    limit = min(2.0, wire.limit)
    try:
        async with asyncio.timeout(limit + 0.5):
            return await lookup.ask_nameserver(wire.world, ask.host, limit)
    except TimeoutError:
        return NameserverSeen(limit * 1000, "silent")


async def _tcp(ask: AskTcp, wire: Wire) -> TcpSeen:
    start = time.monotonic()
    try:
        async with asyncio.timeout(wire.limit):
            addresses = await wire.network.resolve(ask.host, ask.port)
    except TimeoutError:
        return TcpSeen((time.monotonic() - start) * 1000, dns_error=Error.TIMEOUT)
    except socket.gaierror as error:
        return TcpSeen((time.monotonic() - start) * 1000, dns_error=lookup_error(error))
    results = await asyncio.gather(*(wire.network.attempt(a, ask.mss, wire.limit) for a in addresses))
    for _, channel in results:
        if channel:
            channel.close()
    return TcpSeen((time.monotonic() - start) * 1000, tuple(attempt for attempt, _ in results))


async def _connect(ask: AskConnect, wire: Wire) -> ConnectSeen:
    trace = Trace()
    try:
        async with asyncio.timeout(wire.limit):
            channel = await wire.open(ask.host, ask.port, ask.proxy, trace, tunnel=not ask.absolute)
            if ask.absolute:
                trace.hop = Hop.CONNECT
                head = f"GET https://{ask.host}/api/hello HTTP/1.1\r\nHost: {ask.host}\r\n{proxy_header(ask.proxy)}\r\n"
                return await wire.exchange(channel, head, ask.proxy, trace)
    except TimeoutError:
        return ConnectSeen(trace.ms, Failure(trace.hop, Error.TIMEOUT))
    except WireError as error:
        if trace.connect is not None:
            return trace.connect
        return ConnectSeen(trace.ms, error.failure)
    finally:
        trace.close()
    assert trace.connect is not None
    return trace.connect


async def _socks(ask: AskSocks, wire: Wire) -> SocksSeen:
    """Greet with "no authentication" (RFC 1928 §3); a SOCKS server answers with two bytes, the first of them 5."""
    trace = Trace()
    answer = b""
    try:
        async with asyncio.timeout(min(2.0, wire.limit)):
            channel = await wire.open(ask.host, ask.port, None, trace)
            await channel.send(b"\x05\x01\x00")
            answer = await channel.recv(2)
    except (TimeoutError, WireError, OSError):
        pass  # an answer that does not come is an answer: this is not SOCKS
    finally:
        trace.close()
    speaks = len(answer) == 2 and answer[0] == 5
    return SocksSeen(trace.ms, speaks, answer[1] if speaks else None)


async def _tls(ask: AskTls, wire: Wire) -> TlsSeen:
    """Verify as the client does; where that fails for the certificate's sake, look again without verifying."""
    seen = TlsSeen(0.0)
    for trust in wire.trust.opinions(ask.trust):
        seen = await _handshake(replace(ask, trust=trust), wire)
        if seen.failure is None or seen.failure.error is not Error.VERIFY or seen.verify_code not in (2, 18, 19, 20):
            break
    if ask.trust.verify and seen.failure and seen.failure.error is Error.VERIFY:
        photo = await _handshake(replace(ask, trust=replace(ask.trust, verify=False)), wire)
        seen = replace(seen, chain=photo.chain)
    return seen


async def _handshake(ask: AskTls, wire: Wire) -> TlsSeen:
    trace = Trace()
    try:
        async with asyncio.timeout(wire.limit):
            channel = await wire.open(ask.host, ask.port, ask.via, trace, ask.mss)
            await wire.secure(channel, ask.sni or ask.host, ask.trust, trace, newest=ask.newest)
    except TimeoutError:
        return TlsSeen(trace.ms, Failure(trace.hop, Error.TIMEOUT), connect=trace.connect)
    except WireError as error:
        return trace.tls or TlsSeen(trace.ms, error.failure, connect=trace.connect)
    except OSError as error:
        return TlsSeen(trace.ms, Failure(trace.hop, error_of(error), str(error)), connect=trace.connect)
    finally:
        trace.close()
    assert trace.tls is not None
    return trace.tls


async def _http(ask: AskHttp, wire: Wire) -> Observation:
    from tui.core.probe.http import Exchange

    streaming = bool(ask.message and ask.message.stream)
    limit = wire.limit * 1.5 if streaming else wire.limit
    last = None
    for trust in wire.trust.opinions(ask.trust) if ask.url.scheme == "https" else (ask.trust,):
        exchange = Exchange(wire, replace(ask, trust=trust), stream_limit=wire.limit)
        try:
            async with asyncio.timeout(limit):
                last = await exchange.run()
        except TimeoutError:
            return exchange.seen(Failure(exchange.trace.hop, Error.TIMEOUT))
        if not (last.failure and last.failure.error is Error.VERIFY):
            break
    assert last is not None
    return last
