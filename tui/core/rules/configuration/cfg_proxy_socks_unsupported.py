"""A SOCKS proxy is configured, which the client does not support.

## What it means
Claude Code speaks to HTTP proxies only. With a socks:// or socks5:// address it fails without naming the reason.

## Why we believe it
The scheme of the setting says so; the port was greeted in SOCKS to see whether it is one.

## How to fix
Use the HTTP port of the same proxy software (most have one), or a small bridge from HTTP to SOCKS.

## Fix safety
Not done for you: only you know the HTTP port.
"""

from __future__ import annotations

from tui.core.ask import AskSocks
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement

CODE = "cfg-proxy-socks-unsupported"
EXPLAINS = {"proxy-not-a-proxy", "proxy-closes", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    proxy, setting = facts.target.proxy, facts.target.proxy_setting
    if proxy is None or setting is None or not proxy.scheme.startswith("socks") or facts.client.name == "python-sdk":
        return
    if facts.client.name == "claude-code" and setting.name.upper() == "ALL_PROXY":
        return  # silently ignored there (2.1.330, measured)
    evidence = [where("The proxy in force", setting), Evidence("Its scheme is SOCKS", proxy.scheme)]
    ask = AskSocks(proxy.host, proxy.port)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif seen.speaks:
        evidence.append(Evidence("The port answers in SOCKS", f"{proxy.host}:{proxy.port}"))
    yield Finding(
        CODE,
        f"{setting.name} names a SOCKS proxy, which {facts.client.title} does not support",
        "It speaks to HTTP proxies only and fails before anything is sent.",
        tuple(evidence),
        (
            remedies.steps(
                "use-http-port",
                "Use the HTTP port of the same proxy software",
                f"Set {setting.name} to http://{proxy.host}:PORT, where PORT is the HTTP (or “mixed”) port of that "
                "software.",
            ),
            remedies.steps(
                "bridge", "Or run a bridge from HTTP to SOCKS", "For example privoxy or gost in front of it."
            ),
        ),
    )
