"""Where one word of a POSIX-like shell ends: quotes, expansions and nested commands are stepped over, never run."""

from __future__ import annotations

import re

_ASSIGNED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=")
_LINE_END = re.compile(r"\r?\n")
_TEST_END = re.compile(r"\s\]\](?=[\s;&|)]|$)")
_CASE_IN = re.compile(r"\sin(?=\s)")
_BODY = re.compile(r"[;\n]|\{\s")
_META = " \t\r\n;&|()<>"


class Unbalanced(Exception):
    """A quote, bracket or here-document never ends; the text must not be edited by guessing."""


def line_end_at(text: str, at: int) -> int:
    """Return the length of the line end at an offset: 2 for CRLF, 1 for LF, 0 for anything else."""
    return 2 if text.startswith("\r\n", at) else 1 if text.startswith("\n", at) else 0


def skip_word(text: str, start: int) -> int:
    """Return the offset behind the word that starts at ``start``. Raises :class:`Unbalanced`."""
    at = start
    while at < len(text):
        sign = text[at]
        if sign == "(" and at > start:
            # NAME=(array), name=*(qualifier): brackets inside a word belong to it; name() is a function.
            if text.startswith("()", at) and not _ASSIGNED.fullmatch(text[start:at]):
                return at
            at = skip_brackets(text, at)
        elif sign in "<>" and text.startswith("(", at + 1):
            at = skip_brackets(text, at + 1)
        elif sign == "\r" and not line_end_at(text, at):
            at += 1
        elif sign in _META:
            return at
        else:
            at = skip_piece(text, at)
    return at


def skip_piece(text: str, at: int) -> int:
    """Return the offset behind one sign, quoted stretch or expansion. Raises :class:`Unbalanced`."""
    sign = text[at]
    if sign == "\\":
        return min(at + 1 + (line_end_at(text, at + 1) or 1), len(text))
    if sign == "'":
        return _find(text, "'", at + 1)
    if sign == '"':
        return _skip_double(text, at + 1)
    if sign == "`":
        return _skip_until(text, at + 1, "`")
    if sign == "$":
        if text.startswith("$'", at):
            return _skip_until(text, at + 2, "'")
        if text.startswith("${", at):
            return _skip_braces(text, at + 2)
        if text.startswith("$(", at):
            return skip_brackets(text, at + 1)
    return at + 1


def skip_brackets(text: str, at: int) -> int:
    """Return the offset behind the bracket that closes the one at ``at``. Raises :class:`Unbalanced`."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if sign == "#" and text[at - 1] in " \t\n;(":
            at = comment_end(text, at)
            continue
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                return at + 1
        at = at + 1 if sign in "()" else skip_piece(text, at)
    raise Unbalanced


def comment_end(text: str, at: int) -> int:
    """Return the offset of the line end behind a comment."""
    match = _LINE_END.search(text, at)
    return match.start() if match else len(text)


def skip_test(text: str, at: int) -> int:
    """Return the offset behind ``[[ … ]]``, in which operators mean something else. Raises :class:`Unbalanced`."""
    while at < len(text):
        if _TEST_END.match(text, at):
            return at + 3
        at = skip_piece(text, at)
    raise Unbalanced


def skip_loop_head(text: str, at: int) -> int:
    """Return where the body of a loop may start, behind ``NAME in words`` or ``((…))``."""
    while at < len(text) and not _BODY.match(text, at):
        at = skip_brackets(text, at) if text[at] == "(" else skip_piece(text, at)
    return at


def skip_case_head(text: str, at: int) -> int:
    """Return the offset behind the ``in`` of a case. Raises :class:`Unbalanced`."""
    while at < len(text):
        if match := _CASE_IN.match(text, at):
            return match.end()
        at = skip_piece(text, at)
    raise Unbalanced


def skip_pattern(text: str, at: int) -> int:
    """Return the offset behind the bracket that ends a pattern of a case. Raises :class:`Unbalanced`."""
    at += text.startswith("(", at)
    while at < len(text) and text[at] != ")":
        at = skip_brackets(text, at) if text[at] == "(" else skip_piece(text, at)
    if at >= len(text):
        raise Unbalanced
    return at + 1


def skip_here_documents(text: str, at: int, delimiters: list[tuple[str, bool]]) -> int:
    """Return the offset behind here-documents, each with its last line and whether tabs may stand before it."""
    for delimiter, tabs in delimiters:
        line = None
        while line != delimiter:
            if at >= len(text):
                raise Unbalanced
            end = comment_end(text, at)
            line = text[at:end].lstrip("\t") if tabs else text[at:end]
            at = end + line_end_at(text, end)
    return at


def _find(text: str, sign: str, at: int) -> int:
    end = text.find(sign, at)
    if end < 0:
        raise Unbalanced
    return end + 1


def _skip_until(text: str, at: int, closing: str) -> int:
    while at < len(text):
        if text[at] == closing:
            return at + 1
        at += 2 if text[at] == "\\" else 1
    raise Unbalanced


def _skip_double(text: str, at: int) -> int:
    while at < len(text):
        if text[at] == '"':
            return at + 1
        at = at + 1 if text[at] == "'" or text.startswith("$'", at) else skip_piece(text, at)
    raise Unbalanced


def _skip_braces(text: str, at: int) -> int:
    while at < len(text):
        if text[at] == "}":
            return at + 1
        at = skip_piece(text, at)
    raise Unbalanced
