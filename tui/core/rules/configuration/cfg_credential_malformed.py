"""The credential carries characters that do not belong to it.

## What it means
Quotes, spaces, a line break or invisible characters were copied along with the key, or a placeholder such as
"your-key-here" was never replaced. Python programs report this as "Connection error".

## Why we believe it
The value was looked at character by character; where possible the cleaned value was tried at the same endpoint.

## How to fix
Write the value without the extra characters.

## Fix safety
Safe where the cleaned value was accepted. A placeholder must be replaced by you.
"""

from __future__ import annotations

import re

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Credential, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.secret import Secret
from tui.core.seen import Shape

CODE = "cfg-credential-malformed"
EXPLAINS = {"auth-invalid-key", "auth-invalid-gateway-key", "gw-access-denied", "auth-wrong-header", "gw-auth-stripped"}
_PLACEHOLDER = re.compile(
    r"(your|my|the)[-_ ]?(api[-_ ]?)?(key|token)|^x{4,}$|^<.*>$|change[-_]?me|^\.\.\.$|replace[-_ ]?me|xxxx"
    r"|placeholder|^sk-ant-\.+$",
    re.I,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00a0]")
_QUOTES = "\"'`“”‘’«»"


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    if way.works:
        return
    for sent in facts.target.credentials:
        setting = sent.setting
        text = sent.value.reveal()
        problem = flaw(text, facts.client.name)
        if not problem or setting is None or setting.name == "apiKeyHelper":
            continue
        better = cleaned(text)
        evidence = [where("The credential in force", setting), Evidence("What is wrong with it", f"it {problem}")]
        found = [
            remedies.steps(
                "write-key", "Write the real value", f"{setting.origin}: replace the value of {setting.name}."
            )
        ]
        if better and better != text and not _PLACEHOLDER.search(better):
            how = Applicability.CHOICE
            ask = course.models(facts.target, credentials=(Credential(sent.name, Secret(better), sent.header),))
            seen = facts.seen(ask)
            if seen is None and way.usable and not facts.offline:
                yield ask
            elif seen is not None and seen.status == 200 and seen.shape is Shape.MODELS:
                how = Applicability.SAFE
                evidence.append(Evidence("The cleaned value is accepted", "HTTP 200"))
            found = [
                remedies.give(
                    facts, setting, Secret(better), "clean-key", "Write the value without the extra characters", how
                )
            ]
        yield Finding(
            CODE,
            f"{setting.name} {problem}",
            "The client sends the value as it stands, and no endpoint accepts it.",
            tuple(evidence),
            tuple(found),
        )


def flaw(text: str, client: ClientName) -> str:
    """What is wrong with a credential's characters, as the end of a sentence; empty if nothing is."""
    if not text:
        return (
            "is empty, and this client sends it all the same"  # the first majors of the SDKs, beside another credential
        )
    if _PLACEHOLDER.search(text):
        return "still holds a placeholder instead of a key"
    if text[:1] in _QUOTES or text[-1:] in _QUOTES:
        return "has quotation marks inside its value"
    if "\n" in text.strip() or "\r" in text.strip():
        return "has a line break inside its value"
    if _INVISIBLE.search(text.strip()):
        return "has an invisible character inside its value"
    if any(c.isspace() for c in text.strip()) and not text.startswith("Bearer "):
        return "has a space inside its value"
    if not text.isascii():
        return "has a character that cannot be part of a key"
    if text != text.strip() and client is ClientName.PYTHON_SDK:
        return "has a space or line break at its end, which the Python SDK does not remove"
    return ""


def cleaned(text: str) -> str:
    """The value without quotes, white space and invisible characters."""
    return re.sub(r"\s+", "", _INVISIBLE.sub("", text)).strip(_QUOTES)
