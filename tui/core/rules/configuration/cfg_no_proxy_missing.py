"""A local or internal endpoint is sent through the proxy.

## What it means
Clients send everything to the configured proxy, even requests to this machine, unless NO_PROXY lists the host. The
proxy cannot or will not reach it.

## Why we believe it
The proxy refuses or fails; the direct way answers.

## How to fix
Add the host to NO_PROXY.

## Fix safety
Safe: only this host bypasses the proxy, and that way was tried.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.survey import proxies

CODE = "cfg-no-proxy-missing"
EXPLAINS = {
    "proxy-denied",
    "proxy-down",
    "cfg-proxy-stale",
    "proxy-upstream-fail",
    "proxy-timeout",
    "gw-access-denied",
    "gw-upstream-down",
    "proxy-auth-required",
    "proxy-closes",
    "gw-not-running",
    "proxy-not-a-proxy",
    "gw-upstream-timeout",
    "gw-path-not-found",
    "http-empty-reply",
    "http-reset",
    "http-timeout",
    "api-bad-request",
    "gw-html-frontend",
    "proxy-dns-fail",
}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or not way.private or way.works:
        return
    problem = _problem(way)
    if not problem:
        return
    ask = course.hello(facts.target, way.url, None, detour=True)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if not seen.answered or seen.status >= 500:
        return
    if not way.url.loopback and way.connect is not None and way.connect.status in (403, 407) and way.url.port != 443:
        return  # the port may be the reason: proxy-port-denied decides
    hosts = "localhost,127.0.0.1,::1" if way.url.loopback else way.host
    remedy = bypass(facts, hosts, Applicability.SAFE)
    yield Finding(
        CODE,
        f"Requests to {way.host} go to the proxy, which does not let them through; directly it answers",
        f"{way.host} is {'this machine itself' if way.url.loopback else 'an internal host'}, and NO_PROXY does not "
        "list it.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence("Through the proxy", problem),
            Evidence("Without the proxy the endpoint answers", f"HTTP {seen.status}"),
        ),
        (remedy,),
    )


def bypass(facts: Facts, hosts: str, how: Applicability = Applicability.CHOICE) -> Remedy:
    """Add hosts to NO_PROXY: to the list that is in force, else beside the proxy setting."""
    old = proxies.no_proxy(facts.resolutions)
    if old is not None and old.text.strip():
        value = f"{old.text.strip().rstrip(',')},{hosts}"
        return remedies.give(facts, old, value, "extend-no-proxy", f"Add {hosts} to {old.name}", how)
    beside = facts.target.proxy_setting
    return remedies.add(facts, "NO_PROXY", hosts, "set-no-proxy", f"Set NO_PROXY to {hosts}", beside, how)


def _problem(way: Way) -> str:
    if way.tcp is not None and not way.tcp.ok:
        return "the proxy itself cannot be reached"
    if way.connect is not None and not way.connect.ok:
        return (
            f"CONNECT {way.connect.status}"
            if way.connect.status
            else str(way.connect.failure and way.connect.failure.error)
        )
    if way.url.scheme == "http" and way.hello is not None:
        if way.hello.failure:
            return str(way.hello.failure.error)
        if way.hello.status >= 400 and from_proxy(way):
            return reply(way.hello)
    return ""


def from_proxy(way: Way) -> bool:
    """True if the answer to a plain HTTP request was made by the proxy, not by the endpoint."""
    seen = way.hello
    if seen is None:
        return False
    server = seen.header("server").lower()
    return bool(seen.header("x-squid-error") or "squid" in server or "tinyproxy" in server or seen.header("via"))
