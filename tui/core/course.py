"""The course of a check: which question comes next when nothing is wrong, and the questions themselves (pure).

first hop ─ dns ─ tcp ─┬─ proxy tunnel ─┬─ tls ─┬─ hello
                       └────────────────┘       └─ models ─ message ─┬─ stream
first-run check, both hosts, beside it                               └─ size
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.core.ask import Ask, AskConnect, AskDns, AskHttp, AskTcp, AskTls, Message, Stage
from tui.core.facts import Facts
from tui.core.model import Client, ClientName, Credential, Proxy, Target, Trust
from tui.core.secret import Secret
from tui.core.seen import HttpSeen, Observation, Shape
from tui.core.survey import proxies
from tui.core.url import Url, is_address, parse

SIZE = 20_000
"""Bytes of padding in the one request that asks whether size matters; Claude Code's own first request has 48 kB."""
STREAM_TOKENS = 64


def usable(target: Target) -> bool:
    """True if the client would send anything to the base URL at all."""
    socks = target.proxy is not None and target.proxy.scheme.startswith("socks")
    return target.url is not None and not target.proxy_problem and not target.provider and not socks


def url_of(target: Target) -> Url:
    """The base URL of a usable target."""
    assert target.url is not None
    return target.url


def first_hop(target: Target) -> tuple[str, int]:
    """The host and port to which the client really connects: the proxy's, or the endpoint's."""
    url = url_of(target)
    return (target.proxy.host, target.proxy.port) if target.proxy else (url.host, url.port)


def dns(target: Target) -> AskDns:
    """The look-up of the first hop."""
    return AskDns(first_hop(target)[0])


def tcp(target: Target) -> AskTcp:
    """The connection to the first hop."""
    return AskTcp(*first_hop(target))


def connect(target: Target) -> AskConnect | None:
    """The tunnel, where there is a proxy and the endpoint speaks TLS."""
    url = url_of(target)
    return AskConnect(target.proxy, url.host, url.port) if target.proxy and url.scheme == "https" else None


def tls(target: Target, trust: Trust | None = None) -> AskTls:
    """The handshake with the endpoint."""
    url = url_of(target)
    return AskTls(url.host, url.port, target.proxy, target.trust if trust is None else trust)


def hello(target: Target, url: Url | None = None, via: Proxy | None = None, *, detour: bool = False) -> AskHttp:
    """A request without credentials. With ``detour`` it goes by ``via`` (None: directly), not the client's way."""
    where = via if detour else target.proxy
    return AskHttp("GET", url or url_of(target), "/api/hello", where, target.trust, headers=agent(target))


def agent(target: Target) -> tuple[tuple[str, str | Secret], ...]:
    """The User-Agent of the client: some gateways and edges answer others differently."""
    version = target.client.version
    text = {
        ClientName.CLAUDE_CODE: f"claude-cli/{version} (external, cli)",
        ClientName.PYTHON_SDK: f"Anthropic/Python {version}",
        ClientName.TYPESCRIPT_SDK: f"Anthropic/JS {version}",
    }[target.client.name]
    return (("user-agent", text),)


def api_headers(target: Target, betas: tuple[str, ...] | None = None) -> tuple[tuple[str, str | Secret], ...]:
    """Version, betas and custom headers, as the client sends them."""
    own = target.betas if betas is None else betas
    named = [str(value) for name, value in target.headers if name == "anthropic-beta" and not isinstance(value, Secret)]
    joined = ",".join([*own, *named])
    rest = tuple((n, v) for n, v in target.headers if n != "anthropic-beta" or isinstance(v, Secret))
    custom = {n for n, _ in rest}
    base = (*agent(target), ("anthropic-version", target.api_version))
    beta = (("anthropic-beta", joined),) if joined else ()
    return tuple((n, v) for n, v in (*base, *beta) if n not in custom) + rest


def models(target: Target, url: Url | None = None, credentials: tuple[Credential, ...] | None = None) -> AskHttp:
    """The list of models: free, and it needs a valid credential."""
    sent = target.credentials if credentials is None else credentials
    return AskHttp(
        "GET",
        url or url_of(target),
        "/v1/models?limit=1000",
        target.proxy,
        target.trust,
        sent,
        api_headers(target, ()),
        purpose=Stage.AUTH,
    )


