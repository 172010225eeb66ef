"""The login has expired.

## What it means
The token of a subscription login is past its time.

## Why we believe it
The API says so, or the end of the saved login is in the past.

## How to fix
Log in again with /login.

## Fix safety
Nothing is changed on this machine.
"""

from __future__ import annotations

from tui.core.facts import Facts
from tui.core.model import Confidence, Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply, where
from tui.core.rules.rule import Judgement
from tui.core.rules.tls.names import day

CODE = "auth-token-expired"
EXPLAINS = {"auth-invalid-key"}


def check(facts: Facts) -> Judgement:
    way, sent = Way(facts), facts.target.credentials
    again = remedies.run("log-in", "Log in again", "claude  # then type /login")
    answer = next((a for a in way.api_answers if a.status == 401 and "expired" in a.error_message.lower()), None)
    if answer is not None:
        yield Finding(
            CODE,
            "The login has expired",
            "The API accepts this kind of token, but its time is over.",
            (
                where("The credential in force", sent[0].setting if sent else None),
                Evidence("The API answers", reply(answer)),
            ),
            (again,),
        )
    login = facts.target.login
    if login is not None and login.expires is not None and login.expires < facts.now:
        yield Finding(
            CODE,
            "The saved login has expired",
            "Claude Code renews it by itself where it can; if it asks you to log in, this is why.",
            (Evidence("The saved login ended", day(login.expires), login.origin),),
            (again,),
            confidence=Confidence.POSSIBLE,
        )
