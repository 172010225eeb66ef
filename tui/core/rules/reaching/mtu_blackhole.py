"""Large packets vanish; small ones pass.

## What it means
Somewhere on the way packets of full size are dropped without a word, often behind a VPN. Small requests work, real ones
hang.

## Why we believe it
A small request is answered, a large one is not, and the same large one is answered when sent in small segments.

## How to fix
Lower the MTU of the network interface or VPN (for example to 1280).

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Hop

CODE = "mtu-blackhole"
EXPLAINS = {
    "tls-timeout",
    "http-timeout",
    "proxy-timeout",
    "gw-body-limit",
    "tls-reset",
    "cfg-preflight-blocked",
    "hosts-override",
    "dns-hijack",
}
_SMALL = 536
"""The segment size (bytes) that every network must carry (RFC 9293 §3.7.1)."""


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.tls is not None and way.tls.failure is not None and way.tls.failure.error is Error.TIMEOUT:
        ask = replace(course.tls(facts.target), mss=_SMALL)
        shaken = facts.seen(ask)
        if shaken is None:
            yield ask
        elif shaken.failure is None or shaken.failure.error is Error.VERIFY:
            yield _finding("the TLS handshake", ms(way.tls.ms), ms(shaken.ms))
    size = way.size
    if size is None or size.failure is None or size.failure.error is not Error.TIMEOUT:
        return
    if size.failure.hop not in (Hop.SEND, Hop.HEADERS):
        return
    small = course.size(facts.target, course.model_of(facts), _SMALL)
    answered = facts.seen(small)
    if answered is None:
        yield small
    elif answered.answered:
        yield _finding(f"a request of {course.SIZE // 1000} kB", ms(size.ms), ms(answered.ms))


def _finding(what: str, silence: str, answer: str) -> Finding:
    return Finding(
        CODE,
        "Large packets vanish on the way; small ones pass",
        "A device drops packets of full size without saying so, typically behind a VPN or tunnel.",
        (
            Evidence(f"With packets of normal size, {what}", f"no answer in {silence}"),
            Evidence(f"In segments of {_SMALL} bytes, the same", f"answered in {answer}"),
        ),
        (
            remedies.steps(
                "lower-mtu",
                "Lower the largest packet size (MTU) of the network interface or VPN",
                "Linux: sudo ip link set dev INTERFACE mtu 1280. VPN owners: clamp the segment size (MSS), and let "
                "ICMP “packet too big” pass.",
            ),
        ),
    )
