"""The .env file holds the right value, and an inherited one wins.

## What it means
Loaders of .env files do not override what is already set: a variable that the program inherits counts, even an empty
one. So the value in the file is never used, however often it is corrected.

## Why we believe it
Both are set and differ. The inherited one is empty, cannot be used or fails. Where the one in the file could be tried,
it works. No key is sent to a host that is not in force.

## How to fix
Remove the inherited variable, and the line that exports it.

## Fix safety
A command for you: no other program can change the environment of your terminal.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import ClientName, Confidence, Credential, Evidence, Finding, OriginKind, Setting
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.configuration.cfg_credential_malformed import flaw
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Shape
from tui.core.survey import proxies
from tui.core.url import Url, parse

CODE = "cfg-dotenv-shadowed"
EXPLAINS = {
    "cfg-settings-shadow",
    "cfg-credential-missing",
    "cfg-credential-malformed",
    "cfg-base-url-invalid",
    "cfg-base-url-path",
    "cfg-base-url-scheme",
    "cfg-base-url-typo",
    "auth-invalid-key",
    "auth-invalid-gateway-key",
    "gw-not-running",
    "gw-hung",
    "gw-path-not-found",
    "gw-upstream-down",
    "tcp-refused",
    "tcp-timeout",
    "tcp-unreachable",
    "dns-nxdomain",
    "dns-no-address",
    "no-internet",
}
_CREDENTIALS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")


def check(facts: Facts) -> Judgement:
    if facts.client.name is ClientName.CLAUDE_CODE or Way(facts).works:
        return
    for name in _CREDENTIALS:
        if pair := _pair(facts, name):
            yield from _credential(facts, *pair)
    if pair := _pair(facts, "ANTHROPIC_BASE_URL"):
        yield from _base_url(facts, *pair)


def _pair(facts: Facts, name: str) -> tuple[Setting, Setting] | None:
    """The inherited setting in force and the one of the file that it hides, where they differ."""
    resolution = facts.resolutions.get(name)
    if resolution is None or resolution.winner is None or resolution.winner.origin.kind is OriginKind.DOTENV:
        return None
    hidden = next((s for s in resolution.shadowed if s.origin.kind is OriginKind.DOTENV and s.text.strip()), None)
    same = hidden is None or hidden.text.strip() == resolution.winner.text.strip()
    return None if hidden is None or same else (resolution.winner, hidden)


def _credential(facts: Facts, winner: Setting, hidden: Setting) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    if flaw(hidden.text, facts.client.name):
        return
    if not winner.text.strip():
        if not sent:
            yield _finding(facts, winner, hidden, "is empty", "an empty value counts as none")
        return
    if len(sent) != 1 or sent[0].name != winner.name:
        return
    malformed = flaw(winner.text, facts.client.name)
    if way.models is None and malformed:
        yield _finding(facts, winner, hidden, "cannot be used", f"it {malformed}", Confidence.LIKELY)
    if way.models is None or way.models.status not in (401, 403):
        return
    ask = course.models(
        facts.target, credentials=(Credential(winner.name, Secret(hidden.text.strip()), sent[0].header),)
    )
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif seen.status == 200 and seen.shape is Shape.MODELS:
        yield _finding(facts, winner, hidden, "is refused", "HTTP 200 with the value of the file")


def _base_url(facts: Facts, winner: Setting, hidden: Setting) -> Judgement:
    way, url = Way(facts), _url(hidden)
    if url is None or (way.usable and url == way.url):
        return
    if not winner.text.strip():
        yield _finding(facts, winner, hidden, "is empty", "an empty value is not the same as none")
        return
    if facts.target.problem and facts.offline:
        yield _finding(facts, winner, hidden, "cannot be used", facts.target.problem, Confidence.LIKELY)
        return
    unreachable = way.usable and (
        (way.tcp is not None and not way.tcp.ok) or (way.dns is not None and way.dns.error is not None)
    )
    lost = way.hello is not None and (way.hello.failure is not None or way.hello.status >= 500)
    if not (facts.target.problem or unreachable or lost):
        return
    proxy = proxies.choose(facts.client, url, facts.resolutions).proxy
    ask = replace(course.hello(replace(facts.target, url=url), url, proxy, detour=True), credentials=())
    seen = facts.seen(ask)
    if seen is None:
        yield ask
    elif seen.answered and seen.status < 500:
        problem = "cannot be used" if facts.target.problem else "does not answer"
        yield _finding(facts, winner, hidden, problem, f"HTTP {seen.status} at the address of the file")


def _url(setting: Setting) -> Url | None:
    try:
        return parse(setting.text)
    except ValueError:
        return None


def _finding(
    facts: Facts,
    winner: Setting,
    hidden: Setting,
    problem: str,
    proof: str,
    confidence: Confidence = Confidence.PROVEN,
) -> Finding:
    name = winner.name
    override = {
        ClientName.PYTHON_SDK: "load_dotenv(override=True)",
        ClientName.TYPESCRIPT_SDK: "dotenv.config({ override: true })",
    }[facts.client.name]
    return Finding(
        CODE,
        f"{hidden.origin.shown} sets {name}, but {winner.origin} sets it too and wins, and that value {problem}",
        "A loader of .env files leaves alone what is already set, even to nothing.",
        (
            where(f"In force, and it {problem}", winner),
            where("Hidden by it", hidden),
            Evidence("What shows it", proof),
        ),
        (
            remedies.drop(facts, winner, "drop-inherited", f"Remove {name} from {winner.origin}"),
            remedies.steps(
                "override",
                "Or let the file win in your program",
                f"Call {override} where the program loads the file. Then nothing that is inherited counts any more.",
            ),
        ),
        confidence=confidence,
    )
