"""The proxy does not accept the user name and password.

## What it means
Credentials are in the proxy URL and were sent, and the proxy still answers 407.

## Why we believe it
The answer is 407 although Proxy-Authorization was sent.

## How to fix
Correct the password in the proxy URL.

## Fix safety
Nothing is changed on this machine: only you know the password.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.proxy.proxy_auth_scheme import refusal, schemes
from tui.core.rules.rule import Judgement

CODE = "proxy-auth-wrong"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    found = refusal(way)
    if proxy is None or found is None or not (found[1] or proxy.username):
        return
    offered = schemes(found[0])
    if offered and "basic" not in offered:
        return
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} does not accept the user name and password",
        "They were sent, and it still answers 407.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence("Its answer", f"407, Proxy-Authenticate: {found[0] or 'not given'}"),
        ),
        (
            remedies.steps(
                "right-password",
                "Correct the password in the proxy URL",
                "Percent-encode special characters: @ is %40, # is %23, % is %25. It may have expired.",
            ),
        ),
    )
