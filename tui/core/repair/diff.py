"""What an edit changes, as a unified diff that shows no secret."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from tui.core.repair.masking import IsSecret, looks_secret, masked_lines, secrets_in, secrets_of
from tui.core.repair.notation import Notation
from tui.core.repair.text import lines
from tui.core.secret import Secret

CONTEXT = 2


def masked_diff(
    before: bytes | None,
    after: bytes | None,
    shown: str,
    notation: Notation | None = None,
    is_secret: IsSecret = looks_secret,
    secrets: Iterable[Secret] = (),
) -> str:
    """Return a unified diff with two lines of context and every secret masked; empty where nothing differs.

    Lines are compared as they are and shown masked: a line whose secret changed stands there twice, with two masks.
    Signs that a terminal would obey are replaced. None stands for a file that does not exist.
    """
    if before == after:
        return ""
    old, new = _text(before), _text(after)
    known = [part for secret in secrets for part in secrets_in(secret)]
    known += [*secrets_of(old, notation, is_secret), *secrets_of(new, notation, is_secret)]
    raw = lines(old), lines(new)
    masked = masked_lines(old, notation, is_secret, known), masked_lines(new, notation, is_secret, known)
    head = [f"--- {_clean(shown) if before is not None else '/dev/null'}\n"]
    head.append(f"+++ {_clean(shown) if after is not None else '/dev/null'}\n")
    return "".join([*head, *_hunks(raw, masked)])


def _hunks(raw: tuple[list[str], list[str]], masked: tuple[list[str], list[str]]) -> list[str]:
    """Return the hunks. Equal lines at both ends are cut off first, as comparing a long file whole takes long."""
    old, new = raw
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, spare = max(head - CONTEXT, 0), max(tail - CONTEXT, 0)
    matcher = difflib.SequenceMatcher(None, old[first : len(old) - spare], new[first : len(new) - spare], False)
    result: list[str] = []
    for group in matcher.get_grouped_opcodes(CONTEXT):
        a, b = (first + group[0][1], first + group[-1][2]), (first + group[0][3], first + group[-1][4])
        result.append(f"@@ -{_range(*a)} +{_range(*b)} @@\n")
        for tag, i, j, k, m in group:
            if tag == "equal":
                result.extend(_line(" ", one) for one in masked[1][first + k : first + m])
                continue
            result.extend(_line("-", one) for one in masked[0][first + i : first + j])
            result.extend(_line("+", one) for one in masked[1][first + k : first + m])
    return result


def _range(start: int, end: int) -> str:
    length = end - start
    return f"{start + 1 if length else start}" + ("" if length == 1 else f",{length}")


def _line(sign: str, line: str) -> str:
    text = line.rstrip("\r\n")
    note = "" if text != line else "\\ No newline at end of file\n"
    return f"{sign}{_clean(text)}\n{note}"


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\t" else "�" for sign in text)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
