"""NO_PROXY bypasses a proxy that is needed.

## What it means
An entry of NO_PROXY (often *) sends requests past the proxy, but this network only lets the proxy out.

## Why we believe it
The direct way fails; through the configured proxy the endpoint answers.

## How to fix
Shorten NO_PROXY to local hosts.

## Fix safety
Safe for this endpoint: the way through the proxy was tried. Hosts that relied on the entry go through the proxy too.
"""

from __future__ import annotations

import re

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.survey import proxies

CODE = "cfg-no-proxy-overbroad"
EXPLAINS = {
    "tcp-timeout",
    "tcp-refused",
    "tcp-unreachable",
    "no-internet",
    "dns-nxdomain",
    "dns-unreachable",
    "dns-server-failure",
    "tls-reset",
    "tls-closed",
    "tls-timeout",
    "cfg-preflight-blocked",
    "dns-no-address",
}


def check(facts: Facts) -> Judgement:
    way, setting, target = Way(facts), facts.target.proxy_setting, facts.target
    if not way.usable or not target.bypass or setting is None or way.works:
        return
    unreachable = (way.tcp is not None and not way.tcp.ok) or (way.dns is not None and way.dns.error is not None)
    cut = way.tls is not None and way.tls.failure is not None
    if not unreachable and not cut:
        return
    try:
        proxy = proxies.read(setting.text, setting.name, lenient=True)
    except ValueError:
        return
    ask = course.hello(target, way.url, proxy, detour=True)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    exceptions = proxies.no_proxy(facts.resolutions)
    if not seen.answered or exceptions is None:
        return
    rest = [e for e in re.split(r"[,\s]+", exceptions.text.strip()) if e and e != target.bypass]
    value = ",".join(rest) if rest else "localhost,127.0.0.1"
    yield Finding(
        CODE,
        f"{exceptions.name} sends requests past the proxy, but only the proxy gets out of this network",
        f"The entry “{target.bypass}” takes {way.host} off the proxy, and the direct way is blocked.",
        (
            where("The exceptions in force", exceptions),
            where("The proxy that is bypassed", setting),
            Evidence("Through that proxy the endpoint answers", f"HTTP {seen.status}"),
        ),
        (remedies.give(facts, exceptions, value, "shorter-no-proxy", f"Set {exceptions.name} to {value}"),),
    )
