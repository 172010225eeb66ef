"""Name resolution, and reaching the address."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import (
    OURS,
    broken,
    cert,
    count,
    dns_bad,
    dns_ok,
    nameserver,
    page,
    tcp_bad,
    untrusted,
)
from tests.rules.cases.case import Case
from tests.rules.looks import nothing_else, server_says, small_segments
from tests.rules.story import story
from tests.rules.worlds import KEY, Given, user
from tui.core.seen import Attempt, Error, Hop, TcpSeen

FIRST_PARTY = Given(settings=user(**KEY))
FOREIGN = "198.51.100.7"
OUR_SIX = "2607:6bc0::10"

nxdomain = story(FIRST_PARTY, dns=dns_bad(Error.NO_NAME))
no_address = story(FIRST_PARTY, dns=dns_bad(Error.NO_ADDRESS))
server_failure = story(FIRST_PARTY, dns=dns_bad(Error.TRY_AGAIN))
unreachable_server = story(FIRST_PARTY, server_says(nameserver("silent")), dns=dns_bad(Error.TRY_AGAIN))
hijack = story(
    FIRST_PARTY,
    dns=dns_ok(FOREIGN),
    tls=untrusted(62, "hostname mismatch", cert("CN=parking.example.net")),
)
sinkhole = story(FIRST_PARTY, dns=dns_ok("0.0.0.0"), tcp=tcp_bad(Error.REFUSED, "0.0.0.0"))
hosts_file = story(
    FIRST_PARTY,
    dns=dns_ok("104.18.1.1", hosts_line=7),
    hello=page(403, "Edge IP Restricted | api.anthropic.com | Cloudflare", "Error 1034", cf_ray="8f2-FRA"),
    models=page(403, "Edge IP Restricted | api.anthropic.com | Cloudflare", "Error 1034", cf_ray="8f2-FRA"),
)

ipv6 = story(
    FIRST_PARTY,
    dns=dns_ok(OUR_SIX, OURS),
    tcp=TcpSeen(4000.0, (Attempt(OUR_SIX, 4000.0, Error.TIMEOUT), Attempt(OURS, 21.0))),
)
refused = story(FIRST_PARTY, tcp=tcp_bad(Error.REFUSED))
timeout = story(FIRST_PARTY, tcp=tcp_bad(Error.TIMEOUT))
offline = story(
    FIRST_PARTY, *nothing_else(tcp_bad(Error.NET_UNREACHABLE, "142.250.74.4")), tcp=tcp_bad(Error.NET_UNREACHABLE)
)
no_way = story(FIRST_PARTY, tcp=tcp_bad(Error.HOST_UNREACHABLE))
policy = story(FIRST_PARTY, tcp=tcp_bad(Error.DENIED))
mtu = story(
    FIRST_PARTY,
    small_segments(replace(count(), ms=95.0)),
    size=broken(Error.TIMEOUT, Hop.HEADERS),
)

CASES = (
    Case("dns-nxdomain", nxdomain),
    Case("dns-no-address", no_address),
    Case("dns-server-failure", server_failure),
    Case("dns-unreachable", unreachable_server),
    Case("dns-hijack", hijack),
    Case("dns-sinkhole", sinkhole),
    Case("hosts-override", hosts_file),
    Case("ipv6-broken", ipv6),
    Case("tcp-refused", refused),
    Case("tcp-timeout", timeout),
    Case("no-internet", offline),
    Case("tcp-unreachable", no_way),
    Case("tcp-local-policy", policy),
    Case("mtu-blackhole", mtu),
)
