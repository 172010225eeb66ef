"""The API rejects the form of the request.

## What it means
The endpoint does not accept something that the client always sends: a beta header or a field that is too new for it.

## Why we believe it
The endpoint answers 400 and says what it does not like.

## How to fix
Behind a gateway set CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS=1; otherwise update the client.

## Fix safety
Your choice: some newer features are switched off by it.
"""

from __future__ import annotations

import re

from tui.core.facts import Facts
from tui.core.model import Applicability, ClientName, Evidence, Finding, Remedy
from tui.core.rules import remedies
from tui.core.rules.clues import Way, reply
from tui.core.rules.rule import Judgement

CODE = "api-bad-request"
EXPLAINS: set[str] = set()
_KNOWN = re.compile(
    r"credit balance|organization has been disabled|streaming is not supported|^stream:|model name|无可用渠道", re.I
)

_UPDATES = {
    ClientName.CLAUDE_CODE: "npm install -g @anthropic-ai/claude-code",
    ClientName.PYTHON_SDK: "pip install --upgrade anthropic",
    ClientName.TYPESCRIPT_SDK: "npm install @anthropic-ai/sdk@latest",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    answer = next((a for a in (way.message, way.models) if a is not None and a.status in (400, 422)), None)
    if (
        answer is None
        or _KNOWN.search(answer.error_message)
        or "SSL certificate" in answer.body
        or "HTTPS port" in answer.body
    ):
        return
    if "No connected db" in answer.error_message:
        return
    found: list[Remedy] = []
    beta = bool(re.search(r"anthropic-beta|beta flag|Extra inputs are not permitted", answer.error_message))
    if beta and facts.client.name == "claude-code" and not facts.target.first_party:
        name, beside = "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", facts.winner("ANTHROPIC_BASE_URL")
        title, how = "Switch off experimental betas", Applicability.CHOICE
        found.append(remedies.add(facts, name, "1", "no-betas", title, beside, how))
    found.append(remedies.run("update", "Update the client", _UPDATES[facts.client.name]))
    yield Finding(
        CODE,
        "The API rejects the form of the request" + (" (a beta feature)" if beta else ""),
        "The client sends something that this endpoint does not accept.",
        (
            Evidence(f"{way.host} answers", reply(answer)),
            Evidence("Betas sent", ", ".join(facts.target.betas[:4]) or "none"),
        ),
        tuple(found),
    )
