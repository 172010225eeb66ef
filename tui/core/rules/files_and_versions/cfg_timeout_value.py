"""The time limit or the number of retries has a value that cannot work.

## What it means
API_TIMEOUT_MS is in milliseconds, from 1 to 2147483647. A larger number overflows the timer, so every request fails at
once; a small one (seconds were meant) ends requests before the answer can come. Without retries, every short
disturbance becomes an error.

## Why we believe it
The value was compared with the range that the client takes, and with the time that this endpoint really needs.

## How to fix
Remove the setting: the default is 10 minutes, and 10 retries.

## Fix safety
Safe: the default is what the client uses without it.
"""

from __future__ import annotations

import math

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Confidence, Evidence, Finding, Remedy, Setting, Severity
from tui.core.rules import remedies
from tui.core.rules.clues import Way, ms, where
from tui.core.rules.rule import Judgement
from tui.core.seen import Error

CODE = "cfg-timeout-value"
EXPLAINS: set[str] = set()
_LIMIT, _RETRIES = "API_TIMEOUT_MS", "CLAUDE_CODE_MAX_RETRIES"
_MOST = 2_147_483_647
"""Milliseconds: the largest delay of a timer in the client's runtime."""
_SECONDS_MEANT = 1000
"""Below this many milliseconds hardly any answer of a model can come; whoever wrote it meant seconds."""
_LOST = (Error.RESET, Error.CLOSED, Error.TIMEOUT, Error.TRUNCATED)


def check(facts: Facts) -> Judgement:
    if facts.client.name is not ClientName.CLAUDE_CODE:
        return
    limit, retries = facts.winner(_LIMIT), facts.winner(_RETRIES)
    if limit is not None and limit.text.strip():
        yield from _time(facts, limit)
    if retries is not None and retries.text.strip():
        yield from _tries(facts, retries)


def _time(facts: Facts, setting: Setting) -> Judgement:
    way, value = Way(facts), number(setting.text, facts.client.release >= (2, 1, 211))
    needed = next((a.ms for a in (way.message, way.models, way.hello) if a and a.answered and not a.failure), 0.0)
    if value is not None and value > _MOST:
        why, sure = f"is above {_MOST}, so every request fails at once", Confidence.PROVEN
    elif value is None or value < 1:
        why, sure = f"is no number from 1 to {_MOST}", Confidence.LIKELY
    elif value < needed:
        why, sure = f"is {ms(value)}, but {way.host} needs {ms(needed)}", Confidence.PROVEN
    elif value < _SECONDS_MEANT:
        why, sure = f"is {ms(value)}, too short for the answer of a model", Confidence.LIKELY
    else:
        return
    remedy = remedies.drop(facts, setting, "default-timeout", f"Remove {_LIMIT}: the default is 600000 (10 minutes)")
    wanted = f"about 60000 (a minute) to {_MOST}, in milliseconds"
    yield _finding(setting, why, wanted, remedy, Severity.BLOCKING, sure)


def _tries(facts: Facts, setting: Setting) -> Judgement:
    value = number(setting.text, exponents=False)
    remedy = remedies.drop(
        facts, setting, "default-retries", f"Remove {_RETRIES}: the default is 10", Applicability.CHOICE
    )
    if value is None or value < 0:
        why = "is no number from 0 to 15"
        yield _finding(setting, why, "0 to 15", remedy, Severity.DEGRADING, Confidence.LIKELY)
        return
    lossy = [
        a
        for a in Way(facts).answers
        if (a.failure is not None and a.failure.error in _LOST) or a.status in (408, 409, 429) or a.status >= 500
    ]
    if value == 0 and lossy:
        why = "is 0, and requests were lost that a retry might save"
        yield _finding(setting, why, "0 to 15", remedy, Severity.DEGRADING, Confidence.LIKELY)


def _finding(
    setting: Setting, why: str, wanted: str, remedy: Remedy, severity: Severity, confidence: Confidence
) -> Finding:
    return Finding(
        CODE,
        f"{setting.name} {why}",
        "The client takes the value as it stands, and its messages do not name it.",
        (where("The setting in force", setting), Evidence("Values that make sense", wanted)),
        (remedy,),
        severity,
        confidence,
    )


def number(text: str, exponents: bool) -> float | None:
    """The value as the client reads it; older versions take digits only. None where it is no number."""
    written = text.strip()
    plain = written.lstrip("+-").isdecimal()
    if not written.isascii() or not (plain or exponents):
        return None
    try:
        value = float(written)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
