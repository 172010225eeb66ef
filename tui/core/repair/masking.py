"""Which stretches of a settings file are secret, and the same text with all of them masked, line for line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tui.core.repair import dotenv_document, json_document, shell_document
from tui.core.repair.json_node import Node
from tui.core.repair.notation import Notation
from tui.core.repair.shell_words import Unbalanced, skip_word
from tui.core.repair.text import lines
from tui.core.secret import Secret, mask

IsSecret = Callable[[str], bool]

_SECRET_NAME = re.compile(r"key|token|secret|passw|pwd|auth|credential|cookie|header|bearer|private", re.I)
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_ASSIGNED = re.compile(r"[ \t]*[\"'}\])]*[ \t]*(?:[+?:]?=|:|,)[ \t]*")
_ARGUMENT = re.compile(r"[\"'}\])]*[ \t]+(?:-[Vv]alue[ \t]+)?")
_REST = re.compile(r"(?:[^\r\n\\]|\\(?:\r\n|.))*", re.S)
_CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"[^']*'", re.S)}
_KEY = re.compile(r"sk-ant-[A-Za-z0-9_-]{4,}|(?<=[Bb]earer )\S+")
_USERINFO = re.compile(r":(?:\\?/){2}([^\s\"]+)@")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SHORTEST = 6
_SHELLS = (Notation.BASH, Notation.ZSH, Notation.ENVRC)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and the secret that it spells; ``user`` where it is the user part of a URL."""

    start: int
    end: int
    value: str
    user: bool = False


def looks_secret(name: str) -> bool:
    """Guess from a name whether its value is secret; it errs on the safe side."""
    return _SECRET_NAME.search(name) is not None


def hide(value: str) -> str:
    """Return the mask of a secret, which never holds the secret itself."""
    shown = mask(Secret(value))
    if "://" not in value:
        return shown
    return f"… ({len(value)} characters, #{Secret(value).fingerprint()})"


def secrets_of(text: str, notation: Notation | None, is_secret: IsSecret) -> tuple[Secret, ...]:
    """Return the secret values that a file sets, so that they can be masked wherever else they stand."""
    found = {span.value for span in _exact(text, notation, is_secret)[0]}
    return tuple(Secret(value) for value in found if len(value) >= _SHORTEST)


def masked_lines(text: str, notation: Notation | None, is_secret: IsSecret, secrets: Iterable[Secret]) -> list[str]:
    """Return the lines of ``text`` with every secret masked; there are as many lines as before.

    Secret is the value of each name that ``is_secret``, also in comments and in lines that do not parse; each of
    ``secrets`` wherever it stands; the user part of URLs; and whatever looks like an Anthropic key.
    """
    spans, regions = _exact(text, notation, is_secret)
    for start, end in regions:
        spans.extend(_guessed(text, start, end, notation, is_secret))
    spans.extend(Span(m.start(), m.end(), m[0]) for m in _KEY.finditer(text))
    spans.extend(Span(m.start(1), m.end(1), m[1], True) for m in _USERINFO.finditer(text))
    for secret in secrets:
        value = secret.reveal()
        if len(value) >= _SHORTEST:
            spans.extend(Span(m.start(), m.end(), value) for m in re.finditer(re.escape(value), text))
    return lines(_replace(text, spans))


def _replace(text: str, spans: list[Span]) -> str:
    """Mask the spans; of overlapping ones the first names the secret, and all of their text goes."""
    pieces: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        start = max(span.start, at)
        if span.end <= start:
            continue
        pieces.append(text[at:start])
        shown = f"…#{Secret(span.value).fingerprint()}" if span.user else hide(span.value)
        pieces.append("…" if start > span.start else shown)
        pieces.extend(ending + "…" for ending in re.findall(r"\r\n|\r|\n", text[start : span.end]))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def _exact(text: str, notation: Notation | None, is_secret: IsSecret) -> tuple[list[Span], list[tuple[int, int]]]:
    """Return the secrets that a parser places, and the regions in which only guessing is left."""
    if notation is Notation.DOTENV:
        return _exact_dotenv(text, is_secret)
    if notation is not None and notation.is_json:
        document = json_document.scan(text)
        if document.root is not None:
            spans: list[Span] = []
            regions = [(start, end) for start, end in document.extras if end - start > 1]
            _walk(text, document.root, False, is_secret, spans, regions)
            return spans, regions
    return [], [(0, len(text))]


