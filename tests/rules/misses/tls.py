"""Near misses of TLS."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import (
    DAY,
    broken,
    cert,
    dns_ok,
    error,
    hello,
    http,
    message,
    page,
    tcp_bad,
    tls_bad,
    tls_ok,
    untrusted,
)
from tests.rules.cases import tls as base
from tests.rules.cases.case import Miss
from tests.rules.cases.edges import PORTAL
from tests.rules.cases.tls import COMPANY, FIRST_PARTY, GATEWAY, NO_ISSUER, OLD, PUBLIC, ZSCALER
from tests.rules.looks import canary, hello_at, shaken, unverified
from tests.rules.worlds import NOW
from tui.core.seen import Error

OURS = "CN=api.anthropic.com"
GW = "CN=gw.corp.test"
LATER = replace(hello(), skew=10 * DAY)
EARLIER = replace(hello(), skew=-10 * DAY)

MISSES = (
    Miss(
        "tls-intercepted-trusted",
        "tls-intercepted-untrusted",
        base.inspected.but(tls=untrusted(20, NO_ISSUER, cert(OURS, ZSCALER))),
        "the chain does not verify",
    ),
    Miss("tls-intercepted-trusted", "", base.inspected.but(tls=tls_ok()), "the issuer is public"),
    Miss(
        "cert-expiring",
        "tls-expired",
        base.expiring.but(tls=untrusted(10, "certificate has expired", OLD)),
        "the last day is past",
    ),
    Miss("cert-expiring", "", base.expiring.but(tls=tls_ok(PUBLIC, NOW + 8 * DAY)), "more than a week is left"),
    Miss(
        "tls-intercepted-untrusted",
        "tls-self-signed",
        base.intercepted.but(given=GATEWAY, tls=untrusted(18, "self-signed certificate", cert(GW, GW))),
        "no authority is involved, and the host is private",
    ),
    Miss(
        "tls-intercepted-untrusted",
        "tls-chain-incomplete",
        base.intercepted.but(given=GATEWAY, tls=untrusted(20, NO_ISSUER, cert(GW, PUBLIC))),
        "the issuer is a public authority",
    ),
    Miss(
        "tls-intercepted-untrusted",
        "tls-private-ca",
        base.intercepted.but(given=GATEWAY, tls=untrusted(20, NO_ISSUER, cert(GW, COMPANY))),
        "the host is private, and the issuer no product",
    ),
    Miss(
        "tls-intercepted-untrusted", "dns-hijack", base.intercepted.but(dns=dns_ok("198.51.100.7")), "foreign address"
    ),
    Miss(
        "tls-intercepted-untrusted",
        "http-captive-portal",
        base.intercepted.but(canary(PORTAL)),
        "a login page for every host: log in, and do not install its root",
    ),
    Miss(
        "tls-self-signed",
        "tls-private-ca",
        base.self_signed.but(tls=untrusted(20, NO_ISSUER, cert(GW, COMPANY))),
        "issuer and subject differ",
    ),
    Miss(
        "tls-self-signed",
        "tls-intercepted-untrusted",
        base.self_signed.but(given=FIRST_PARTY, tls=untrusted(18, "self-signed certificate", cert(OURS, OURS))),
        "the host is Anthropic's",
    ),
    Miss(
        "tls-private-ca",
        "tls-chain-incomplete",
        base.private.but(tls=untrusted(20, NO_ISSUER, cert(GW, PUBLIC))),
        "the issuer is a public authority",
    ),
    Miss(
        "tls-private-ca",
        "tls-intercepted-untrusted",
        base.private.but(tls=untrusted(20, NO_ISSUER, cert(GW, ZSCALER))),
        "the issuer is an inspecting product",
    ),
    Miss(
        "tls-chain-incomplete",
        "tls-intercepted-untrusted",
        base.incomplete.but(tls=untrusted(20, NO_ISSUER, cert(GW, ZSCALER))),
        "the issuer is an inspecting product",
    ),
    Miss(
        "tls-chain-incomplete",
        "tls-private-ca",
        base.incomplete.but(tls=untrusted(20, NO_ISSUER, cert(GW, COMPANY))),
        "the issuer is a private authority",
    ),
    Miss(
        "tls-expired", "clock-skew", base.expired.but(canary(LATER), unverified(LATER)), "servers tell an earlier time"
    ),
    Miss(
        "tls-not-yet-valid",
        "clock-skew",
        base.early.but(canary(EARLIER), unverified(EARLIER)),
        "servers tell a later time",
    ),
    Miss(
        "clock-skew",
        "tls-expired",
        base.wrong_clock.but(canary(http(204)), unverified(hello())),
        "servers agree with the local clock",
    ),
    Miss(
        "clock-skew",
        "clock-skew-minor",
        base.wrong_clock.but(tls=tls_ok(), message=replace(message(), skew=7200.0)),
        "certificates still verify",
    ),
    Miss("clock-skew-minor", "", base.slow_clock.but(message=replace(message(), skew=30.0)), "less than a minute"),
    Miss(
        "tls-hostname-mismatch", "http-captive-portal", base.mismatch.but(canary(PORTAL)), "a login page for every host"
    ),
    Miss(
        "tls-hostname-mismatch",
        "tls-intercepted-untrusted",
        base.mismatch.but(tls=untrusted(20, NO_ISSUER, cert(GW, ZSCALER))),
        "the chain does not verify",
    ),
    Miss(
        "tls-weak-cert",
        "tls-expired",
        base.weak.but(tls=untrusted(10, "certificate has expired", OLD)),
        "the key is long enough, the date past",
    ),
    Miss(
        "tls-version-old",
        "tls-alert",
        base.old_version.but(shaken(tls_bad(Error.ALERT, 70), newest="1.1", verify=False)),
        "older versions are refused too",
    ),
    Miss("tls-version-old", "tls-reset", base.old_version.but(tls=tls_bad(Error.RESET)), "a reset, no answer in TLS"),
    Miss("tls-reset", "tcp-refused", base.reset.but(tcp=tcp_bad(Error.REFUSED, "10.20.0.5")), "the port is closed"),
    Miss(
        "tls-reset",
        "http-reset",
        base.reset.but(tls=tls_ok(PUBLIC), hello=broken(Error.RESET), models=broken(Error.RESET)),
        "TLS completes",
    ),
    Miss(
        "tls-reset",
        "tls-private-ca",
        base.reset.but(tls=untrusted(20, NO_ISSUER, cert(GW, COMPANY))),
        "a certificate arrives",
    ),
    Miss("tls-closed", "tls-reset", base.closed.but(tls=tls_bad(Error.RESET)), "a reset, no orderly end"),
    Miss(
        "tls-closed",
        "http-empty-reply",
        base.closed.but(tls=tls_ok(PUBLIC), hello=broken(Error.CLOSED), models=broken(Error.CLOSED)),
        "TLS completes",
    ),
    Miss("tls-timeout", "tcp-timeout", base.silent.but(tcp=tcp_bad(Error.TIMEOUT, "10.20.0.5")), "the port is silent"),
    Miss("tls-timeout", "mtu-blackhole", base.silent.but(shaken(tls_ok(), mss=536)), "small segments get through"),
    Miss(
        "tls-timeout",
        "http-timeout",
        base.silent.but(tls=tls_ok(PUBLIC), hello=broken(Error.TIMEOUT), models=broken(Error.TIMEOUT)),
        "TLS completes",
    ),
    Miss("tls-alert", "tls-client-cert-required", base.alert.but(tls=tls_bad(Error.ALERT, 116)), "alert 116"),
    Miss("tls-alert", "tls-unknown-sni", base.alert.but(tls=tls_bad(Error.ALERT, 112)), "alert 112"),
    Miss(
        "tls-alert",
        "tls-version-old",
        base.alert.but(shaken(replace(tls_ok(), version="TLSv1.1"), newest="1.1", verify=False)),
        "an older version is accepted",
    ),
    Miss("tls-unknown-sni", "tls-alert", base.unknown_name.but(tls=tls_bad(Error.ALERT, 40)), "alert 40"),
    Miss(
        "tls-unknown-sni",
        "tls-hostname-mismatch",
        base.unknown_name.but(tls=untrusted(62, "hostname mismatch", cert("CN=edge.other-cdn.test", PUBLIC))),
        "a certificate is presented",
    ),
    Miss(
        "tls-client-cert-required",
        "api-bad-request",
        base.client_cert.but(
            hello=hello(),
            models=error(400, "invalid_request_error", "x"),
            message=error(400, "invalid_request_error", "x"),
        ),
        "the 400 is about the request",
    ),
    Miss(
        "tls-client-cert-required",
        "gw-access-denied",
        base.client_cert.but(hello=page(403, "403 Forbidden"), models=page(403, "403 Forbidden")),
        "no word of a certificate",
    ),
    Miss(
        "http-empty-reply",
        "tls-client-cert-required",
        base.client_cert.but(
            shaken(replace(tls_ok(), wants_certificate=True), newest="1.2", verify=False),
            hello=broken(Error.CLOSED),
            models=broken(Error.CLOSED),
        ),
        "an older handshake shows that a certificate is asked for",
    ),
    Miss(
        "tls-not-tls",
        "cfg-base-url-scheme",
        base.ssh.but(
            hello_at("http://gw.corp.test:443", hello()),
            tls=tls_bad(Error.NOT_TLS, first_bytes=b"HTTP/1.1 400 Bad Request"),
        ),
        "plain HTTP answers",
    ),
)
