"""Handshakes: alerts, resets, closes, what is not TLS, and certificates with the chain as it was presented."""

from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import pytest

from tests.lab.certificates import Pki
from tests.lab.double import ApiDouble
from tests.lab.faults import Fault
from tests.probe.wires import HOST, STORE, ask, get, post, wire
from tui.core.ask import AskTls
from tui.core.model import Trust
from tui.core.seen import Error, Hop, TlsSeen
from tui.core.url import Url

API = Url("https", HOST, 443)


async def handshake(pki: Pki, tmp_path: Path, leaf: str, trust: Trust = STORE, host: str = HOST) -> TlsSeen:
    """Shake hands with a server that presents ``leaf``, on a machine that trusts the public root only."""
    async with ApiDouble(tls=pki.server_context(leaf)) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        return await ask(AskTls(host, 443 if host == HOST else api.port, trust=trust), over)


async def test_good(pki: Pki, tmp_path: Path) -> None:
    seen = await handshake(pki, tmp_path, "good")
    assert seen.ok
    assert seen.version == "TLSv1.3"
    assert "WE1" in seen.issuer
    assert seen.not_after > 1_700_000_000


@pytest.mark.parametrize(
    ("leaf", "code", "length"),
    [
        ("expired", 10, 2),
        ("notyet", 9, 2),
        ("selfsigned", 18, 1),
        ("zscaler", 19, 3),
        ("company", 20, 2),
        ("leaf-only", 20, 1),
        ("wronghost", 62, 2),
        ("rsa1024", 66, 2),
    ],
)
async def test_verification_codes_and_the_chain_photographed(
    leaf: str, code: int, length: int, pki: Pki, tmp_path: Path
) -> None:
    seen = await handshake(pki, tmp_path, leaf)
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error, seen.verify_code) == (Hop.TLS, Error.VERIFY, code)
    assert seen.verify_message == seen.failure.detail
    assert len(seen.chain) == length
    first = seen.chain[0]
    assert first.pem.startswith("-----BEGIN CERTIFICATE-----")
    assert len(first.sha256.split(":")) == 32
    assert first.not_before < first.not_after
    assert first.self_signed is (leaf == "selfsigned")
    assert not first.authority


async def test_what_a_certificate_says(pki: Pki, tmp_path: Path) -> None:
    chain = (await handshake(pki, tmp_path, "zscaler")).chain
    assert [c.authority for c in chain] == [False, True, True]
    assert "Zscaler" in chain[0].issuer
    assert chain[2].self_signed
    assert HOST in chain[0].names
    assert chain[0].key_bits == 256


async def test_name_and_address_not_covered(pki: Pki, tmp_path: Path) -> None:
    seen = await handshake(pki, tmp_path, "wronghost", host="127.0.0.1")
    assert seen.verify_code == 64  # an IP address has a code of its own
    assert (await handshake(pki, tmp_path, "good", host="127.0.0.1")).ok


@pytest.mark.parametrize(
    ("trust", "roots", "accepted"),
    [
        (Trust(os_store=True, bundled=False), "public", True),
        (Trust(os_store=False, bundled=True), "public", False),
        (Trust(os_store=True, bundled=True), "public", True),
        (Trust(os_store=True, bundled=True), "none", False),
        (Trust(os_store=False, bundled=False), "public", False),
        (Trust(os_store=False, bundled=False, extra=("public",)), "none", True),
        (Trust(os_store=False, bundled=True, extra=("public",)), "none", True),
        (Trust(extra=("company",)), "none", False),
        (Trust(extra=("missing",)), "public", True),
        (Trust(os_store=False, bundled=False, verify=False), "none", True),
    ],
)
async def test_stores(trust: Trust, roots: str, accepted: bool, pki: Pki, tmp_path: Path) -> None:
    from dataclasses import replace

    paths = {"public": pki.public.root, "company": pki.company.root, "missing": pki.missing}
    trust = replace(trust, extra=tuple(str(paths[name]) for name in trust.extra))
    async with ApiDouble(tls=pki.server_context("good")) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,) if roots == "public" else (pki.company.root,))
        seen = await ask(AskTls(HOST, 443, trust=trust), over)
        assert seen.ok is accepted
        answer = await ask(get(api.port, url=API, trust=trust), over)
        assert (answer.status == 200) is accepted
        assert bool(api.requests) is accepted


async def test_bundled_roots_are_added_to_the_systems(pki: Pki, tmp_path: Path) -> None:
    """Both stores together are tried in two steps to save time; what only the second knows must be found."""
    async with ApiDouble(tls=pki.server_context("good")) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.company.root,))
        bundle = tmp_path / "bundle.pem"
        bundle.write_bytes(Path(certifi.where()).read_bytes() + pki.public.root.read_bytes())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(certifi, "where", lambda: str(bundle))
            assert (await ask(AskTls(HOST, 443), over)).ok
            assert (await ask(get(api.port, url=API), over)).status == 200


