"""This machine itself forbids the connection.

## What it means
A firewall or security program on this machine refuses the connection before any packet leaves.

## Why we believe it
The system call fails at once with "permission denied".

## How to fix
Check the endpoint firewall (Little Snitch, nftables, a company's security agent).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "tcp-local-policy"
EXPLAINS = {"tcp-refused", "tcp-timeout", "no-internet", "cfg-preflight-blocked", "proxy-down"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tcp is None or way.tcp.ok or Error.DENIED not in way.tcp.errors:
        return
    host, port = course.first_hop(facts.target)
    yield Finding(
        CODE,
        f"This machine itself forbids connections to {host}:{port}",
        "The system refuses before a packet leaves: a local firewall, a prohibiting route, or a security program.",
        (Evidence(f"connect to {host}:{port}", "permission denied, at once"),),
        (
            remedies.steps(
                "local-firewall",
                "Allow it in this machine's firewall or security program",
                "Look at nftables or iptables, Little Snitch, or ask whoever manages this machine.",
            ),
        ),
    )
