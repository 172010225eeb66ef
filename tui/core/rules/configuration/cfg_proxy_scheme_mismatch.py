"""The proxy URL says https:// but the proxy speaks plain HTTP, or the reverse.

## What it means
The scheme of a proxy URL says how the client talks to the proxy itself, not which sites it reaches. Nearly every proxy
wants http:// there.

## Why we believe it
Talking to the proxy as configured fails; the other scheme is answered at once.

## How to fix
Write the other scheme.

## Fix safety
Safe: same proxy, same port, and it was tried.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.ask import AskConnect, AskTls
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Error, Hop

CODE = "cfg-proxy-scheme-mismatch"
EXPLAINS = {"proxy-timeout", "proxy-closes", "proxy-not-a-proxy", "tls-not-tls", "cfg-proxy-stale"}


def check(facts: Facts) -> Judgement:
    way, proxy, setting = Way(facts), facts.target.proxy, facts.target.proxy_setting
    if not way.usable or proxy is None or setting is None or way.connect is None or way.connect.failure is None:
        return
    failure, url = way.connect.failure, way.url
    other = "http" if proxy.scheme == "https" else "https"
    if proxy.scheme == "https" and failure.hop is Hop.PROXY_TLS:
        ask = AskConnect(replace(proxy, scheme="http"), url.host, url.port)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
            return
        if not seen.status:
            return
        proof = Evidence("Plain HTTP on the same port is answered", f"CONNECT {seen.status}")
    elif (
        proxy.scheme == "http"
        and failure.hop is Hop.CONNECT
        and failure.error in (Error.CLOSED, Error.NOT_HTTP, Error.RESET)
    ):
        shake = AskTls(proxy.host, proxy.port, None, facts.target.trust)
        shaken = facts.seen(shake)
        if shaken is None:
            yield shake
            return
        if not (shaken.ok or (shaken.failure and shaken.failure.error is Error.VERIFY)):
            return
        proof = Evidence("The proxy's port speaks TLS", shaken.version or "a certificate was presented")
    else:
        return
    text = setting.text.strip().replace(f"{proxy.scheme}://", f"{other}://", 1)
    value = Secret(text) if proxy.password else text
    yield Finding(
        CODE,
        f"The proxy URL says {proxy.scheme}://, but the proxy at {proxy.host}:{proxy.port} speaks {other}",
        "The scheme says how to talk to the proxy itself. With the wrong one not even the request for a tunnel "
        "arrives.",
        (
            where("The proxy in force", setting),
            Evidence("Talking to it as configured fails", str(failure.error)),
            proof,
        ),
        (remedies.give(facts, setting, value, f"proxy-{other}", f"Write {other}:// in {setting.name}"),),
    )
