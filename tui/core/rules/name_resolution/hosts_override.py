"""The hosts file sends the host to a wrong address.

## What it means
A line in the hosts file overrides the name server. It was right once, or was meant for something else; now the endpoint
does not work there.

## Why we believe it
The line was found, the address is not Anthropic's, and what answers there is not the API.

## How to fix
Remove the line. This needs administrator rights, so it is shown and not done.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Evidence, Finding, Origin, OriginKind, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.name_resolution.dns_hijack import foreign, unreal
from tui.core.rules.rule import Judgement

CODE = "hosts-override"
EXPLAINS = {
    "tcp-refused",
    "tcp-timeout",
    "tls-hostname-mismatch",
    "tls-self-signed",
    "tls-intercepted-untrusted",
    "dns-sinkhole",
    "cf-waf-block",
    "http-block-page",
    "region-blocked",
    "tls-reset",
    "tls-closed",
    "http-empty-reply",
    "gw-not-running",
    "cfg-preflight-blocked",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.dns is None or not way.dns.hosts_line or way.dns.detoured or way.works or not way.direct:
        return
    known = way.host in facts.known.hosts and way.host != "localhost"
    nowhere = known and bool(way.dns.addresses) and all(unreal(a) for a in way.dns.addresses)
    if not foreign(facts, way) and not nowhere:
        return
    place = Origin(OriginKind.SYSTEM, way.dns.hosts_file, way.dns.hosts_file, way.dns.hosts_line)
    answer = next((reply(a) for a in way.answers if a.answered), "nothing useful answers there")
    line = way.dns.hosts_line
    yield Finding(
        CODE,
        f"Line {line} of {way.dns.hosts_file} sends {way.host} to {way.dns.addresses[0]}",
        "The hosts file overrides the name server, and the API is not at that address.",
        (
            Evidence("The hosts file has an entry", f"{way.dns.addresses[0]} {way.host}", place),
            Evidence("What answers there", answer),
        ),
        (_remedy(facts, line, way.dns.hosts_file),),
    )


def _remedy(facts: Facts, line: int, file: str) -> Remedy:
    title = f"Remove line {line} of {file}"
    if facts.platform == "win32":
        return remedies.steps(
            "remove-line", title, f"Open {file} in an editor run as administrator, and delete that line."
        )
    return remedies.run("remove-line", title, f"sudo sed -i.bak '{line}d' {file}")
