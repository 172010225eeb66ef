"""The certificate does not cover the name in the base URL.

## What it means
The server has a proper certificate, but for other names. An IP address in the base URL is a common reason.

## Why we believe it
The chain is accepted; the name is not among those in the certificate.

## How to fix
Use a name that the certificate covers, if one of them leads to the same server; otherwise its owner must add the name.

## Fix safety
Your choice: the key will be sent to the name that you confirm. It was checked that it leads to the same address.
"""

from __future__ import annotations

from tui.core.ask import AskDns
from tui.core.facts import Facts
from tui.core.model import Applicability, Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import rejected
from tui.core.url import is_address, is_loopback

CODE = "tls-hostname-mismatch"
EXPLAINS = {"cfg-preflight-blocked"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 62, 64)
    if tls is None or not tls.chain:
        return
    names = tls.chain[0].names
    found: list[Remedy] = []
    setting = facts.winner("ANTHROPIC_BASE_URL")
    here = {way.host} if is_address(way.host) else set(way.dns.addresses if way.dns else ())
    for name in [n for n in names if not n.startswith("*") and not is_address(n) and not is_loopback(n)][:6]:
        if setting is None or name in facts.known.hosts:
            continue
        ask = AskDns(name)
        seen = facts.seen(ask)
        if seen is None:
            yield ask
        elif here & set(seen.addresses):
            better = setting.text.strip().replace(way.host, name)
            found.append(
                remedies.give(facts, setting, better, "name-in-certificate", f"Use {better}", Applicability.CHOICE)
            )
    listed = ", ".join(names[:5]) or "no name at all"
    found.append(
        remedies.steps(
            "ask-owner",
            "Or the gateway's owner adds the name to the certificate",
            f"Send: “The certificate of {way.host}:{way.url.port} covers {listed}, not {way.host}.”",
        )
    )
    yield Finding(
        CODE,
        f"The certificate at {way.host} is for other names",
        "The client refuses, because it cannot know that this is the right server.",
        (Evidence("The name used", way.host), Evidence("The certificate covers", listed)),
        tuple(found),
    )
