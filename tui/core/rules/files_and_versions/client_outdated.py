"""The client is older than what you use it for.

## What it means
Something that is in force (a model, a variable, the trust store of this network, a library) works only from a later
version of the client on. The message of the old version rarely says so.

## Why we believe it
The version was found on disk or given, and stands below the one in the table of what needs which version; or the
endpoint itself says that the client is too old.

## How to fix
Update the client.

## Fix safety
You run the command. A new major version of an SDK may need changes in your program.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace

from tui.core import course
from tui.core.ask import Ask
from tui.core.facts import Facts
from tui.core.known import Need
from tui.core.model import Client, ClientName, Confidence, Evidence, Finding, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error, Observation

CODE = "client-outdated"
EXPLAINS = {
    "api-bad-request",
    "tls-intercepted-untrusted",
    "tls-private-ca",
    "tls-self-signed",
    "auth-invalid-gateway-key",
    "gw-access-denied",
    "gw-auth-stripped",
}
_TOO_OLD = re.compile(
    r"claude_code_version_too_old|version \d[\d.]* or newer is required|thinking\.type\.enabled", re.I
)
_UPDATES: dict[str, str] = {
    "npm": "npm install -g @anthropic-ai/claude-code@latest",
    ClientName.CLAUDE_CODE: "claude update",
    ClientName.PYTHON_SDK: "pip install --upgrade anthropic",
    ClientName.TYPESCRIPT_SDK: "npm install @anthropic-ai/sdk@latest",
}


def check(facts: Facts) -> Judgement:
    way, newest = Way(facts), facts.known.newest[facts.client.name]
    if not facts.client.found:
        return
    told = next((a for a in way.api_answers if a.status == 400 and _TOO_OLD.search(a.error_message + a.body)), None)
    if told is not None and older(facts, newest):
        yield _finding(facts, "what you ask for", (Evidence(f"{way.host} answers", reply(told)),), Severity.BLOCKING)
        return
    for need in facts.known.needs:
        if need.client != facts.client.name or not older(facts, need.since):
            continue
        found = (yield from _store(facts)) if need.store else _in_force(facts, need)
        if found is None:
            continue
        what, seen = found
        evidence = (seen, Evidence(f"Needed is {need.since}", need.because))
        blocking = bool(need.store or need.library)
        yield _finding(facts, what, evidence, Severity.BLOCKING if blocking else Severity.DEGRADING)
        return


def older(facts: Facts, version: str) -> bool:
    """True if the client is older than a version."""
    return facts.client.release < Client(facts.client.name, version).release


def _in_force(facts: Facts, need: Need) -> tuple[str, Evidence] | None:
    """What is in force that needs the later version: its name, and where it was seen."""
    if need.model and facts.target.models:
        name, setting = facts.target.models[0]
        written_out = setting is not None and name in setting.text  # an alias means what the old client knew
        if written_out and re.fullmatch(rf"{need.model}(-\d{{8}})?", name):
            return name, where("The model in force", setting)
    refused = any(a.status in (400, 401, 403, 404) for a in Way(facts).api_answers)
    if need.variable and facts.value(need.variable).strip() and refused:
        return need.variable, where("Set, but not read", facts.winner(need.variable))
    if need.library:
        own = next((i for i in facts.installed if i.shown == facts.client.found), None)
        version = dict(own.beside).get(need.library, "") if own else ""
        if version and _parts(version) >= _parts(need.library_from):
            return f"{need.library} {version}", Evidence(f"{need.library} beside it", version)
    return None


def _store(facts: Facts) -> Generator[Ask[Observation], None, tuple[str, Evidence] | None]:
    """Whether the system's store would accept what the client's own certificates do not."""
    way, trust = Way(facts), facts.target.trust
    untrusted = way.tls is not None and way.tls.failure is not None and way.tls.failure.error is Error.VERIFY
    if not untrusted or trust.os_store or trust.extra:
        return None
    ask = course.tls(facts.target, replace(trust, os_store=True, bundled=False))
    yield ask
    seen = facts.seen(ask)
    if seen is None or not seen.ok:
        return None
    return "the certificates of this network", Evidence("The system's store accepts the certificate", seen.issuer)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _finding(facts: Facts, what: str, evidence: tuple[Evidence, ...], severity: Severity) -> Finding:
    client = facts.client
    own = next((i for i in facts.installed if i.shown == client.found), None)
    command = _UPDATES.get(own.how if own else "", _UPDATES[client.name])
    others = [i for i in facts.installed if i.name is client.name and i is not own] if own else []
    also = tuple(Evidence("Found too, but not first in line", f"{i.version} ({i.shown})") for i in others[:3])
    title = client.title[0].upper() + client.title[1:]
    return Finding(
        CODE,
        f"{title} {client.version} is too old for {what}",
        f"The newest version known is {facts.known.newest[client.name]}.",
        (Evidence("Its version was read from", client.found), *evidence, *also),
        (remedies.run("update", "Update it", command),),
        severity,
        Confidence.PROVEN if severity is Severity.BLOCKING else Confidence.LIKELY,
    )
