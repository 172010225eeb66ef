"""The proxy opens a tunnel that does not work.

## What it means
The proxy says yes, and then the tunnel is cut or filled with a web page, often a login page of the network.

## Why we believe it
The request for a tunnel is answered 200; the first bytes in it are not TLS, or it is cut at once.

## How to fix
Open a browser and log in at the proxy, then try again.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "proxy-tunnel-broken"
EXPLAINS = {"tls-not-tls", "tls-reset", "tls-closed", "cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way, proxy = Way(facts), facts.target.proxy
    if not way.usable or proxy is None or way.connect is None or not way.connect.ok:
        return
    tls = way.tls
    if tls is None or tls.failure is None or tls.failure.error not in (Error.NOT_TLS, Error.RESET, Error.CLOSED):
        return
    text = tls.first_bytes.decode("latin-1").split("\r\n")[0][:80]
    seen = f"clear text: “{text}”" if tls.failure.error is Error.NOT_TLS else f"{tls.failure.error}"
    yield Finding(
        CODE,
        f"The proxy at {proxy.host}:{proxy.port} opens a tunnel that does not work",
        "It agrees to the tunnel and then does not carry the connection to the API.",
        (
            where("The proxy in force", facts.target.proxy_setting),
            Evidence("Asked for a tunnel", f"{way.connect.status} {way.connect.reason}"),
            Evidence("Inside the tunnel", "".join(c if c.isprintable() else "·" for c in seen)),
        ),
        (
            remedies.steps(
                "log-in",
                "Log in at the proxy in a browser, then try again",
                "If that does not help, report it to the proxy's owner.",
            ),
        ),
    )
