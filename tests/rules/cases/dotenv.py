"""What a .env file does that nobody meant."""

from __future__ import annotations

import struct

from tests.rules.cases.case import Case
from tests.rules.story import story
from tests.rules.worlds import PLANTED, Given

PYTHON = "python-sdk@2.12.0"
TYPESCRIPT = "typescript-sdk@1.12.0"
KEY_LINE = f"ANTHROPIC_API_KEY={PLANTED.api_key}\n"
HASHED = PLANTED.auth_token + "#1"
"""A token of which some readers see only the first part."""


def index(*paths: str) -> str:
    """A git index of version 2 with these paths, all of its bytes below 128."""
    entries = b""
    for path in sorted(paths):
        name = path.encode()
        entry = bytes(60) + struct.pack(">H", len(name)) + name
        entries += entry + bytes(8 - len(entry) % 8)
    return (struct.pack(">4sII", b"DIRC", 2, len(paths)) + entries + bytes(20)).decode("ascii")


open_quote = story(Given(client=PYTHON, dotenv=f'# for the app\nANTHROPIC_API_KEY="{PLANTED.api_key}\nPORT=8080\n'))
hashed = story(
    Given(
        client=PYTHON,
        dotenv=f"ANTHROPIC_BASE_URL=http://gw.corp.test:4000\nANTHROPIC_AUTH_TOKEN={HASHED}\n",
    )
)
empty_wins = story(Given(client=PYTHON, env={"ANTHROPIC_API_KEY": ""}, dotenv=KEY_LINE))
tracked = story(
    Given(client=PYTHON, dotenv=KEY_LINE, files={"project/.git/index": index(".env", "app.py", "docs/guide.md")})
)

CASES = (
    Case("cfg-dotenv-syntax", open_quote),
    Case("cfg-dotenv-shadowed", empty_wins),
    Case("cfg-dotenv-ambiguous", hashed),
    Case("secret-tracked-by-git", tracked),
)
