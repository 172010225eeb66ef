"""Stretches of a file that a tool wrote and will write again: whatever is changed there does not last."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from tui.core.repair.text import lines

_OPENINGS = (
    (re.compile(r"\s*#+\s*>>>\s*(?P<tool>.+?)\s*>>>"), r"\s*#+\s*<<<\s*{}\s*<<<"),
    (re.compile(r"\s*#+\s*BEGIN (?P<tool>.*MANAGED.*?)\s*$"), r"\s*#+\s*END {}\s*$"),
    (re.compile(r"\s*#+\s*MANAGED BY (?P<tool>.+?) START\b", re.I), r"(?i)\s*#+\s*MANAGED BY {} END\b"),
    (re.compile(r"\s*#region (?P<tool>.+ initialize)\s*$"), r"\s*#endregion"),
    (re.compile(r"\s*#\s*(?P<tool>pnpm)\s*$"), r"\s*#\s*{} end\s*$"),
)
"""How blocks start, and how each then ends: conda and juliaup; Ansible; Rancher Desktop; conda in PowerShell; pnpm."""

_RUNS = (
    ("SDKMAN", re.compile(r"#THIS MUST BE AT THE END OF THE FILE FOR SDKMAN|.*\bSDKMAN_DIR\b")),
    ("nvm", re.compile(r".*\bNVM_DIR\b")),
)
"""Tools without marks: their lines stand together and name their folder."""

_COMMENT = re.compile(r"\s*(?:#|//|;|<#)")
_MADE = re.compile(
    r"\b(?P<verb>managed|maintained|generated|created|written) (?:automatically )?(?:by|with) "
    r"(?P<tool>[^.,;:!()\r\n]{2,40})",
    re.I,
)
_HANDS_OFF = re.compile(
    r"\b(?:do not|don't|don’t|never) (?:edit|change|modify|touch)\b|\bchanges? (?:here )?will be", re.I
)
_HEADER = 6
"""Lines at the top of a file in which it says who made it."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines from ``start`` (counted from 0) to before ``end`` belong to ``tool``."""

    tool: str
    start: int
    end: int


def blocks(text: str) -> list[Block]:
    """Return the managed stretches of a file, in order; a file that is managed as a whole is one."""
    rows = lines(text)
    found: list[Block] = []
    at = 0
    while at < len(rows):
        block = _marked(rows, at) or _run(rows, at)
        if block:
            found.append(block)
        at = block.end if block else at + 1
    tool = _made_by(rows, found)
    return [Block(tool, 0, len(rows))] if tool else found


def hit(before: str, after: str) -> Block | None:
    """Return the managed stretch that an edit changes, or puts something into; None where it leaves all alone."""
    found = blocks(before)
    if not found:
        return None
    old, new = lines(before), lines(after)
    matcher = difflib.SequenceMatcher(None, old, new, False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag == "equal":
            continue
        for block in found:
            whole = block.start == 0 and block.end == len(old)
            inside = block.start < start < block.end if start == end else start < block.end and end > block.start
            if inside or (whole and tag == "insert" and _made_by(old, []) == block.tool):
                return block
    return None


def _marked(rows: list[str], at: int) -> Block | None:
    for opening, closing in _OPENINGS:
        if match := opening.match(rows[at].rstrip("\r\n")):
            end = re.compile(closing.format(re.escape(match["tool"])))
            for last in range(at + 1, len(rows)):
                if end.match(rows[last].rstrip("\r\n")):
                    return Block(match["tool"].removesuffix(" initialize"), at, last + 1)
    return None


def _run(rows: list[str], at: int) -> Block | None:
    for tool, sign in _RUNS:
        end = at
        while end < len(rows) and sign.match(rows[end]):
            end += 1
        if end - at > 1:
            return Block(tool, at, end)
    return None


def _made_by(rows: list[str], found: list[Block]) -> str:
    """Return who made the whole file, as its first comments say, or nothing."""
    head: list[str] = []
    for number, row in enumerate(rows[:_HEADER]):
        if any(block.start <= number < block.end for block in found) or (row.strip() and not _COMMENT.match(row)):
            break
        head.append(row)
    said = "".join(head)
    made = _MADE.search(said)
    if made and (made["verb"].lower() in ("managed", "maintained") or _HANDS_OFF.search(said)):
        return made["tool"].strip().strip("'\"`*")
    return "chezmoi" if re.search(r"\bchezmoi:|\bmanaged by chezmoi\b", said) else ""
