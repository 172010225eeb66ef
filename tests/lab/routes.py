"""Request → answer, for an endpoint that works or lacks one thing. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.lab.answers import rate_headers
from tests.lab.identities import IDENTITIES, Identity, api_error, relay_error, unauthorized
from tests.lab.streams import Stream, anthropic_stream, message, openai_message, openai_stream
from tests.lab.wire import JSON, Answer, Request, nginx_page

KEY = "sk-ant-lab-good"
MODELS = (
    "claude-opus-5-5",
    "claude-sonnet-5-5",
    "claude-haiku-5-5",
    "claude-fable-5-2",
    "claude-opus-4-8",
    "claude-sonnet-5",
    "claude-haiku-4-5-20251001",
)
MODES = frozenset(
    {
        "all-models-missing",  # no model id is known
        "body-limit",  # 413 HTML for bodies above ``limit`` bytes
        "count-404",  # count_tokens has no route
        "drop-auth",  # answers as if no credential had come
        "hello-404",  # /api/hello has no route
        "method405",  # only GET reaches the Messages path
        "model-missing",  # only the last of ``models`` is known
        "models-404",  # /v1/models has no route
        "no-stream-support",  # 400 for stream: true
        "sse-as-json",  # stream: true is ignored
        "strip-ratelimit",  # no rate-limit headers
        "wrong-schema",  # messages in the shape of OpenAI
    }
)
_HELLO = ("/api/hello", "/v1/oauth/hello")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the endpoint is. ``now`` is its clock (seconds since the epoch), ``limit`` the body limit in bytes."""

    identity: str
    mode: str
    key: str
    auth: str
    prefix: str
    models: tuple[str, ...]
    limit: int
    now: float

    @property
    def who(self) -> Identity:
        """The product that answers."""
        return IDENTITIES[self.identity]

    @property
    def offered(self) -> tuple[str, ...]:
        """The model ids that are known."""
        if self.mode == "all-models-missing":
            return ()
        return self.models[-1:] if self.mode == "model-missing" else self.models


def _json(body: object) -> Answer:
    return Answer(200, "OK", JSON, json.dumps(body).encode())


def _rejected(message: str, status: int = 400, reason: str = "Bad Request") -> Answer:
    return Answer(status, reason, JSON, api_error("invalid_request_error", message))


def route(request: Request, end: Endpoint) -> Answer | Stream:
    """Answer ``request``; a Stream where the client asked for one."""
    path = request.path
    if end.mode == "body-limit" and len(request.body) > end.limit:
        big = nginx_page(413, "Request Entity Too Large")
        return Answer(413, "Request Entity Too Large", "text/html", big, (), (("server", "nginx/1.25.5"),))
    if end.prefix:
        if not path.startswith(end.prefix + "/"):
            return end.who.lost
        path = path.removeprefix(end.prefix)
    if path in _HELLO:
        known = end.identity in ("anthropic", "plain") and end.mode != "hello-404"
        return _json({"message": "hello"}) if known else end.who.lost
    if request.method == "HEAD":
        return Answer(200, "OK", JSON, b"")
    if path not in ("/v1/messages", "/v1/messages/count_tokens", "/v1/models") and not path.startswith("/v1/models/"):
        return end.who.lost
    return _refusal(request, end) or _served(path, request, end)


def _refusal(request: Request, end: Endpoint) -> Answer | None:
    """The answer to a missing or wrong credential or version header; None when both are right."""
    key = request.headers.get("x-api-key")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = token if scheme.lower() == "bearer" else None
    if end.mode == "drop-auth":
        key = bearer = None
    accepted = (end.auth != "bearer" and key == end.key) or (end.auth != "x-api-key" and bearer == end.key)
    if not accepted:
        if end.who.refusal is not None:
            return end.who.refusal
        if key is None and bearer is None:
            text = "x-api-key header is required"
        else:
            text = "invalid x-api-key" if key is not None else "Invalid bearer token"
        return unauthorized(api_error("authentication_error", text), ("x-should-retry", "false"))
    if end.identity == "anthropic" and "anthropic-version" not in request.headers:
        return _rejected("anthropic-version: header is required")
    return None


def _served(path: str, request: Request, end: Endpoint) -> Answer | Stream:
    if path.startswith("/v1/models"):
        return _models(path, end)
    allowed = "GET" if end.mode == "method405" else "POST"
    if request.method != allowed:
        return _rejected("Method Not Allowed", 405, "Method Not Allowed").plus(("allow", allowed))
    if path.endswith("/count_tokens"):
        return end.who.lost if end.mode == "count-404" else _json({"input_tokens": 9})
    try:
        body = json.loads(request.body)
    except ValueError:
        return _rejected("The request body is not valid JSON")
    if not isinstance(body, dict):
        return _rejected("The request body is not a JSON object")
    return _message(body, end)


def _models(path: str, end: Endpoint) -> Answer:
    if end.mode == "models-404":
        return end.who.lost
    rows = [
        {"type": "model", "id": id_, "display_name": id_, "created_at": "2026-01-01T00:00:00Z"} for id_ in end.offered
    ]
    wanted = path.removeprefix("/v1/models").strip("/")
    if wanted:
        row = next((row for row in rows if row["id"] == wanted), None)
        return _json(row) if row else _unknown_model(wanted, end)
    first, last = (rows[0]["id"], rows[-1]["id"]) if rows else (None, None)
    return _json({"data": rows, "has_more": False, "first_id": first, "last_id": last})


def _unknown_model(model: str, end: Endpoint) -> Answer:
    if end.identity == "litellm":
        text = (
            f"/messages: Invalid model name passed in model={model}. "
            "Call `/v1/models` to view available models for your key."
        )
        error = {"error": {"message": text, "type": "None", "param": "None", "code": "400"}}
        return Answer(400, "Bad Request", JSON, json.dumps(error).encode())
    if end.identity in ("oneapi", "newapi"):
        text = f"当前分组 default 下对于模型 {model} 无可用渠道"
        return Answer(503, "Service Unavailable", JSON, relay_error(text, "new_api_error", "model_not_found"))
    return Answer(404, "Not Found", JSON, api_error("not_found_error", f"model: {model}"))


def _message(body: dict[str, object], end: Endpoint) -> Answer | Stream:
    model, streamed = str(body.get("model", "")), bool(body.get("stream"))
    allowance = body.get("max_tokens")
    if model not in end.offered:
        return _unknown_model(model, end)
    if not isinstance(allowance, int) or allowance < 1:
        return _rejected("max_tokens: Field required")
    if streamed and end.mode == "no-stream-support":
        return _rejected("stream: streaming is not supported by this gateway")
    if streamed and end.mode != "sse-as-json":
        return openai_stream(model) if end.mode == "wrong-schema" else anthropic_stream(model, allowance)
    answer = _json(openai_message(model) if end.mode == "wrong-schema" else message(model))
    return answer.plus(*limits(end))


def limits(end: Endpoint) -> tuple[tuple[str, str], ...]:
    """The rate-limit headers of a good answer."""
    return rate_headers(end.now) if end.identity == "anthropic" and end.mode != "strip-ratelimit" else ()
