"""The proxy wants a kind of login that the client does not have.

## What it means
The proxy offers only NTLM, Negotiate or Kerberos. Claude Code and the SDKs can do Basic only.

## Why we believe it
The 407 answer lists what it accepts, and Basic is not among it.

## How to fix
Run a small local helper that logs in for you (Px, cntlm) and point the proxy variable at it.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement

CODE = "proxy-auth-scheme"
EXPLAINS = {"cfg-preflight-blocked", "proxy-auth-required", "proxy-auth-wrong"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    found = refusal(way)
    if proxy is None or found is None:
        return
    offered = schemes(found[0])
    if not offered or "basic" in offered:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} wants a login that the client does not have "
        f"({', '.join(_shown(scheme) for scheme in sorted(offered))})",
        "Claude Code and the SDKs can only send a user name and password (Basic).",
        (where("The proxy in force", facts.target.proxy_setting), Evidence("It accepts only", found[0])),
        (
            remedies.steps(
                "login-helper",
                "Run a local helper that logs in for you",
                "Px (Windows login) or cntlm; then set HTTPS_PROXY=http://127.0.0.1:3128 (its port).",
            ),
        ),
    )


def refusal(way: Way) -> tuple[str, bool] | None:
    """The Proxy-Authenticate header of a 407 and whether credentials were sent, or None."""
    if way.connect is not None and way.connect.status == 407:
        return way.connect.header("proxy-authenticate"), way.connect.sent_credentials
    if way.hello is not None and way.hello.status == 407:
        proxy = way.facts.target.proxy
        return way.hello.header("proxy-authenticate"), bool(proxy and proxy.username)
    return None


def _shown(scheme: str) -> str:
    return "NTLM" if scheme == "ntlm" else scheme.capitalize()


def schemes(header: str) -> set[str]:
    """The names of the schemes in a Proxy-Authenticate header, lower case."""
    return {word.lower() for word in re.findall(r"\b(Basic|Digest|NTLM|Negotiate|Kerberos|Bearer)\b", header, re.I)}
