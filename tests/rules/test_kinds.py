"""Values that are read, judged and rewritten: what no diff shows, because it is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.rules.answers import DAY, cert
from tests.rules.cases.kinds import MTLS
from tests.rules.story import Told
from tests.rules.worlds import NOW
from tui.core import judge
from tui.core.facts import ClientFile, Facts
from tui.core.model import Confidence, Finding, Origin, OriginKind, Setting, Severity
from tui.core.rules.files_and_versions.cfg_headers_malformed import flaw, rewritten
from tui.core.rules.files_and_versions.cfg_timeout_value import number
from tui.core.seen import Certificate

GOOD = "X-Team: web\nX-Key: a,b: c"
CERTIFICATE, KEY = MTLS
FITS = cert("CN=alice", "CN=Example Corp Issuing CA 2")


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ('{"X-Team": "web", "X-Level": 3}', "X-Team: web\nX-Level: 3"),
        ('{\n  "X-Team": "web"\n}\n', "X-Team: web"),
        (r"X-Team: web\nX-Key: secret", "X-Team: web\nX-Key: secret"),
        (r"X-Team: web\r\nX-Key: secret", "X-Team: web\nX-Key: secret"),
        (r"X-Team: web\n", "X-Team: web"),
        ("x-auth: JWT,x-source: app", "x-auth: JWT\nx-source: app"),
        ("X-Team: web, Authorization: Bearer x", "X-Team: web\nAuthorization: Bearer x"),
        ("X-Team=web", "X-Team: web"),
        ("X-Team: web\nX-Key=a=b", "X-Team: web\nX-Key: a=b"),
        ("X Team: web", ""),
        ("X-Team: “web”", ""),
        ("just words", ""),
        ('{"X-Team": ["web"]}', ""),
        ("{}", ""),
    ],
)
def test_headers_are_rewritten_where_it_is_clear_what_was_meant(written: str, better: str) -> None:
    assert flaw(written)[1]
    assert rewritten(written) == better
    assert not better or flaw(better) == (False, "")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "X-Team: web\r\nX-Key: secret",
        "\nX-Team: web\n\n",
        "X-Empty:",
        "X-Path: C:\\new\\tools",
        "X-Url: a,https://corp.test/x",
        'X-Json: {"a-b": "c", "d-e": 1}',
        "X-Tab: a\tb",
    ],
)
def test_headers_that_the_client_takes(text: str) -> None:
    assert flaw(text) == (False, "")


@pytest.mark.parametrize(
    ("text", "exponents", "value"),
    [
        ("600000", False, 600000.0),
        (" 600000 ", False, 600000.0),
        ("-1", False, -1.0),
        ("6e5", True, 600000.0),
        ("6e5", False, None),
        ("600_000", True, 600000.0),
        ("600_000", False, None),
        ("10m", True, None),
        ("nan", True, None),
        ("Infinity", True, None),
        ("٦٠٠", True, None),
        ("+-5", False, None),
        ("", True, None),
    ],
)
def test_numbers(text: str, exponents: bool, value: float | None) -> None:
    assert number(text, exponents) == value


def files(certificate: Certificate | None, *states: str) -> tuple[ClientFile, ...]:
    """A certificate and its key in these states; the key is left out where only one is given."""
    origin = Origin(OriginKind.ENVIRONMENT)
    made = [ClientFile(Setting(CERTIFICATE, "/c.pem", origin), "/c.pem", states[0], certificate)]
    made += [ClientFile(Setting(KEY, "/c.key", origin), "/c.key", state) for state in states[1:]]
    return tuple(made)


def found(facts: Facts) -> Finding | None:
    """What is said of the client certificate."""
    ranked = judge.judge(facts).ranked
    return next((r.finding for r in ranked if r.finding.code == "cfg-mtls-file"), None)


@pytest.mark.parametrize(
    ("seen", "title"),
    [
        (files(None, "unreadable", "ok"), "The file in CLAUDE_CODE_CLIENT_CERT cannot be read"),
        (files(None, "not-pem", "ok"), "The file in CLAUDE_CODE_CLIENT_CERT is not in PEM form"),
        (files(FITS, "ok", "missing"), "The file in CLAUDE_CODE_CLIENT_KEY does not exist"),
        (files(FITS, "ok", "locked"), "The file in CLAUDE_CODE_CLIENT_KEY needs a passphrase, and none is set"),
        (
            files(FITS, "ok", "wrong-passphrase"),
            "The file in CLAUDE_CODE_CLIENT_KEY does not open with the passphrase that is set",
        ),
        (files(FITS, "ok", "mismatch"), "The file in CLAUDE_CODE_CLIENT_KEY is not the key of the certificate"),
        (
            files(replace(FITS, not_after=NOW - DAY), "ok", "ok"),
            "The file in CLAUDE_CODE_CLIENT_CERT expired on 2026-11-24",
        ),
        (
            files(replace(FITS, not_before=NOW + DAY), "ok", "ok"),
            "The file in CLAUDE_CODE_CLIENT_CERT is valid only from 2026-11-26 on",
        ),
    ],
)
def test_every_way_in_which_a_client_certificate_fails(
    seen: tuple[ClientFile, ...], title: str, ends: Mapping[str, Told]
) -> None:
    finding = found(replace(ends["cfg-mtls-file"].facts, client_files=seen))
    assert finding is not None
    assert (finding.title, finding.severity, finding.confidence) == (title, Severity.BLOCKING, Confidence.PROVEN)


def test_a_certificate_alone_is_only_likely_to_fail(ends: Mapping[str, Told]) -> None:
    """Both may stand in one file."""
    finding = found(replace(ends["cfg-mtls-file"].facts, client_files=files(FITS, "ok")))
    assert finding is not None
    assert "has no key beside it" in finding.title
    assert finding.confidence is Confidence.LIKELY


def test_a_pair_that_fits_is_no_cause(ends: Mapping[str, Told]) -> None:
    assert found(replace(ends["cfg-mtls-file"].facts, client_files=files(FITS, "ok", "ok"))) is None
