"""Where the readers of a dotenv file disagree about a variable, and whether a quoting exists that ends it (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from tui.core.facts import Disagreement
from tui.core.secret import Secret
from tui.core.survey.dotenv_readers import Read, Reader, read, read_all
from tui.core.survey.dotenv_readers.reading import Reading, Statement

Wrap = Callable[[str, str], "str | Secret"]

LOADERS = (Reader.PYTHON, Reader.NODE_DOTENV, Reader.NODE)
"""What programs load a file with; the others are shells and containers."""
_JUDGES = (*LOADERS, Reader.COMPOSE, Reader.BASH)
"""Those that one file is likely to meet. docker run --env-file, direnv and systemd are told about, but do not count:
one takes every quote to the letter, one refuses unquoted spaces, one knows no ``export``."""
_BARE = re.compile(r"[A-Za-z0-9_./:@%+,=-]*")


def find(
    data: bytes, statements: Collection[Statement], environ: Mapping[str, str], wanted: Collection[str], wrap: Wrap
) -> Iterator[Disagreement]:
    """Yield the disagreements about the ``wanted`` names; ``statements`` are those of the client's own loader."""
    readings = read_all(data, environ)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    last = {one.name: one for one in statements if one.name in wanted and one.value is not None}
    for name, statement in last.items():
        if name is None or (among := _split(name, readings)) is None:
            continue
        alone = b"\n".join(lines[statement.line - 1 : statement.last]).removeprefix(b"\xef\xbb\xbf")
        local = _split(name, read_all(alone, environ)) is not None
        problem = _why(alone.decode("utf-8", "replace")) if local else _why_elsewhere(data, statement.line)
        own = statement.value or ""
        # A control character that an escape made was hardly meant: in "C:\\new" there stands a path.
        escaped = b"\\" in alone and not own.isprintable()
        plain = re.match(rb"\s*(?:export )?" + name.encode() + b"=", alone) is not None
        movable = bool(plain and own and not escaped and portable(own))
        shown = tuple((r.reader.value, _shown(name, r.reading, wrap)) for r in readings if r.reading.tells(name))
        yield Disagreement(
            name,
            statement.line,
            problem,
            shown,
            local,
            local and movable,
            among,
        )


def portable(value: str) -> bool:
    """True if some quoting carries the value past all readers alike (the quotings that our editor writes)."""
    if _BARE.fullmatch(value):
        return True
    notations = [f"'{value}'"] if "'" not in value else []
    notations += [f'"{value}"'] if not re.search(r'["\\$`!]', value) else []
    for notation in notations:
        data = f"X={notation}\nY=1\n".encode("utf-8", "surrogatepass")
        if all(read(reader, data, {}).values == {"X": value, "Y": "1"} for reader in _JUDGES):
            return True
    return False


def _split(name: str, readings: tuple[Read, ...]) -> bool | None:
    """None where all agree; else whether the loaders of programs are among those that do not."""
    if len(set(_values(name, readings, LOADERS))) > 1:
        return True
    return False if len(set(_values(name, readings, _JUDGES))) > 1 else None


def _values(name: str, readings: tuple[Read, ...], readers: tuple[Reader, ...]) -> list[str | None]:
    return [r.reading.values.get(name) for r in readings if r.reader in readers and r.reading.tells(name)]


def _shown(name: str, reading: Reading, wrap: Wrap) -> str | Secret | None:
    value = reading.values.get(name)
    return None if value is None else wrap(name, value)


def _why(source: str) -> str:
    raw = source.partition("=")[2].strip()
    quote = raw[:1] if raw[:1] in ("'", '"', "`") else ""
    checks = (
        (quote == "`", "backticks are quotes for some readers only"),
        (not quote and re.search(r"(?<!\s)#|^#", raw), "some readers begin a comment at any #"),
        ("${" in raw, "some readers fill in ${…}"),
        ("$" in raw and quote != "'", "some readers fill in $NAME"),
        ("\\" in raw, "readers take backslashes differently"),
        (quote and raw.count(quote) > 2, "readers end the quotes at different places"),
        (quote and raw.count(quote) < 2, "a quote is opened and not closed"),
        (not quote and re.search(r"['\"]", raw), "a shell takes the quotes away"),
        (re.search(r"[\u00a0\u2000-\u200f\u2028-\u202f\u2060\ufeff]", source), "it holds an invisible character"),
        (re.search(r"\s=|=\s", source), "a shell takes no spaces around the ="),
        (not quote and re.search(r"[\s;&|<>()*~]", raw), "without quotes, a shell reads more than one word"),
    )
    return next((words for found, words in checks if found), "the readers have different rules")


def _why_elsewhere(data: bytes, line: int) -> str:
    if data.decode("utf-8", "ignore").encode() != data:
        return "the file is not UTF-8 text, at which some readers stop"
    if data.startswith(b"\xef\xbb\xbf") and line == 1:
        return "the file begins with a byte-order mark, which some readers take for a part of the name"
    if b"\r" in data.replace(b"\r\n", b""):
        return "its lines end with CR alone, which some readers take for no end at all"
    if b"\r\n" in data:
        return "its lines end with CR LF, and a shell keeps the CR in the value"
    return "another line of the file is read differently"
