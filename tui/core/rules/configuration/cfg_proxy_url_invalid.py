"""The proxy setting cannot be read as an address.

## What it means
A proxy is configured, but its URL lacks http://, carries quotes, or has a character such as # in the password that ends
a URL. Claude Code then hangs or exits without a word; other programs may guess what was meant, which misleads.

## Why we believe it
The value was parsed as the client parses it. Where the intention is clear, the corrected form was tried on the proxy.

## How to fix
Write http:// in front and percent-encode special characters in the password (# is %23, @ is %40, % is %25).

## Fix safety
Safe where the corrected address was accepted by the proxy; otherwise your choice.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from tui.core.ask import AskConnect
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Proxy
from tui.core.rules import remedies
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.url import parse

CODE = "cfg-proxy-url-invalid"
EXPLAINS = {"proxy-down", "proxy-dns-fail", "proxy-auth-wrong", "cfg-preflight-blocked"}
_FORM = re.compile(
    r"^(?:(?P<scheme>\w+)://)?(?:(?P<user>[^:@]*):(?P<password>.*)@|(?P<only>[^:@/]*)@)?(?P<host>[^:/@#]+)(?::(?P<port>\d+))?/?$"
)


def check(facts: Facts) -> Judgement:
    target, setting = facts.target, facts.target.proxy_setting
    if not target.proxy_problem or setting is None:
        return
    evidence = [Evidence("A proxy is configured", f"{setting.name} = {setting.shown}", setting.origin)]
    evidence.append(Evidence("Its value cannot be used", target.proxy_problem))
    meant, how = intended(setting.text), Applicability.CHOICE
    if meant is not None:
        goal = target.url or parse("https://api.anthropic.com")
        ask = AskConnect(meant, goal.host, goal.port)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif seen.ok:
            how = Applicability.SAFE
            evidence.append(Evidence("The corrected address works", f"{meant} opened a tunnel"))
        fixed = written(meant)
        value = Secret(fixed) if meant.password else fixed
        remedy = remedies.give(facts, setting, value, "right-proxy-url", f"Write it as a proper URL for {meant}", how)
    else:
        remedy = remedies.steps("write-proxy-url", "Write it as http://USER:PASSWORD@HOST:PORT", f"{setting.origin}")
    yield Finding(
        CODE,
        f"The proxy in {setting.name} cannot be used: {target.proxy_problem}",
        "The client cannot tell where the proxy is, so no request leaves this machine.",
        tuple(evidence),
        (remedy,),
    )


def intended(text: str) -> Proxy | None:
    """Read what was meant: the last @ ends the credentials, quotes are no part of it."""
    match = _FORM.match(text.strip().strip("\"'").strip())
    if match is None:
        return None
    scheme = (match["scheme"] or "http").lower()
    if scheme not in ("http", "https"):
        return None
    password = Secret(match["password"]) if match["password"] else None
    user = match["user"] or match["only"] or ""
    return Proxy(scheme, match["host"], int(match["port"] or (443 if scheme == "https" else 80)), user, password)


def written(proxy: Proxy) -> str:
    """The proxy as a URL that every client reads alike."""
    login = quote(proxy.username, safe="")
    if proxy.password:
        login += ":" + quote(proxy.password.reveal(), safe="")
    return f"{proxy.scheme}://{login}{'@' if login else ''}{proxy.host}:{proxy.port}"
