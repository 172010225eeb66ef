"""Lines of a dotenv file by which a loader loses variables: skipped, swallowed, misspelt or not UTF-8 (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from tui.core.facts import BrokenLine, Fault
from tui.core.secret import Secret
from tui.core.survey.dotenv_readers import comparison, python_dotenv
from tui.core.survey.dotenv_readers.reading import Statement

Wrap = Callable[[str, str], "str | Secret"]

_CLAIM = re.compile(
    r"\s*(?P<word>export\s+|declare -x\s+|set\s+|setx\s+|\$env:)?(?P<name>\"[^\s=:#\"]+\"|'[^\s=:#']+'|[^\s=:#'\"]+)"
    r"\s*(?P<sign>=|:(?=\s)|(?=\s)|$)(?P<raw>.*)"
)
_LOOK_ALIKES = str.maketrans("АВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTXYABEZHIKMNOPTYX")
_OPENERS = "'\"`“”‘’"


@dataclass(frozen=True, slots=True)
class Claim:
    """A line that is meant to set one of the names. ``written`` is the name as it stands there."""

    line: int
    name: str
    written: str
    sign: str
    raw: str
    word: str


def find(text: str, statements: Iterable[Statement], wanted: Collection[str], wrap: Wrap) -> Iterator[BrokenLine]:
    """Yield the broken lines, given the statements that the loader sees; ``wanted`` are the names that matter.

    Our editor sees a file as python-dotenv does, so that this decides whether a line can be mended.
    """
    found = list(statements)
    editable = {one.line: one.name for one in python_dotenv.statements(text)}
    lost: dict[int, list[tuple[Claim, Statement | None]]] = {}
    owners = {line: one for one in found for line in range(one.line, one.last + 1)}
    good = [one for one in found if one.value is not None]
    first = {one.name: one.line for one in reversed(good)}
    last = {one.name: one.line for one in good}
    for claim in _claims(text, wanted):
        owner = owners.get(claim.line)
        sets = owner is not None and owner.line == claim.line and owner.name == claim.name and owner.value is not None
        later = last.get(claim.name, 0) > claim.line
        earlier = first.get(claim.name, claim.line) < claim.line
        if not sets and not later and not _passes_through(claim, owner, earlier):
            lost.setdefault(owner.line if owner else claim.line, []).append((claim, owner))
    for line, losses in lost.items():
        yield _as_edited(_broken(text, line, losses, wrap), editable.get(line))


def _as_edited(broken: BrokenLine, seen: str | None) -> BrokenLine:
    """The same line with the name by which our editor finds it; None where it finds no statement there."""
    if broken.fault is not Fault.SKIPPED or seen is None:
        return broken
    if seen in broken.lost:
        return replace(broken, mendable=False)
    return replace(broken, fault=Fault.NAME, problem=_odd_name(seen), written=seen, mendable=True)


def clean_name(written: str) -> str:
    """The name that is meant: without quotes and invisible characters, look-alikes replaced."""
    visible = "".join(c for c in written.strip("'\"") if unicodedata.category(c) not in ("Cf", "Cc", "Zs"))
    return unicodedata.normalize("NFKC", visible).translate(_LOOK_ALIKES)


def meant(raw: str) -> str | None:
    """The value that somebody wanted to write, or None where that cannot be told."""
    text = raw.strip()
    if text[:1] and text[0] in _OPENERS:
        close = text.find(text[0], 1)
        rest = text[close + 1 :].lstrip() if close > 0 else ""
        if rest and rest[0] not in ";,#":
            return None
        text = text[1:close] if close > 0 else re.split(r"\s#", text[1:])[0].rstrip().rstrip("'\"”’")
    else:
        text = re.split(r"\s#", text)[0].rstrip().rstrip(";,'\"")
    return text if text and not any(c in text for c in "'\"`\\\n") else None


def _claims(text: str, wanted: Collection[str]) -> Iterator[Claim]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        match = _CLAIM.match(line)
        if match and clean_name(match["name"]) in wanted:
            written = match["name"].strip("'")
            yield Claim(
                number, clean_name(written), written, match["sign"], match["raw"], (match["word"] or "").strip()
            )


def _passes_through(claim: Claim, owner: Statement | None, earlier: bool) -> bool:
    """True for a name alone, which asks some loaders to hand on what is inherited, and takes nothing away."""
    alone = not claim.sign and not claim.raw.strip()
    return alone and (owner is None or owner.line == claim.line) and not (earlier and owner is not None)


def _broken(text: str, line: int, losses: list[tuple[Claim, Statement | None]], wrap: Wrap) -> BrokenLine:
    claim, owner = losses[0]
    lost = tuple(dict.fromkeys(loss.name for loss, _ in losses))
    opener = _opener(text, line) if claim.line != line else claim
    if owner is not None and owner.name is not None and claim.line != line:
        inside = tuple((loss.name, value) for loss, _ in losses if (value := meant(loss.raw)) is not None)
        value = meant(opener.raw) if opener else None
        whole = value is not None and len(inside) == len(losses) and all(comparison.portable(v) for _, v in inside)
        return BrokenLine(
            line,
            Fault.SWALLOWS,
            "opens a quote that is closed only on a later line",
            owner.name,
            lost,
            None if value is None else wrap(owner.name, value),
            tuple((name, wrap(name, text)) for name, text in inside),
            whole and value is not None and comparison.portable(value),
        )
    if owner is not None and owner.name is not None and owner.name != claim.name:
        return BrokenLine(line, Fault.NAME, _odd_name(owner.name), owner.name, lost, mendable=True)
    if owner is not None and owner.name is not None:
        return BrokenLine(
            line, Fault.UNSETS, "has no = and so takes the value away", claim.written, lost, mendable=True
        )
    value = meant(opener.raw) if opener else None
    written = opener.written if opener else claim.written
    return BrokenLine(
        line,
        Fault.SKIPPED,
        _problem(opener),
        written,
        lost,
        None if value is None else wrap(clean_name(written), value),
        mendable=value is not None and comparison.portable(value),
    )


def _opener(text: str, line: int) -> Claim | None:
    """The line that opens what swallows others, whatever its name."""
    source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1]
    match = _CLAIM.match(source)
    if match is None:
        return None
    return Claim(line, match["name"], match["name"], match["sign"], match["raw"], (match["word"] or "").strip())


def _odd_name(written: str) -> str:
    if ":" in written:
        return "is written for another shell"
    if written.startswith(("'", '"')):
        return "has its name in quotes"
    if any(unicodedata.category(c) in ("Cf", "Zs") for c in written):
        return "has an invisible character in its name"
    return "has a letter in its name that only looks like a Latin one"


def _problem(claim: Claim | None) -> str:
    if claim is None:
        return "is not understood"
    if claim.word and not claim.word.startswith("export"):
        return f"begins with “{claim.word}”, which belongs to a shell"
    if claim.written.startswith('"'):
        return "has its name in quotes"
    if claim.sign == ":":
        return "has a colon where = belongs"
    if not claim.sign:
        return "has no = behind the name"
    raw = claim.raw.strip()
    if raw[:1] in ("'", '"') and raw[:1]:
        return "has text behind its closing quote" if raw.find(raw[0], 1) > 0 else "opens a quote and does not close it"
    return "is not understood"
