"""A pasted text, reduced to what survives a terminal, and the phrases that are looked for in it (pure).

Only letters, digits and Chinese characters count; spaces do not. So a frame, a line break in the middle of a word,
curly quotes, zero-width characters, escaped JSON and lost or garbled punctuation make no difference. Where words began
and ended is kept, so that "529" is not found inside "15293".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LIMIT = 65536
"""Characters of a text that are looked at. The last ones: what failed stands at the end of a log."""

GAP = 60
"""Letters that "…" in a phrase stands for, at most: a host name or a model id, not a second message."""

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_COLOURS = re.compile(
    r"\x1b\][^\x07\x1b\n]{0,400}(?:\x07|\x1b\\)?"  # a title or a link
    r"|(?:\x1b|\^\[|\x9b)\[?[0-?]*[ -/]*[@-~]"  # any other control sequence
    r"|\[\d{1,3}(?:;\d{1,3}){0,4}m"  # a colour whose escape character was lost
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_CONTAINER = r"[\w.-]{1,40}[-_]\d{1,3}[ \t]{1,20}\|[ \t]"  # as docker compose names it
_TIME = (
    r"(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]{0,10}(?:Z|[+-]\d\d:?\d\d)?\]?|\[?\d\d:\d\d:\d\d[.,\d]{0,10}\]?)"
    r"(?:[ \t]{1,4}\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)\]?:?)?"
)
_PREFIX = re.compile(rf"^[ \t>|#*-]{{0,20}}(?:{_CONTAINER}(?:{_TIME})?|{_TIME})", re.MULTILINE)
_WORD = re.compile(r"[0-9a-z]+|[\u4e00-\u9fff]")  # Chinese has no spaces: every character may begin a phrase
_LETTER = re.compile(r"[0-9a-z#\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The letters of a text without anything between them, and the places where a word begins or ends."""

    letters: str
    edges: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Pasted:
        """Reduce a text; every step is linear in its length."""
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\n", text[-LIMIT:])
        text = _ENTITY.sub(" ", _PREFIX.sub(" ", _INVISIBLE.sub("", _COLOURS.sub("", text))))
        words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
        edges = {0}
        length = 0
        for word in words:
            length += len(word)
            edges.add(length)
        return cls("".join(words), frozenset(edges))


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a client prints, ready to be found. ``weight`` is the number of its letters: more letters, more specific.

    A single ``word`` may be broken once, by the end of a line: "EN OTFOUND" is one, "messag e: not found" is not.
    """

    pattern: re.Pattern[str]
    weight: int
    word: bool

    @classmethod
    def of(cls, written: str) -> Phrase:
        """Read a phrase as the tables write it: "…" stands for up to 60 letters, "#" for one digit."""
        parts = [_LETTER.findall(part.lower()) for part in written.split("…")]
        pattern = f".{{0,{GAP}}}?".join("".join("[0-9]" if c == "#" else c for c in part) for part in parts)
        return cls(re.compile(pattern), sum(map(len, parts)), len(_WORD.findall(written.lower())) == 1)

    def stands_in(self, pasted: Pasted) -> bool:
        """True if the phrase occurs, beginning and ending where a word does."""
        return any(self._fits(pasted.edges, *found.span()) for found in self.pattern.finditer(pasted.letters))

    def _fits(self, edges: frozenset[int], start: int, end: int) -> bool:
        if start not in edges or end not in edges:
            return False
        return not self.word or len(edges.intersection(range(start + 1, end))) <= 1
