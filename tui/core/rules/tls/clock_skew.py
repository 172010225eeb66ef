"""This machine's clock is wrong.

## What it means
Certificates are valid for certain days. With a clock that is off by days or years every one of them looks expired or
not yet valid.

## Why we believe it
The certificate is valid at the time that servers tell, and not at the time of this machine.

## How to fix
Set the clock: switch on automatic time.

## Fix safety
The command is shown; it needs administrator rights.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, settled
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.clock import clocks, server_time, times
from tui.core.rules.tls.names import day, rejected

CODE = "clock-skew"
EXPLAINS = {"tls-expired", "tls-not-yet-valid", "cfg-preflight-blocked", "cert-expiring"}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    tls = rejected(way, 9, 10)
    if tls is None or not tls.chain:
        return
    if not (yield from settled(facts, *clocks(facts))):
        return
    now = server_time(facts)
    if now is None or not all(c.not_before <= now <= c.not_after for c in tls.chain):
        return
    off = abs(facts.now - now)
    amount = f"{off / 86400:.0f} days" if off > 2 * 86400 else f"{off / 3600:.0f} hours"
    yield Finding(
        CODE,
        f"This machine's clock is {amount} {'ahead' if facts.now > now else 'behind'}",
        "With a wrong clock valid certificates look expired or not yet valid.",
        (
            *times(facts, now),
            Evidence("The certificate is valid", f"{day(tls.chain[0].not_before)} to {day(tls.chain[0].not_after)}"),
        ),
        (set_clock(facts),),
    )


def set_clock(facts: Facts) -> Remedy:
    """The command that switches on automatic time on this system."""
    commands = {"darwin": "sudo sntp -sS time.apple.com", "win32": "w32tm /resync"}
    return remedies.run(
        "set-clock", "Switch on automatic time", commands.get(facts.platform, "sudo timedatectl set-ntp true")
    )
