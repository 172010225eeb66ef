"""Near misses of name resolution and of reaching the address."""

from __future__ import annotations

from tests.rules.answers import (
    OURS,
    broken,
    cert,
    dns_bad,
    dns_ok,
    error,
    nameserver,
    page,
    tcp_bad,
    tcp_ok,
    tls_bad,
    untrusted,
)
from tests.rules.cases import network as base
from tests.rules.cases.case import Miss
from tests.rules.cases.edges import PORTAL, REGION
from tests.rules.cases.network import FOREIGN, OUR_SIX
from tests.rules.looks import canary, direct, nothing_else, other_name, server_says
from tests.rules.worlds import KEY, Given, user
from tui.core.seen import Attempt, Error, Hop, TcpSeen

SILENT = broken(Error.TIMEOUT, Hop.TCP)
ELSEWHERE = "142.250.74.4"
PROXIED = Given(settings=user(HTTPS_PROXY="http://proxy.corp.test:3128", **KEY))
OTHER_SITE = untrusted(62, "hostname mismatch", cert("CN=parking.example.net"))

MISSES = (
    Miss("dns-nxdomain", "dns-unreachable", base.nxdomain.but(server_says(nameserver("silent"))), "nobody answered"),
    Miss(
        "dns-nxdomain",
        "dns-no-address",
        base.nxdomain.but(server_says(nameserver("NOERROR"))),
        "the name server knows the name",
    ),
    Miss(
        "dns-nxdomain",
        "dns-server-failure",
        base.nxdomain.but(dns=dns_bad(Error.TRY_AGAIN)),
        "the name server failed and did not say no",
    ),
    Miss(
        "dns-no-address",
        "dns-nxdomain",
        base.no_address.but(dns=dns_bad(Error.NO_NAME)),
        "the name server denies the name",
    ),
    Miss(
        "dns-server-failure",
        "dns-unreachable",
        base.server_failure.but(server_says(nameserver("unreachable"))),
        "no reply at all",
    ),
    Miss(
        "dns-unreachable",
        "dns-server-failure",
        base.unreachable_server.but(server_says(nameserver("REFUSED"))),
        "a reply arrives",
    ),
    Miss("dns-hijack", "tls-hostname-mismatch", base.hijack.but(dns=dns_ok(OURS)), "the address is right"),
    Miss(
        "dns-hijack",
        "hosts-override",
        base.hijack.but(dns=dns_ok(FOREIGN, hosts_line=3)),
        "the hosts file says so",
    ),
    Miss(
        "dns-hijack",
        "http-captive-portal",
        base.hijack.but(other_name(dns_ok(FOREIGN)), canary(PORTAL)),
        "every name leads there, to a login page",
    ),
    Miss("dns-sinkhole", "tcp-refused", base.sinkhole.but(dns=dns_ok(OURS)), "the address is real"),
    Miss(
        "dns-sinkhole",
        "hosts-override",
        base.sinkhole.but(dns=dns_ok("0.0.0.0", hosts_line=3)),
        "the hosts file says so",
    ),
    Miss(
        "hosts-override",
        "dns-hijack",
        base.hosts_file.but(dns=dns_ok("104.18.1.1")),
        "the hosts file is clean",
    ),
    Miss(
        "hosts-override",
        "region-blocked",
        base.hosts_file.but(dns=dns_ok(OURS), hello=REGION, models=REGION),
        "the address is right, and the edge refuses",
    ),
    Miss(
        "hosts-override",
        "tcp-refused",
        base.hosts_file.but(dns=dns_ok(OURS), tcp=tcp_bad(Error.REFUSED)),
        "the right address refuses",
    ),
    Miss(
        "ipv6-broken",
        "tcp-timeout",
        base.ipv6.but(tcp=tcp_bad(Error.TIMEOUT, OUR_SIX, OURS)),
        "IPv4 does not connect either",
    ),
    Miss(
        "ipv6-broken",
        "",
        base.ipv6.but(tcp=TcpSeen(30.0, (Attempt(OUR_SIX, 30.0), Attempt(OURS, 21.0)))),
        "both connect",
    ),
    Miss(
        "tcp-refused",
        "http-captive-portal",
        base.refused.but(*nothing_else(tcp_bad(Error.REFUSED, ELSEWHERE)), canary(PORTAL)),
        "all hosts refuse, and a login page answers",
    ),
    Miss(
        "tcp-refused",
        "proxy-down",
        base.refused.but(direct(SILENT), given=PROXIED),
        "the proxy refuses",
    ),
    Miss("tcp-refused", "tcp-local-policy", base.refused.but(tcp=tcp_bad(Error.DENIED)), "no packet left the machine"),
    Miss(
        "tcp-timeout",
        "no-internet",
        base.timeout.but(*nothing_else(tcp_bad(Error.TIMEOUT, ELSEWHERE))),
        "nothing else answers",
    ),
    Miss(
        "tcp-timeout",
        "tls-timeout",
        base.timeout.but(tcp=tcp_ok(), tls=tls_bad(Error.TIMEOUT)),
        "the port opens",
    ),
    Miss("tcp-timeout", "tcp-unreachable", base.timeout.but(tcp=tcp_bad(Error.HOST_UNREACHABLE)), "a router answers"),
    Miss(
        "no-internet",
        "tcp-timeout",
        base.offline.but(*nothing_else(tcp_ok(ELSEWHERE)), tcp=tcp_bad(Error.TIMEOUT)),
        "other hosts answer",
    ),
    Miss(
        "no-internet",
        "tcp-unreachable",
        base.offline.but(*nothing_else(tcp_ok(ELSEWHERE))),
        "this machine has a route to others",
    ),
    Miss("tcp-unreachable", "tcp-refused", base.no_way.but(tcp=tcp_bad(Error.REFUSED)), "a reset, not a router"),
    Miss("tcp-unreachable", "tcp-timeout", base.no_way.but(tcp=tcp_bad(Error.TIMEOUT)), "nothing answers"),
    Miss("tcp-local-policy", "tcp-refused", base.policy.but(tcp=tcp_bad(Error.REFUSED)), "the host refuses"),
    Miss(
        "mtu-blackhole",
        "http-timeout",
        base.mtu.but(hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT)),
        "small requests hang too",
    ),
    Miss(
        "mtu-blackhole",
        "gw-body-limit",
        base.mtu.but(size=page(413, "413 Request Entity Too Large", server="nginx")),
        "the large request is answered: too large",
    ),
    Miss(
        "mtu-blackhole",
        "req-too-large",
        base.mtu.but(size=error(413, "request_too_large", "Request exceeds the maximum size")),
        "the API itself says so",
    ),
    Miss("mtu-blackhole", "tls-timeout", base.mtu.but(tls=tls_bad(Error.TIMEOUT)), "small segments do not help"),
)
