"""Start-up files made up at random, the same ones every time, out of what people write into theirs."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NAMES = ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_MODEL", "HTTPS_PROXY", "NO_PROXY", "API_TIMEOUT_MS")
"""The names that are set; few, so that lines meet."""
VALUES = (
    "https://gw.test/v1",
    "sk-ant-api03-x",
    "claude-sonnet-5",
    "600000",
    "a b",
    "",
    "q'uote",
    "x$y",
    "back\\s",
    "#h",
)
SOURCED = (".extra", ".d/a.sh", ".d/b.sh", ".env")
"""Files that the made-up ones read in; ``.missing`` is never there."""


@dataclass(slots=True)
class Draw:
    """The dice of one home, and the files that grow in it."""

    dice: random.Random
    files: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """One of the names."""
        return self.dice.choice(NAMES)

    @property
    def plain(self) -> str:
        """A value that needs no quotes."""
        return self.dice.choice(("one", "https://gw.test", "sk-ant-2", "7", "a/b:c"))

    @property
    def value(self) -> str:
        """Any value."""
        return self.dice.choice(VALUES)

    def one_of(self, *texts: str) -> str:
        """One of several."""
        return self.dice.choice(texts)


Piece = Callable[[Draw], str]
"""Writes a few lines of a start-up file."""


def homes(
    shell: str, pieces: tuple[Piece, ...], files: tuple[str, ...], quote: Callable[[str], str], count: int
) -> list[Mapping[str, str]]:
    """Return so many homes. Every piece stands in some of them; ``quote`` writes a value for the sourced files."""
    made: list[Mapping[str, str]] = []
    for number in range(count):
        draw = Draw(random.Random(f"{shell} {number}"))
        draw.files |= {
            name: quote(f"export {draw.name}={draw.plain}{name[-4:-3]}") for name in SOURCED if name != ".env"
        }
        draw.files[".env"] = f"{draw.name}=dotenv\n"
        draw.files[".there"] = ""
        for at, name in enumerate(files):
            chosen = [pieces[(number * len(files) + at) % len(pieces)]]
            chosen += draw.dice.sample(pieces, draw.dice.randint(1, 5))
            draw.dice.shuffle(chosen)
            draw.files[name] = "".join(piece(draw).rstrip("\n") + "\n" for piece in chosen)
        made.append(draw.files)
    return made
