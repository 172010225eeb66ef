"""Lines of a dotenv file that python-dotenv skips: where one stands that is meant to set a certain name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.repair.dotenv_document import Document
from tui.core.repair.text import lines

_WORDS = r"(?:(?P<export>export[ \t]+)|(?:declare -x|set|setx)[ \t]+)?"


@dataclass(frozen=True, slots=True)
class Spot:
    """What to replace: from behind the indentation to before the line end. ``head`` is ``export ``, kept, or empty."""

    start: int
    end: int
    head: str


def find(document: Document, name: str, line: int) -> Spot | None:
    """Return the text of a skipped line that begins with the name; None where the line is no such one."""
    physical = list(lines(document.text))
    if not 1 <= line <= len(physical) or not any(warning.line == line for warning in document.warnings):
        return None
    source = physical[line - 1]
    body = source.rstrip("\r\n")
    match = re.match(rf"(?P<indent>\ufeff?[ \t]*){_WORDS}([\"']?){re.escape(name)}\3[ \t]*(?:[=:]|(?<=\s)|$)", body)
    if match is None:
        return None
    at = sum(len(one) for one in physical[: line - 1])
    return Spot(at + match.end("indent"), at + len(body), match["export"] or "")