@pytest.mark.parametrize("name", ["empty", "garbage", "der"])
async def test_ca_file_that_cannot_be_loaded(name: str, pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble(tls=pki.server_context("good")) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        trust = Trust(bundled=False, extra=(str(getattr(pki, name)),))
        seen = await ask(AskTls(HOST, 443, trust=trust), over)
        assert seen.failure is not None
        assert seen.failure.error is Error.CA_FILE
        answer = await ask(get(api.port, url=API, trust=trust), over)
        assert answer.failure is not None
        assert answer.failure.error is Error.CA_FILE
        assert not api.requests


async def test_client_certificate(pki: Pki, tmp_path: Path) -> None:
    context = pki.server_context("good", client_ca=pki.company.root)
    async with ApiDouble(tls=context) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        bare = await ask(get(api.port, url=API, trust=STORE), over)
        assert bare.failure is not None
        assert bare.failure.error in (Error.ALERT, Error.RESET, Error.CLOSED)
        shown = Trust(bundled=False, client_cert=str(pki.client.chain), client_key=str(pki.client.key))
        assert (await ask(get(api.port, url=API, trust=shown), over)).status == 200
        wrong = Trust(bundled=False, client_cert=str(pki.client.chain), client_key=str(pki.good.key))
        broken = await ask(AskTls(HOST, 443, trust=wrong), over)
        assert broken.failure is not None
        assert broken.failure.error is Error.CA_FILE
        assert broken.failure.detail.startswith("client certificate:")


@pytest.mark.parametrize("number", [40, 49, 70, 80, 112])
async def test_number_of_an_alert(number: int, tmp_path: Path) -> None:
    async with Fault("tls-alert", number) as fault:
        seen = await ask(AskTls(HOST, 443), wire(tmp_path, port=fault.port))
    assert seen.failure is not None
    assert (seen.failure.error, seen.alert, seen.failure.detail) == (Error.ALERT, number, f"alert {number}")


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("rst-on-data", Error.RESET),
        ("fin-on-data", Error.CLOSED),
        ("fin-on-accept", Error.CLOSED),
        ("half-hello", Error.CLOSED),
    ],
)
async def test_end_of_a_handshake(mode: str, error: Error, tmp_path: Path) -> None:
    async with Fault(mode) as fault:
        over = wire(tmp_path, port=fault.port)
        for trust in (STORE, Trust(verify=False)):
            seen = await ask(AskTls(HOST, 443, trust=trust), over)
            assert seen.failure is not None
            assert (seen.failure.hop, seen.failure.error) == (Hop.TLS, error)
        answer = await ask(get(0, url=API), over)
        assert answer.failure == seen.failure
        assert answer.tls is not None


async def test_silence_in_the_handshake(tmp_path: Path) -> None:
    async with Fault("silent") as fault:
        seen = await ask(AskTls(HOST, 443), wire(tmp_path, port=fault.port, limit=0.3))
        assert seen.failure is not None
        assert (seen.failure.hop, seen.failure.error) == (Hop.TLS, Error.TIMEOUT)
    assert [data[:1] for data in fault.asked] == [b"\x16"]


@pytest.mark.parametrize(("mode", "start"), [("plain-http", b"HTTP/1.1 400"), ("ssh-banner", b"SSH-2.0-OpenSSH")])
async def test_first_bytes_of_what_is_not_tls(mode: str, start: bytes, tmp_path: Path) -> None:
    async with Fault(mode) as fault:
        seen = await ask(AskTls(HOST, 443), wire(tmp_path, port=fault.port))
    assert seen.failure is not None
    assert seen.failure.error is Error.NOT_TLS
    assert seen.first_bytes.startswith(start)
    assert len(seen.first_bytes) <= 512


async def test_old_versions_only_where_asked(pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble(tls=pki.server_context("good", newest=ssl.TLSVersion.TLSv1_1)) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        assert not (await ask(AskTls(HOST, 443, trust=STORE), over)).ok
        old = await ask(AskTls(HOST, 443, trust=Trust(verify=False), newest="1.1"), over)
        assert (old.ok, old.version) == (True, "TLSv1.1")


async def test_another_name_in_the_hello(pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble(tls=pki.server_context("wronghost")) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        question = AskTls(HOST, 443, trust=STORE, sni="portal.hotel-wifi.test")
        assert (await ask(question, over)).ok
        assert question.about == "api.anthropic.com:443, as portal.hotel-wifi.test"


async def test_small_segments_change_nothing_here(pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble(tls=pki.server_context("good")) as api:
        over = wire(tmp_path, port=api.port, roots=(pki.public.root,))
        assert (await ask(AskTls(HOST, 443, trust=STORE, mss=536), over)).ok
        assert (await ask(post(0, url=API, padding=20000), over)).status == 200


async def test_tls_that_ends_without_goodbye_is_a_close(pki: Pki, tmp_path: Path) -> None:
    async with ApiDouble("fin-after-request", tls=pki.server_context("good")) as api:
        answer = await ask(get(0, url=API, trust=STORE), wire(tmp_path, port=api.port, roots=(pki.public.root,)))
    assert answer.failure is not None
    assert (answer.failure.hop, answer.failure.error) == (Hop.HEADERS, Error.CLOSED)
    assert answer.tls is not None
    assert answer.tls.ok
