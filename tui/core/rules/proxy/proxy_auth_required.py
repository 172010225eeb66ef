"""The proxy wants a user name and password.

## What it means
The proxy answers "407 Proxy Authentication Required", and no credentials are configured for it.

## Why we believe it
The answer to the request for a tunnel is 407, and the proxy URL has no user name.

## How to fix
Write USER:PASSWORD@ into the proxy URL, special characters percent-encoded (@ is %40, # is %23).

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

CODE = "proxy-auth-required"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    found = refusal(way)
    if proxy is None or found is None or found[1] or proxy.username:
        return
    offered = schemes(found[0])
    if offered and "basic" not in offered:
        return
    setting = facts.target.proxy_setting
    name = setting.name if setting else "HTTPS_PROXY"
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} wants a user name and password",
        "It answers 407, and the configured proxy URL has none.",
        (
            where("The proxy in force", setting),
            Evidence("Its answer", f"407, Proxy-Authenticate: {found[0] or 'not given'}"),
        ),
        (
            remedies.steps(
                "add-login",
                "Write your user name and password into the proxy URL",
                f"{name}={proxy.scheme}://USER:PASSWORD@{proxy.host}:{proxy.port}   (percent-encode special "
                "characters: @ is %40, # is %23)",
            ),
        ),
    )
