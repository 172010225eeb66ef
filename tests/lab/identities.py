"""Who answers: what each product puts on its answers, says to an unknown path and says to a wrong key."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.lab.wire import HTML, JSON, Answer, Pairs, nginx_page, page

REQUEST_ID = "req_011LabLabLabLabLabLabLab"
ONEAPI_ID = "2026112211040012345678"

CLOUDFLARE: Pairs = (
    ("server", "cloudflare"),
    ("cf-ray", "9a1b2c3d4e5f6071-FRA"),
    ("cf-cache-status", "DYNAMIC"),
)
ANTHROPIC: Pairs = (
    ("request-id", REQUEST_ID),
    ("anthropic-organization-id", "00000000-0000-4000-8000-00000000lab0"),
    ("via", "1.1 google"),
    ("x-robots-tag", "none"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
)


def api_error(kind: str, message: str) -> bytes:
    """An error body of the Anthropic API."""
    return json.dumps({"type": "error", "error": {"type": kind, "message": message}, "request_id": REQUEST_ID}).encode()


def relay_error(message: str, kind: str, code: str = "") -> bytes:
    """An error body of new-api and one-api."""
    text = f"{message} (request id: {ONEAPI_ID})"
    return json.dumps(
        {"error": {"message": text, "type": kind, "param": "", "code": code}}, ensure_ascii=False
    ).encode()


def unauthorized(body: bytes, *headers: tuple[str, str], kind: str = JSON) -> Answer:
    """A 401."""
    return Answer(401, "Unauthorized", kind, body, headers)


@dataclass(frozen=True, slots=True)
class Identity:
    """``lost`` answers an unknown path; ``refusal`` a missing or wrong key, None meaning as the Anthropic API does."""

    headers: Pairs
    lost: Answer
    refusal: Answer | None = None


def _lost(body: bytes, kind: str = JSON) -> Answer:
    return Answer(404, "Not Found", kind, body)


_NOT_FOUND = _lost(api_error("not_found_error", "Not found"))
_NO_URL = _lost(
    b'{"error":{"message":"Invalid URL (POST /v1/messages)","type":"invalid_request_error","param":"","code":""}}'
)
_LITELLM_401 = {
    "message": "Authentication Error, Invalid proxy server token passed. Unable to find token in cache or "
    "`LiteLLM_VerificationTokenTable`",
    "type": "token_not_found_in_db",
    "param": "key",
    "code": "401",
}
_APIM_401 = (
    b'{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include '
    b'subscription key when making requests to an API." }'
)
_APIM_WANTS = 'AzureApiManagementKey realm="https://apim.example/",name="Ocp-Apim-Subscription-Key",type="header"'
_APIGEE_404 = (
    b'{"fault":{"faultstring":"Unable to identify proxy for host: default and url: \\/v1\\/messages",'
    b'"detail":{"errorcode":"messaging.adaptors.http.flow.ApplicationNotFound"}}}'
)
_APIGEE_401 = (
    b'{"fault":{"faultstring":"Failed to resolve API Key variable request.header.x-apikey",'
    b'"detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}'
)
_CFAIG = (
    b'{"success":false,"result":[],"messages":[],"error":[{"code":2001,'
    b'"message":"Please configure AI Gateway in the Cloudflare dashboard"}]}'
)
_OPENROUTER_401 = b'{"error":{"message":"No auth credentials found","code":401}}'

IDENTITIES: dict[str, Identity] = {
    "anthropic": Identity(CLOUDFLARE + ANTHROPIC, _NOT_FOUND),
    "plain": Identity((), _NOT_FOUND),
    "litellm": Identity(
        (
            ("x-litellm-call-id", "2f3a-lab"),
            ("x-litellm-version", "1.106.2"),
            ("x-litellm-model-group", "claude-sonnet-5"),
        ),
        _lost(b'{"detail":"Not Found"}'),
        unauthorized(json.dumps({"error": _LITELLM_401}).encode()),
    ),
    "newapi": Identity(
        (("x-oneapi-request-id", ONEAPI_ID), ("x-new-api-version", "v0.9.0")),
        _NO_URL,
        unauthorized(relay_error("无效的令牌", "new_api_error")),
    ),
    "oneapi": Identity(
        (("x-oneapi-request-id", ONEAPI_ID),),
        _NO_URL,
        unauthorized(relay_error("无效的令牌", "one_api_error")),
    ),
    "openrouter": Identity(
        (*CLOUDFLARE, ("x-generation-id", "gen-lab"), ("access-control-allow-origin", "*")),
        _lost(page("Not Found | OpenRouter", ""), HTML),
        unauthorized(_OPENROUTER_401),
    ),
    "cfaig": Identity(
        (*CLOUDFLARE, ("cf-aig-cache-status", "MISS"), ("cf-aig-log-id", "01LAB"), ("cf-aig-step", "0")),
        _lost(_CFAIG),
    ),
    "kong": Identity(
        (("server", "kong/3.9.0"), ("x-kong-response-latency", "1"), ("x-kong-request-id", "lab0lab0")),
        _lost(b'{"message":"no Route matched with those values","request_id":"lab0lab0"}'),
        unauthorized(b'{"message":"No API key found in request","request_id":"lab0lab0"}', ("www-authenticate", "Key")),
    ),
    "envoy": Identity((("server", "envoy"), ("x-envoy-upstream-service-time", "7")), _lost(b"", "text/plain")),
    "nginx": Identity((("server", "nginx/1.25.5"),), _lost(nginx_page(404, "Not Found"), "text/html")),
    "caddy": Identity((("server", "Caddy"),), Answer(200, "OK", "text/plain", b"")),  # no route is an empty 200
    "apigee": Identity((("x-request-id", "lab"),), _lost(_APIGEE_404), unauthorized(_APIGEE_401)),
    "apim": Identity(
        (("request-context", "appId=cid-v1:lab"), ("x-ms-request-id", "lab")),
        _lost(b'{ "statusCode": 404, "message": "Resource not found" }'),
        unauthorized(_APIM_401, ("www-authenticate", _APIM_WANTS)),
    ),
    "awsalb": Identity(
        (("server", "awselb/2.0"),),
        _lost(nginx_page(404, "Not Found").replace(b"<hr><center>nginx/1.25.5</center>\r\n", b""), "text/html"),
    ),
    "bedrock": Identity(
        (("x-amzn-requestid", "lab-lab"), ("x-amzn-errortype", "UnknownOperationException")),
        _lost(b'{"message":"Missing Authentication Token"}'),
    ),
    "ollama": Identity((), _lost(b"404 page not found", "text/plain")),
}
