"""What unsnarl's own core says that a client will send, for the same files and environment."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.clients import SDK_MODEL
from tests.oracle.encounter import Encounter
from tests.session.machine import KNOWN
from tui.core import course
from tui.core.ask import Message
from tui.core.facts import Facts
from tui.core.model import FileState, Header, OriginKind
from tui.core.probe.wire import proxy_header
from tui.core.rules.configuration import cfg_credential_malformed
from tui.core.rules.files_and_versions import cfg_headers_malformed
from tui.core.secret import Secret, plain
from tui.core.survey import facts, survey
from tui.core.survey.helper import run_helper

AUTHENTICATION = tuple(header.value for header in Header)


@dataclass(frozen=True, slots=True)
class Predicted:
    """The same as :class:`tests.oracle.encounter.Seen`; ``model`` is empty where none is configured.

    ``refusal`` says why nothing will be sent, ``doubt`` what may make the client refuse its own credential.
    """

    refusal: str = ""
    doubt: str = ""
    base: str = ""
    target: str = ""
    via: str = ""
    proxy_authorization: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    model: str = ""


async def predict(encounter: Encounter) -> Predicted:
    """Ask the core, before the client runs: it may rewrite its files."""
    found = await _facts(encounter)
    target = found.target
    refusal = _refusal(found)
    if refusal:
        return Predicted(refusal=refusal)
    model = target.models[0][0] if target.models else ""
    ask = course.message(target, Message(model or SDK_MODEL))
    headers = {credential.header.value: credential.value.reveal() for credential in ask.credentials}
    if Header.BEARER in headers:
        headers[Header.BEARER] = f"Bearer {headers[Header.BEARER]}"
    headers |= {name: plain(value) for name, value in ask.headers if name != "user-agent"}
    via = encounter.proxies.get(target.proxy.port, str(target.proxy)) if target.proxy else ""
    return Predicted(
        doubt=_doubt(found),
        base=ask.url.origin,
        target=ask.url.path + ask.path,
        via=via,
        proxy_authorization=proxy_header(target.proxy).strip().partition(": ")[2] if target.proxy else "",
        headers=tuple((name, _on_the_wire(value)) for name, value in headers.items()),
        model=model,
    )


def _on_the_wire(value: str) -> str:
    """A header value as the double reads it: without white space at its ends, each byte one character."""
    return value.strip(" \t").encode().decode("latin-1")


async def _facts(encounter: Encounter) -> Facts:
    configuration, machine = encounter.configuration, encounter.machine
    request = machine.request(configuration.client.spelled, dotenv=configuration.dotenv)
    found = survey(request, machine.world, KNOWN)
    resolution = found.resolutions.get("apiKeyHelper")
    printed = None
    if resolution and resolution.winner and resolution.winner.text.strip():
        ran = await run_helper(resolution.winner.text, machine.world, 5)
        printed = ran.output or Secret("")
    return facts(found, request, machine.world, KNOWN, printed)


def _doubt(found: Facts) -> str:
    for file in found.files:
        if file.kind in (OriginKind.MANAGED_SETTINGS, OriginKind.STATE) and file.state is FileState.INVALID:
            return file.problem  # Claude Code may refuse to start
    headers = found.value("ANTHROPIC_CUSTOM_HEADERS")
    stops, why = cfg_headers_malformed.flaw(headers) if headers else (False, "")
    if stops and cfg_headers_malformed.reads(found):
        return why
    words = (cfg_credential_malformed.flaw(c.value.reveal(), found.client.name) for c in found.target.credentials)
    return next(filter(None, words), "")


def _refusal(found: Facts) -> str:
    target = found.target
    if not course.usable(target):
        return target.problem or target.proxy_problem or target.provider or f"{target.proxy} speaks SOCKS"
    named = any(name in AUTHENTICATION for name, _ in target.headers)
    return "" if target.credentials or target.login or named else "no credential"