def message(target: Target, body: Message, url: Url | None = None, betas: tuple[str, ...] | None = None) -> AskHttp:
    """A real request in the client's form."""
    claude = target.client.name is ClientName.CLAUDE_CODE
    return AskHttp(
        "POST",
        url or url_of(target),
        "/v1/messages?beta=true" if claude else "/v1/messages",
        target.proxy,
        target.trust,
        target.credentials,
        api_headers(target, betas),
        body,
        purpose=Stage.STREAM if body.stream else Stage.MESSAGE,
    )


def size(target: Target, model: str, mss: int = 0) -> AskHttp:
    """A padded request to the token counter, which costs nothing."""
    path = "/v1/messages/count_tokens"
    ask = replace(message(target, Message(model, padding=SIZE, max_tokens=0)), path=path, purpose=Stage.MODEL)
    return replace(ask, mss=mss) if mss else ask


def first_run_pages(client: Client) -> tuple[tuple[Url, str], ...]:
    """The two addresses of the first-run check; the host of the second one changed with 2.1 (measured)."""
    second = "platform.claude.com" if client.release >= (2, 1) else "console.anthropic.com"
    return (parse("https://api.anthropic.com"), "/api/hello"), (parse(f"https://{second}"), "/v1/oauth/hello")


def first_run(facts: Facts) -> list[AskHttp]:
    """The two requests of Claude Code's first-run check, by the proxy that it would use for each (no credential)."""
    found = []
    for url, path in first_run_pages(facts.client):
        choice = proxies.choose(facts.client, url, facts.resolutions)
        if not choice.problem:
            found.append(
                AskHttp(
                    "GET",
                    url,
                    path,
                    choice.proxy,
                    facts.target.trust,
                    headers=agent(facts.target),
                    purpose=Stage.ONBOARDING,
                )
            )
    return found


def model_of(facts: Facts) -> str:
    """The model to try: the configured one, else the client's default if it is listed, else the first listed."""
    if facts.target.models:
        return facts.target.models[0][0]
    seen = facts.seen(models(facts.target))
    listed = seen.models if seen else ()
    default = facts.known.default_model
    return default if not listed or default in listed else listed[0]


def the_message(facts: Facts) -> AskHttp:
    """The first real message of this run."""
    return message(facts.target, Message(model_of(facts)))


def the_stream(facts: Facts) -> AskHttp:
    """The one stream of this run."""
    return message(facts.target, Message(model_of(facts), stream=True, max_tokens=STREAM_TOKENS))


def the_size(facts: Facts) -> AskHttp:
    """The one padded request of this run."""
    return size(facts.target, model_of(facts))


def following(facts: Facts) -> Iterator[Ask[Observation]]:
    """Yield the questions that may be put now."""
    target = facts.target
    if facts.offline:
        return
    if target.onboarding and usable(target):
        yield from first_run(facts)
    if not usable(target):
        return
    if not is_address(first_hop(target)[0]):
        yield dns(target)
        looked_up = facts.seen(dns(target))
        if looked_up is None or looked_up.error:
            return
    yield tcp(target)
    connected = facts.seen(tcp(target))
    if connected is None or not connected.ok:
        return
    tunnel = connect(target)
    if tunnel is not None:
        yield tunnel
        opened = facts.seen(tunnel)
        if opened is None or not opened.ok:
            return
    if url_of(target).scheme == "https":
        yield tls(target)
        shaken = facts.seen(tls(target))
        if shaken is None or not shaken.ok:
            return
    yield hello(target)
    if target.credentials:
        yield models(target)
        yield from _after_models(facts)


def _after_models(facts: Facts) -> Iterator[Ask[Observation]]:
    listed = facts.seen(models(facts.target))
    greeted = facts.seen(hello(facts.target))
    if listed is None or greeted is None or not worth_a_message(listed, greeted):
        return
    if not facts.consent:
        if listed.status == 200:
            yield the_size(facts)
        return
    first = the_message(facts)
    yield first
    answer = facts.seen(first)
    if answer is not None and answer.status == 200 and answer.failure is None and answer.shape is Shape.MESSAGE:
        yield the_stream(facts)
        yield the_size(facts)


def worth_a_message(listed: HttpSeen, greeted: HttpSeen) -> bool:
    """True if a message may still tell more than the list of models did."""
    if not listed.answered:
        return greeted.answered and greeted.status < 400
    return listed.status not in (401, 403, 407, 429) and not 300 <= listed.status < 400 and listed.status < 500