def _exact_dotenv(text: str, is_secret: IsSecret) -> tuple[list[Span], list[tuple[int, int]]]:
    spans: list[Span] = []
    regions: list[tuple[int, int]] = []
    at = 0
    for binding in dotenv_document.scan_text(text).bindings:
        regions.append((at, binding.name_start))
        at = binding.value_end
        if binding.value is None:
            continue
        inner = (binding.value_start + len(binding.quote), binding.value_end - len(binding.quote))
        if is_secret(binding.name):
            spans.append(Span(*inner, binding.value))
        else:
            spans.extend(_userinfo(text, *inner, binding.value))
            regions.append(inner)
    return spans, [*regions, (at, len(text))]


def _walk(
    text: str, node: Node, secret: bool, is_secret: IsSecret, spans: list[Span], regions: list[tuple[int, int]]
) -> None:
    """Collect the secrets of a JSON value; below a secret key every text and number is one."""
    for member in node.members:
        _walk(text, member.node, secret or is_secret(member.address[-1]), is_secret, spans, regions)
    for item in node.items:
        _walk(text, item, secret, is_secret, spans, regions)
    if isinstance(node.value, str):
        inner = (node.start + 1, node.end - 1)
        if secret:
            spans.append(Span(*inner, node.value))
        else:
            spans.extend(_userinfo(text, *inner, node.value))
            regions.append(inner)
    elif secret and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        spans.append(Span(node.start, node.end, text[node.start : node.end]))


def _userinfo(text: str, start: int, end: int, value: str) -> list[Span]:
    """Return the user part of a URL that is a whole value; passwords may hold any sign, so up to the last ``@``."""
    if not _URL.search(value) or "@" not in value:
        return []
    user = value[value.index("://") + 3 : value.rindex("@")] if value.index("://") < value.rindex("@") else ""
    opens, closes = text.find("://", start, end), text.rfind("@", start, end)
    if not user:
        return []
    if 0 <= opens < closes:
        return [Span(opens + 3, closes, user, True)]
    return [Span(start, end, value)]


def _guessed(text: str, start: int, end: int, notation: Notation | None, is_secret: IsSecret) -> list[Span]:
    """Return what follows a secret name on its line; a quote that opens there carries on to where it closes."""
    spans: list[Span] = []
    by_space = notation in (None, Notation.FISH, Notation.POWERSHELL)
    comments = shell_document.scan(text, notation is Notation.ZSH).comments if notation in _SHELLS else []
    at = start
    while name := _NAME.search(text, at, end):
        at = name.end()
        follows = _ASSIGNED.match(text, at, end) or (_ARGUMENT.match(text, at, end) if by_space else None)
        if not follows or not is_secret(name[0]):
            continue
        value_start = follows.end()
        value_end = value_start
        if notation in _SHELLS and follows[0] == "=" and not any(a <= name.start() < b for a, b in comments):
            spans.append(_shell_word(text, value_start, end))
            at = max(at, spans[-1].end)
            continue
        closing = _CLOSING.get(text[value_start : value_start + 1])
        if closing is not None:
            close = closing.match(text, value_start + 1, end)
            value_end = close.end() if close else value_start if notation is Notation.DOTENV else end
        if rest := _REST.match(text, value_end, end):
            value_end = rest.end()
        if value_end > value_start:
            spans.append(Span(value_start, value_end, text[value_start:value_end]))
        at = max(at, value_end)
    return spans


def _shell_word(text: str, start: int, end: int) -> Span:
    """Return the word that a shell reads at ``start``, without quotes around all of it; the rest if it never ends."""
    try:
        stop = skip_word(text, start)
    except Unbalanced:
        return Span(start, end, text[start:end])
    word = text[start:stop]
    if len(word) > 1 and word[0] in "'\"" and word[-1] == word[0] and word.count(word[0]) == 2:
        return Span(start + 1, stop - 1, word[1:-1])
    return Span(start, stop, word)
