"""One HTTP exchange over a connection that we opened ourselves. The only module that knows httpx.

httpx decodes and httpcore speaks HTTP/1.1; look-up, proxy, TLS and trust are the client's, not httpx's defaults.
"""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpcore
import httpx

from tui.core.ask import AskHttp, Message
from tui.core.probe import body as bodies
from tui.core.probe.channel import Channel
from tui.core.probe.failures import WireError, error_of
from tui.core.probe.stream import EventReader
from tui.core.probe.wire import Trace, Wire, proxy_header
from tui.core.secret import plain
from tui.core.seen import Error, Event, Failure, Hop, HttpSeen, Shape

_BODY_LIMIT = 1 << 20
_HEADER_LIMIT = 100
_SLICE = 1024
"""Bytes that are unpacked at once: they become a thousand times as many at most, and only then can we stop."""


class _Stream(httpcore.AsyncNetworkStream):
    """Our channel, as httpcore wants it. It remembers the first bytes, and whether the peer ended in an orderly way."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.first_bytes = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._channel.recv(max_bytes)
        if len(self.first_bytes) < 256:
            self.first_bytes += data[:256]
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._channel.send(buffer)

    async def aclose(self) -> None:
        self._channel.close()

    def get_extra_info(self, info: str) -> Any:
        return None


def _path(url_path: str, path: str) -> str:
    return (url_path + path) or "/"


class Exchange:
    """A request under way: sends it, reads the answer, and can say at any moment how far it came."""

    def __init__(self, wire: Wire, ask: AskHttp, stream_limit: float) -> None:
        self._wire, self._ask, self._stream_limit = wire, ask, stream_limit
        self.trace = Trace()
        self._events: list[Event] = []
        self._raw = b""
        self._response: httpx.Response | None = None
        self._stream: _Stream | None = None
        self._sent = 0.0
        self._first_byte = 0.0
        self._received_at = 0.0

    async def run(self) -> HttpSeen:
        """Run to the end, or to the failure. Never raises for what the peer does."""
        try:
            await self._exchange()
        except WireError as error:
            return self.seen(error.failure)
        except httpcore.RemoteProtocolError as error:
            return self.seen(self._protocol_failure(error))
        except httpcore.LocalProtocolError:  # its text quotes the header, and that may be the credential
            return self.seen(Failure(Hop.SEND, Error.CRASHED, "a header of the request cannot be sent"))
        except httpx.DecodingError as error:
            return self.seen(Failure(Hop.BODY, Error.BAD_ENCODING, str(error)[:200]))
        except OSError as error:
            return self.seen(Failure(self.trace.hop, error_of(error), str(error)[:200]))
        finally:
            self.trace.close()
        return self.seen(None)

    def seen(self, failure: Failure | None) -> HttpSeen:
        """What was seen so far, with the failure that ended it."""
        response, clean = self._response, self._wire.redactor.clean
        status = response.status_code if response else 0
        content_type = response.headers.get("content-type", "") if response else ""
        text = self._raw.decode("utf-8", "replace")
        read = bodies.read(text, content_type)
        shape = Shape.STREAM if self._events else read.shape
        headers = (
            [(k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in response.headers.raw] if response else []
        )
        return HttpSeen(
            ms=self.trace.ms,
            failure=failure,
            status=status,
            reason=clean(response.extensions.get("reason_phrase", b"").decode("latin-1"), 100) if response else "",
            headers=tuple((clean(k, 100), clean(v, 500)) for k, v in headers[:_HEADER_LIMIT]),
            body=clean(text, 4000),
            shape=shape,
            error_type=clean(self._event_error[0] or read.error_type, 100),
            error_message=clean(self._event_error[1] or read.error_message, 1000),
            title=clean(read.title, 200),
            models=tuple(clean(m, 200) for m in read.models),
            events=tuple(self._events),
            first_byte_ms=max(0.0, self._first_byte - self._sent) * 1000,
            received=len(self._raw),
            skew=self._skew(response),
            tls=self.trace.tls,
            connect=self.trace.connect,
            first_bytes=self._wire.redactor.clean_bytes(self._stream.first_bytes)[:64] if self._stream else b"",
        )

    _event_error: tuple[str, str] = ("", "")

    def _skew(self, response: httpx.Response | None) -> float | None:
        """Local time minus the server's, in seconds, at the moment when the head arrived."""
        if response is None or not response.headers.get("date"):
            return None
        try:
            return self._received_at - email.utils.parsedate_to_datetime(response.headers["date"]).timestamp()
        except (ValueError, TypeError):
            return None

    async def _exchange(self) -> None:
        ask, url = self._ask, self._ask.url
        plain_proxy = ask.via is not None and url.scheme == "http"
        channel = await self._wire.open(url.host, url.port, ask.via, self.trace, ask.mss, tunnel=not plain_proxy)
        if url.scheme == "https":
            channel = await self._wire.secure(channel, url.host, ask.trust, self.trace)
        self._stream = _Stream(channel)
        connection = httpcore.AsyncHTTP11Connection(
            origin=httpcore.Origin(url.scheme.encode(), url.host.encode("idna"), url.port), stream=self._stream
        )
        request = self._request(plain_proxy)
        self.trace.hop = Hop.SEND
        self._sent = time.monotonic()

        async def follow(name: str, info: dict[str, Any]) -> None:
            if name == "http11.receive_response_headers.started":
                self.trace.hop = Hop.HEADERS

        request.extensions["trace"] = follow
        answer = await connection.handle_async_request(request)
        self._first_byte, self._received_at = time.monotonic(), self._wire.world.now()
        self.trace.hop = Hop.BODY
        self._response = httpx.Response(
            answer.status, headers=answer.headers, extensions=answer.extensions, stream=_Body(answer)
        )
        await self._read_body()

    def _request(self, plain_proxy: bool) -> httpcore.Request:
        ask, url = self._ask, self._ask.url
        path = _path(url.path, ask.path)
        content = json.dumps(body_of(ask.message)).encode() if ask.message else b""
        host = url.origin.split("://", 1)[1]
        headers: list[tuple[str, str]] = [
            ("Host", host),
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        headers.append(("Connection", "close"))
        named = {name.lower() for name, _ in ask.headers}
        for credential in ask.credentials:
            if credential.header in named:
                continue  # ANTHROPIC_CUSTOM_HEADERS may replace them (claude-code.md §1.4)
            value = credential.value.reveal()
            headers.append((credential.header, f"Bearer {value}" if credential.header == "authorization" else value))
        headers += [(name, plain(value)) for name, value in ask.headers]
        if content:
            headers += [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
        if plain_proxy and ask.via and (line := proxy_header(ask.via)):
            name, _, value = line.strip().partition(": ")
            headers.append((name, value))
        return httpcore.Request(
            method=ask.method,
            url=httpcore.URL(
                scheme=url.scheme.encode(),
                host=url.host.encode("idna"),
                port=url.port,
                target=path.encode("ascii", "replace"),
            ),
            headers=[(k.encode("ascii"), v.encode("utf-8")) for k, v in headers],
            content=content,
            extensions={"target": f"{url.origin}{path}".encode()} if plain_proxy else {},
        )

    async def _read_body(self) -> None:
        assert self._response is not None
        response = self._response
        streaming = response.headers.get("content-type", "").startswith("text/event-stream")
        reader = EventReader()
        deadline = time.monotonic() + self._stream_limit
        async for chunk in response.aiter_bytes():
            self._raw += chunk
            if streaming:
                now = (time.monotonic() - self._sent) * 1000
                self._events += [Event(now, name) for name in reader.feed(chunk)]
                self._event_error = reader.error
                if reader.stopped or time.monotonic() > deadline:
                    return
            if len(self._raw) > _BODY_LIMIT:
                raise WireError(Failure(Hop.BODY, Error.TOO_LONG, f"more than {_BODY_LIMIT} bytes"))
        if streaming and not reader.stopped and not reader.error[0]:
            raise WireError(Failure(Hop.BODY, Error.CLOSED, "the stream ended before message_stop"))

    def _protocol_failure(self, error: Exception) -> Failure:
        text = str(error)
        if self.trace.hop is Hop.BODY:
            kind = Error.CLOSED if self._events else Error.TRUNCATED
        elif "without sending a response" in text:
            kind = Error.CLOSED
        elif "too long" in text or "too large" in text:
            kind = Error.TOO_LONG
        else:
            kind = Error.NOT_HTTP
        return Failure(self.trace.hop, kind, self._wire.redactor.clean(text, 200))


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            for start in range(0, len(chunk), _SLICE):
                yield chunk[start : start + _SLICE]


def body_of(message: Message) -> dict[str, Any]:
    """The smallest request that has the client's form (claude-code-observed.md §2): content blocks, stream flag."""
    text = "ping" + " " * min(1, message.padding) + "x" * message.padding
    body: dict[str, Any] = {
        "model": message.model,
        "messages": [{"role": "user", "content": [{"type": "text", "text": text}]}],
    }
    if message.max_tokens:
        body["max_tokens"] = message.max_tokens
    if message.stream:
        body["stream"] = True
    return body
