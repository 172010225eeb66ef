"""Other faces of what a .env file does."""

from __future__ import annotations

from tests.rules.answers import hello, models, tcp_bad
from tests.rules.cases import dotenv as base
from tests.rules.cases.configuration import BAD_KEY, GW, LOCAL
from tests.rules.cases.dotenv import HASHED, KEY_LINE, PYTHON, TYPESCRIPT
from tests.rules.looks import hello_at, models_with
from tests.rules.story import story
from tests.rules.variants.variant import Variant
from tests.rules.worlds import PLANTED, Given
from tui.core.model import Header
from tui.core.seen import Error

OTHER = "sk-ant-api03-" + "older-and-revoked-" * 4
KEY = PLANTED.api_key


def broken(text: str, client: str = PYTHON) -> Given:
    """A project whose .env file is this text."""
    return Given(client=client, dotenv=text)


VARIANTS = (
    Variant("cfg-dotenv-syntax", "text behind the quote", story(broken(f'ANTHROPIC_API_KEY="{KEY}";\n'))),
    Variant("cfg-dotenv-syntax", "a colon", story(broken(f"ANTHROPIC_API_KEY: {KEY}\n"))),
    Variant("cfg-dotenv-syntax", "no sign at all", story(broken(f"ANTHROPIC_API_KEY {KEY}\n", TYPESCRIPT))),
    Variant("cfg-dotenv-syntax", "an invisible character", story(broken(f"\u200bANTHROPIC_API_KEY={KEY}\n"))),
    Variant("cfg-dotenv-syntax", "a Cyrillic letter", story(broken(f"АNTHROPIC_API_KEY={KEY}\n", TYPESCRIPT))),
    Variant("cfg-dotenv-syntax", "PowerShell", story(broken(f"$env:ANTHROPIC_API_KEY={KEY}\n"))),
    Variant(
        "cfg-dotenv-syntax", "the name again, alone", story(broken(f"ANTHROPIC_API_KEY={KEY}\nANTHROPIC_API_KEY\n"))
    ),
    Variant(
        "cfg-dotenv-syntax",
        "another line's quote swallows it",
        story(broken(f'GREETING="hello\nANTHROPIC_API_KEY={KEY}\nNAME="x"\n')),
    ),
    Variant(
        "cfg-dotenv-syntax",
        "joined with the next line",
        story(broken(f'ANTHROPIC_BASE_URL="{GW}\nANTHROPIC_API_KEY={KEY}"\n', TYPESCRIPT)),
    ),
    Variant(
        "cfg-dotenv-shadowed",
        "an inherited key that is refused",
        story(
            Given(client=PYTHON, env={"ANTHROPIC_API_KEY": OTHER}, dotenv=KEY_LINE),
            models_with(KEY, Header.BEARER, models()),
            models=BAD_KEY,
        ),
    ),
    Variant(
        "cfg-dotenv-shadowed",
        "an inherited address that nothing answers at",
        story(
            Given(client=TYPESCRIPT, env={"ANTHROPIC_BASE_URL": LOCAL}, dotenv=f"ANTHROPIC_BASE_URL={GW}\n{KEY_LINE}"),
            hello_at(GW, hello()),
            tcp=tcp_bad(Error.REFUSED, "127.0.0.1"),
        ),
    ),
    Variant(
        "cfg-dotenv-shadowed",
        "an empty inherited address",
        story(Given(client=PYTHON, env={"ANTHROPIC_BASE_URL": ""}, dotenv=f"ANTHROPIC_BASE_URL={GW}\n{KEY_LINE}")),
    ),
    Variant(
        "cfg-dotenv-ambiguous",
        "node dotenv cuts the token at #",
        story(
            base.hashed.given.but(client=TYPESCRIPT),
            models_with(HASHED, Header.BEARER, models()),
            models=BAD_KEY,
        ),
    ),
    Variant("cfg-dotenv-ambiguous", "a byte-order mark", story(broken(f"\ufeff{KEY_LINE}"))),
    Variant("cfg-dotenv-ambiguous", "line ends CR", story(broken(f"PORT=1\r{KEY_LINE[:-1]}\rNAME=x\r"))),
)
