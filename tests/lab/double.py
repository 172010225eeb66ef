"""An Anthropic-shaped API on loopback that can break in precisely one way at a time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Sequence
from email.utils import formatdate

from tests.lab import mischief, routes, streams
from tests.lab.answers import TIMED, WHOLE, limited
from tests.lab.identities import IDENTITIES
from tests.lab.routes import KEY, MODELS, Endpoint
from tests.lab.server import LOOPBACK, Reader, Server, Writer
from tests.lab.streams import Stream
from tests.lab.wire import Answer, NotHttp, Pairs, Request, head, nginx_page, read_request

_REDIRECTS = ("redirect-loop", "redirect-https")
_ESCAPES = {"terminal-escapes": mischief.escapes, "raw-escapes": mischief.raw_escapes}

MODES: frozenset[str] = frozenset(
    {"ok", *WHOLE, *TIMED, *_REDIRECTS, *_ESCAPES, *routes.MODES, *streams.MODES, *mischief.CONNECTION, *mischief.BODY}
)
"""Every way in which the double can answer."""


class ApiDouble(Server):
    """The API, or a gateway in front of it.

    ``mode`` is one of MODES and reaches the paths that start with one of the prefixes in ``only`` (comma-separated;
    empty: all paths), for the first ``times`` requests that it reaches (None: all). ``identity`` is one of IDENTITIES.
    ``auth`` is any, x-api-key or bearer. ``prefix`` is the path below which the API lives. ``skew`` moves the clock of
    the server (seconds). ``delay`` replaces the patience of slow modes, ``pace`` is the pause between events (seconds).
    ``limit`` is the body limit of mode body-limit (bytes). ``mode`` may be changed while the server runs.
    """

    def __init__(
        self,
        mode: str = "ok",
        identity: str = "anthropic",
        key: str = KEY,
        auth: str = "any",
        prefix: str = "",
        tls: ssl.SSLContext | None = None,
        skew: float = 0,
        only: str = "",
        *,
        times: int | None = None,
        delay: float | None = None,
        pace: float = 0.005,
        limit: int = 8192,
        models: Sequence[str] = MODELS,
    ) -> None:
        super().__init__(tls)
        for value, known in ((mode, MODES), (identity, IDENTITIES), (auth, ("any", "x-api-key", "bearer"))):
            if value not in known:
                raise ValueError(f"the double knows no {value!r}; it knows {', '.join(sorted(known))}")
        self.mode, self.identity, self.key, self.auth = mode, identity, key, auth
        self.prefix, self.skew, self.only, self.times = prefix.rstrip("/"), skew, only, times
        self.delay, self.pace, self.limit, self.models = delay, pace, limit, tuple(models)
        self.requests: list[Request] = []
        self.strangers: list[bytes] = []
        """First bytes of connections that did not speak HTTP."""

    @property
    def url(self) -> str:
        """The base URL, with the prefix, without a final slash."""
        return f"{'https' if self.tls else 'http'}://{LOOPBACK}:{self.port}{self.prefix}"

    def asked(self, path: str, method: str = "") -> list[Request]:
        """The requests for ``path`` (without query), of any or of one method."""
        return [r for r in self.requests if r.path == path and method in ("", r.method)]

    async def talk(self, reader: Reader, writer: Writer) -> None:
        while True:
            try:
                request = await read_request(reader)
            except NotHttp as stranger:
                self.strangers.append(stranger.first + await reader.read(4096))
                body = nginx_page(400, "Bad Request")
                fields = (("server", "nginx/1.25.5"), ("content-type", "text/html"), ("content-length", str(len(body))))
                writer.write(head(400, "Bad Request", fields) + body)
                return
            if request is None:
                return
            self.requests.append(request)
            again = await self._reply(request, writer)
            await writer.drain()
            if not again or request.headers.get("connection", "").lower() == "close":
                return

    def _effective(self, request: Request) -> str:
        """The mode that reaches this request."""
        if self.mode == "ok" or self.times == 0:
            return "ok"
        if self.only and not any(request.path.startswith(prefix) for prefix in self.only.split(",")):
            return "ok"
        if self.times is not None:
            self.times -= 1
        return self.mode

    async def _reply(self, request: Request, writer: Writer) -> bool:
        mode, now = self._effective(request), time.time() + self.skew
        delay = self.delay if self.delay is not None else mischief.DELAYS.get(mode, 0.0)
        end = Endpoint(self.identity, mode, self.key, self.auth, self.prefix, self.models, self.limit, now)
        answer = self._whole(mode, request, now) or routes.route(request, end)
        if isinstance(answer, Stream):
            if mode not in mischief.CONNECTION:
                return await self._stream(writer, answer, end, delay)
            answer = Answer(200, "OK", "text/event-stream; charset=utf-8", b"".join(answer.events))
        fields = self._fields(answer, now)
        damage = mischief.CONNECTION.get(mode)
        if damage is None and answer.status == 200 and answer.body:
            damage = mischief.BODY.get(mode)
        if damage is not None:
            return await damage(writer, answer, fields, delay)
        body = b"" if request.method == "HEAD" else answer.body
        writer.write(head(answer.status, answer.reason, (*fields, ("content-length", str(len(answer.body))))) + body)
        return True

    def _whole(self, mode: str, request: Request, now: float) -> Answer | None:
        if mode in TIMED:
            return limited(mode, now)
        if mode in _REDIRECTS:
            return mischief.redirect(mode, request.target, request.headers.get("host", self.address))
        return _ESCAPES[mode]() if mode in _ESCAPES else WHOLE.get(mode)

    def _fields(self, answer: Answer, now: float) -> Pairs:
        who = IDENTITIES[self.identity].headers if answer.by is None else answer.by
        date = ("date", formatdate(now, usegmt=True))
        return (date, ("content-type", answer.type), ("connection", "keep-alive"), *who, *answer.headers)

    async def _stream(self, writer: Writer, stream: Stream, end: Endpoint, delay: float) -> bool:
        packed = (("content-encoding", "gzip"),) if end.mode == "sse-gzip-cut" else ()
        more = (("cache-control", "no-cache"), *packed, *routes.limits(end), ("transfer-encoding", "chunked"))
        opening = Answer(200, "OK", "text/event-stream; charset=utf-8", b"", more)
        start = head(200, "OK", self._fields(opening, end.now))
        mode = end.mode if end.mode in streams.MODES else "ok"
        return await streams.send(writer, start, stream, mode, self.pace, delay)
