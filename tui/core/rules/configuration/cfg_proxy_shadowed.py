"""The proxy is set in two spellings, and the wrong one is in force.

## What it means
https_proxy and HTTPS_PROXY differ. The lower-case one wins in nearly every program, and it names a proxy that does not
work; the other one does.

## Why we believe it
Both were tried.

## How to fix
Remove the spelling that names the dead proxy.

## Fix safety
Safe: the working proxy is already configured and takes over.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.survey import proxies

CODE = "cfg-proxy-shadowed"
EXPLAINS = {
    "proxy-down",
    "cfg-proxy-stale",
    "proxy-timeout",
    "proxy-dns-fail",
    "proxy-denied",
    "proxy-auth-required",
    "proxy-auth-wrong",
    "proxy-closes",
    "proxy-not-a-proxy",
    "proxy-upstream-fail",
    "cfg-no-proxy-missing",
    "cfg-preflight-blocked",
}


def check(facts: Facts) -> Judgement:
    way, setting = Way(facts), facts.target.proxy_setting
    if not way.usable or setting is None or facts.target.proxy is None or way.works:
        return
    failed = (way.tcp is not None and not way.tcp.ok) or (way.connect is not None and not way.connect.ok)
    if not failed and not (way.dns and way.dns.error):
        return
    for name in proxies.variables(facts.client, way.url.scheme):
        other = facts.winner(name)
        if (
            name == setting.name
            or other is None
            or not other.text.strip()
            or other.text.strip() == setting.text.strip()
        ):
            continue
        try:
            proxy = proxies.read(other.text, other.name, lenient=True)
        except ValueError:
            continue
        ask = course.hello(facts.target, way.url, proxy, detour=True)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif seen.answered and seen.status < 500:
            yield Finding(
                CODE,
                f"{setting.name} names a proxy that does not work, and hides {other.name}, which does",
                "Several variables name a proxy; the client takes the first one that is set.",
                (
                    where("In force, and it does not work", setting),
                    where("Hidden, and it works", other),
                    Evidence("The endpoint answers through the hidden proxy", f"HTTP {seen.status}"),
                ),
                (remedies.drop(facts, setting, "drop-dead-proxy", f"Remove {setting.name}"),),
            )
            return
