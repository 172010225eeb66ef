"""Only ALL_PROXY is set, and the first-run check of this client misuses it.

## What it means
Claude Code up to 2.1.221 obeys ALL_PROXY in its first-run check but not for API calls, and sends the check in a form
that proxies refuse. The result is ERR_BAD_REQUEST although everything works.

## Why we believe it
The proxy opens a tunnel, but answers the form that the check uses with an error.

## How to fix
Name the proxy in HTTPS_PROXY.

## Fix safety
Safe: the same proxy, under the name that all parts of the client read.
"""

from __future__ import annotations

from tui.core.ask import AskConnect
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import where
from tui.core.rules.rule import Judgement
from tui.core.survey import proxies

CODE = "cfg-all-proxy"
EXPLAINS = {"region-blocked", "cfg-preflight-blocked", "cfg-proxy-socks-unsupported"}


def check(facts: Facts) -> Judgement:
    setting = facts.winner("ALL_PROXY") or facts.winner("all_proxy")
    others = any(facts.value(n).strip() for n in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"))
    if setting is None or not setting.text.strip() or others or facts.client.name != "claude-code":
        return
    if facts.client.release >= (2, 1, 222) or not facts.target.onboarding:
        return
    try:
        proxy = proxies.read(setting.text, setting.name)
    except ValueError:
        return
    tunnel = AskConnect(proxy, "api.anthropic.com", 443)
    plain = AskConnect(proxy, "api.anthropic.com", 443, absolute=True)
    opened, answered = facts.seen(tunnel), facts.seen(plain)
    if opened is None or answered is None:
        yield tunnel
        yield plain
        return
    if answered.status == 200 or not opened.ok:
        return
    yield Finding(
        CODE,
        f"Only {setting.name} names the proxy, and the first-run check sends it a request that it refuses",
        "API calls ignore this variable; only the first-run check obeys it, in a form that proxies do not take for "
        "HTTPS.",
        (
            where("The only proxy variable", setting),
            Evidence(
                "The form of the first-run check is refused",
                f"HTTP {answered.status}" if answered.status else "no answer",
            ),
            Evidence("A tunnel through the same proxy works", f"CONNECT {opened.status}"),
        ),
        (remedies.move(facts, setting, "HTTPS_PROXY", "use-https-proxy", "Call it HTTPS_PROXY"),),
    )
