"""http and https are mixed up in the base URL.

## What it means
The base URL says https but the port speaks plain HTTP, or the other way round. Clients report this as a certificate
problem or a dropped connection.

## Why we believe it
The port was tried both ways: one fails, the other answers.

## How to fix
Write the scheme that the port speaks.

## Fix safety
From http to https: safe. From https to http the key travels unencrypted, so it is your choice.
"""

from __future__ import annotations

from tui.core import course
from tui.core.ask import AskTls
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error
from tui.core.url import Url

CODE = "cfg-base-url-scheme"
EXPLAINS = {
    "tls-not-tls",
    "tls-timeout",
    "tls-closed",
    "tls-reset",
    "tls-alert",
    "proxy-tunnel-broken",
    "http-empty-reply",
    "http-reset",
    "http-timeout",
    "http-not-http",
    "api-bad-request",
    "gw-access-denied",
    "tls-version-old",
    "gw-html-frontend",
    "gw-redirect",
}
_TLS_TROUBLE = (Error.NOT_TLS, Error.TIMEOUT, Error.CLOSED, Error.RESET)
_HTTP_TROUBLE = (Error.CLOSED, Error.NOT_HTTP, Error.RESET, Error.TIMEOUT)


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.winner("ANTHROPIC_BASE_URL")
    if setting is None or not way.usable:
        return
    url = way.url
    if url.scheme == "https" and way.tls and way.tls.failure and way.tls.failure.error in _TLS_TROUBLE:
        plain = Url("http", url.host, url.port, url.path)
        ask = course.hello(facts.target, plain, facts.target.proxy, detour=True)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif seen.answered:
            evidence = (
                where("The base URL in force", setting),
                Evidence("TLS fails on this port", str(way.tls.failure.error)),
                Evidence("Plain HTTP answers on the same port", f"HTTP {seen.status}"),
            )
            how = Applicability.SAFE if url.loopback else Applicability.CHOICE
            yield _finding(facts, plain, "https", evidence, how)
    if url.scheme == "http" and way.hello is not None:
        said = "HTTPS port" in way.hello.body
        if not said and not (way.hello.failure and way.hello.failure.error in _HTTP_TROUBLE):
            return
        shake = AskTls(url.host, url.port, None, facts.target.trust)
        shaken = facts.seen(shake)
        if shaken is None:
            yield shake
        elif shaken.ok or (shaken.failure and shaken.failure.error is Error.VERIFY):
            seen_plain = (
                f"HTTP {way.hello.status}" if way.hello.answered else str(way.hello.failure and way.hello.failure.error)
            )
            evidence = (
                where("The base URL in force", setting),
                Evidence("Plain HTTP gets no proper answer", seen_plain),
                Evidence("The port speaks TLS", shaken.version or "a certificate was presented"),
            )
            yield _finding(facts, Url("https", url.host, url.port, url.path), "http", evidence, Applicability.SAFE)


def _finding(facts: Facts, url: Url, wrong: str, evidence: tuple[Evidence, ...], how: Applicability) -> Finding:
    setting = facts.winner("ANTHROPIC_BASE_URL")
    assert setting is not None
    text = f"{url.scheme}://{setting.text.strip().split('://', 1)[1]}".rstrip("/")
    return Finding(
        CODE,
        f"The base URL says {wrong}://, but port {url.port} of {url.host} speaks {url.scheme}",
        "Client and server do not speak the same protocol on this port, so no request gets through.",
        evidence,
        (remedies.give(facts, setting, text, f"use-{url.scheme}", f"Write {text}", how),),
    )
