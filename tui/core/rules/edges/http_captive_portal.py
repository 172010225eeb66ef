"""The network wants you to log in first.

## What it means
A hotel, train or guest network answers in place of every host until you accept its page.

## Why we believe it
A well-known connectivity check is redirected or answered with a page, or the network says so itself (HTTP 511).

## How to fix
Open any http:// page in a browser and log in to the network. Do not install a certificate that it offers.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.core.ask import AskHttp
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Trust
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, HttpSeen, Shape
from tui.core.url import Url

CODE = "http-captive-portal"
EXPLAINS = {
    "tls-hostname-mismatch",
    "tcp-refused",
    "tls-intercepted-untrusted",
    "tls-self-signed",
    "dns-hijack",
    "http-block-page",
    "gw-redirect",
    "gw-html-frontend",
    "tls-closed",
    "tls-reset",
    "no-internet",
    "tcp-timeout",
    "dns-nxdomain",
    "cfg-preflight-blocked",
    "gw-upstream-down",
    "tls-expired",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if not way.usable or way.url.loopback:
        return
    said = next((a for a in way.answers if a.status == 511), None)
    if said is not None:
        yield _finding((Evidence(f"The answer in place of {way.host}", reply(said)),))
        return
    elsewhere = next((a for a in way.answers if 300 <= a.status < 400 and leads_away(a, way.host)), None)
    if elsewhere is not None and facts.target.first_party:
        yield _finding(
            (Evidence(f"{way.host} never redirects, but the answer does", f"to {elsewhere.header('location')}"),)
        )
        return
    if not suspicious(way):
        return
    ask = AskHttp("GET", Url("http", facts.known.canaries[0], 80), "/generate_204", None, Trust())
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif is_portal(seen):
        place = seen.header("location")
        yield _finding(
            (
                Evidence(
                    f"{facts.known.canaries[0]} should answer 204 and nothing",
                    reply(seen) + (f", Location: {place}" if place else ""),
                ),
                Evidence(f"The connection to {way.host}", _trouble(way)),
            )
        )


def suspicious(way: Way) -> bool:
    """True where the endpoint fails in a way that a portal would cause."""
    if way.tls is not None and way.tls.failure is not None:
        return way.tls.failure.error in (Error.VERIFY, Error.CLOSED, Error.RESET, Error.NOT_TLS)
    if way.tcp is not None and not way.tcp.ok:
        return bool(way.tcp.errors & {Error.REFUSED, Error.TIMEOUT})
    return any(a.status in (301, 302, 303, 307, 308) or a.shape is Shape.HTML for a in way.answers)


def leads_away(seen: HttpSeen, host: str) -> bool:
    """True if the answer redirects to another host."""
    return (urlsplit(seen.header("location")).hostname or host) != host


def is_portal(seen: HttpSeen) -> bool:
    """True if a connectivity check was answered by somebody else."""
    if not seen.answered:
        return False
    return seen.status in (301, 302, 303, 307, 308, 511) or (seen.status == 200 and seen.shape is Shape.HTML)


def _trouble(way: Way) -> str:
    if way.tls is not None and way.tls.failure is not None:
        return way.tls.verify_message or str(way.tls.failure.error)
    if way.tcp is not None and not way.tcp.ok:
        return ", ".join(sorted(way.tcp.errors))
    return next((reply(a) for a in way.answers), "not as it should be")


def _finding(evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(
        CODE,
        "This network wants you to log in before it lets anything through",
        "It answers in place of every host until its page was accepted.",
        evidence,
        (
            remedies.steps(
                "log-in",
                "Open http://neverssl.com in a browser and log in to the network",
                "Then run the check again. Do not install a certificate that the page offers.",
            ),
        ),
    )
