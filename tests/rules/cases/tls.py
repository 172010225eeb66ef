"""TLS and certificates."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.answers import DAY, cert, hello, http, message, tls_bad, tls_ok, untrusted
from tests.rules.cases.case import Case
from tests.rules.looks import canary, shaken, unverified
from tests.rules.story import story
from tests.rules.worlds import KEY, NOW, TOKEN, Given, user
from tui.core.seen import Error

FIRST_PARTY = Given(settings=user(**KEY))
GATEWAY = Given(settings=user(ANTHROPIC_BASE_URL="https://gw.corp.test", **TOKEN))
ZSCALER = "CN=Zscaler Intermediate Root CA,O=Zscaler Inc."
PUBLIC = "CN=R11,O=Let's Encrypt,C=US"
COMPANY = "CN=Example Corp Issuing CA 2,O=Example Corp"
NO_ISSUER = "unable to get local issuer certificate"
OLD = cert("CN=gw.corp.test", PUBLIC, start=NOW - 120 * DAY, end=NOW - 3 * DAY)
EARLY = cert("CN=gw.corp.test", PUBLIC, start=NOW + 3 * DAY, end=NOW + 90 * DAY)
PAST = cert(start=NOW - 430 * DAY, end=NOW - 340 * DAY)

inspected = story(FIRST_PARTY, tls=tls_ok(ZSCALER))
expiring = story(GATEWAY, tls=tls_ok(PUBLIC, NOW + 3.5 * DAY))
intercepted = story(FIRST_PARTY, tls=untrusted(20, NO_ISSUER, cert("CN=api.anthropic.com", ZSCALER)))
self_signed = story(GATEWAY, tls=untrusted(18, "self-signed certificate", cert("CN=gw.corp.test", "CN=gw.corp.test")))
private = story(GATEWAY, tls=untrusted(20, NO_ISSUER, cert("CN=gw.corp.test", COMPANY)))
incomplete = story(GATEWAY, tls=untrusted(20, NO_ISSUER, cert("CN=gw.corp.test", PUBLIC)))
expired = story(GATEWAY, tls=untrusted(10, "certificate has expired", OLD))
early = story(GATEWAY, tls=untrusted(9, "certificate is not yet valid", EARLY))
wrong_clock = story(
    FIRST_PARTY,
    canary(replace(http(204), skew=400 * DAY)),
    unverified(replace(hello(), skew=400 * DAY)),
    tls=untrusted(10, "certificate has expired", PAST),
)
slow_clock = story(FIRST_PARTY, message=replace(message(), skew=7200.0))
mismatch = story(GATEWAY, tls=untrusted(62, "hostname mismatch", cert("CN=edge.other-cdn.test", PUBLIC)))
weak = story(GATEWAY, tls=untrusted(66, "EE certificate key too weak", cert("CN=gw.corp.test", PUBLIC, bits=1024)))
old_version = story(
    GATEWAY,
    shaken(replace(tls_ok(PUBLIC), version="TLSv1.1"), newest="1.1", verify=False),
    tls=tls_bad(Error.ALERT, 70, detail="tlsv1 alert protocol version"),
)
reset = story(GATEWAY, shaken(tls_ok(PUBLIC), sni="example.com", verify=False), tls=tls_bad(Error.RESET))
closed = story(GATEWAY, tls=tls_bad(Error.CLOSED))
silent = story(GATEWAY, tls=tls_bad(Error.TIMEOUT))
alert = story(GATEWAY, tls=tls_bad(Error.ALERT, 40, detail="sslv3 alert handshake failure"))
unknown_name = story(GATEWAY, tls=tls_bad(Error.ALERT, 112, detail="tlsv1 unrecognized name"))
client_cert = story(
    GATEWAY,
    hello=http(400, "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>", server="nginx"),
    models=http(400, "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>", server="nginx"),
    message=http(400, "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>", server="nginx"),
)
ssh = story(GATEWAY, tls=tls_bad(Error.NOT_TLS, first_bytes=b"SSH-2.0-OpenSSH_9.9\r\n"))

CASES = (
    Case("tls-intercepted-trusted", inspected),
    Case("cert-expiring", expiring),
    Case("tls-intercepted-untrusted", intercepted),
    Case("tls-self-signed", self_signed),
    Case("tls-private-ca", private),
    Case("tls-chain-incomplete", incomplete),
    Case("tls-expired", expired),
    Case("tls-not-yet-valid", early),
    Case("clock-skew", wrong_clock),
    Case("clock-skew-minor", slow_clock),
    Case("tls-hostname-mismatch", mismatch),
    Case("tls-weak-cert", weak),
    Case("tls-version-old", old_version),
    Case("tls-reset", reset),
    Case("tls-closed", closed),
    Case("tls-timeout", silent),
    Case("tls-alert", alert),
    Case("tls-unknown-sni", unknown_name),
    Case("tls-client-cert-required", client_cert),
    Case("tls-not-tls", ssh),
)
