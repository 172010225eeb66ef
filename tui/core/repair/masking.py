"""Which stretches of a settings file are secret, and the same text with all of them masked, line for line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tui.core.repair import dotenv_document, json_document, shell_document
from tui.core.repair.json_node import Node
from tui.core.repair.notation import Notation
from tui.core.repair.shell_words import Unbalanced, skip_word
from tui.core.repair.text import lines
from tui.core.repair.url_masking import secret_parts
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
_URL = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z0-9][A-Za-z0-9+.-]*://")
_EDGE_SIGNS = " \t\r\n\"'`\u2018\u2019\u201c\u201d"
_LEAD = re.compile(rf"(?:\\?[{_EDGE_SIGNS}]|\\[nrt])*")
_TAIL = re.compile(rf"(?:[{_EDGE_SIGNS}]\\?|[nrt]\\)*")
"""Signs before a value, also as escapes; and those after it, matched against the text turned round."""
_SHORTEST = 6
_SHELLS = (Notation.BASH, Notation.ZSH, Notation.ENVRC)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and the secret that it spells; ``user`` where it is the user part of a URL."""

    start: int
    end: int
    value: str = field(repr=False)
    user: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A secret that is masked wherever it stands; ``user`` where it is the user part of a URL."""

    value: str = field(repr=False)
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


def secrets_of(text: str, notation: Notation | None, is_secret: IsSecret) -> tuple[Known, ...]:
    """Return the secret values that a file sets, so that they can be masked wherever else they stand."""
    found = {(span.value, span.user) for span in _exact(text, notation, is_secret)[0]}
    return tuple(Known(value, user) for value, user in found if len(value) >= _SHORTEST)


def secrets_in(secret: Secret) -> tuple[Known, ...]:
    """Return what must not be seen of a value that is to be written: of an address, its user and its path."""
    value = secret.reveal()
    user, rest = secret_parts(value) or (None, (0, len(value)))
    if user is None:
        return (Known(value.strip(_EDGE_SIGNS)),) if rest else ()
    found = Known(value[slice(*user)], user=True)
    return (found, Known(value[slice(*rest)])) if rest else (found,)


def masked_lines(text: str, notation: Notation | None, is_secret: IsSecret, secrets: Iterable[Known]) -> list[str]:
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
        value = secret.value
        if len(value) >= _SHORTEST:
            spans.extend(Span(m.start(), m.end(), value, secret.user) for m in re.finditer(re.escape(value), text))
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
            _walk(text, document.root, "", is_secret, spans, regions)
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
            spans.extend(_secret_spans(binding.name, *inner, text[slice(*inner)], binding.value))
        else:
            spans.extend(_userinfo(text, *inner, binding.value))
            regions.append(inner)
    return spans, [*regions, (at, len(text))]


def _secret_spans(name: str, start: int, end: int, raw: str, value: str) -> list[Span]:
    """Return what to mask of the value of a secret name: ``raw`` as it is written, ``value`` as it is meant.

    Quotes and spaces that became part of a value stay outside, as they are often what is wrong with it; and of the
    address of a proxy, only user and path are secret.
    """
    if "proxy" in name.lower() and (parts := secret_parts(raw)):
        user, rest = parts
        found = [Span(start + user[0], start + user[1], raw[slice(*user)], True)] if user else []
        return [*found, Span(start + rest[0], start + rest[1], raw[slice(*rest)])] if rest else found
    lead, tail = _LEAD.match(raw), _TAIL.match(raw[::-1])
    first, last = lead.end() if lead else 0, len(raw) - (tail.end() if tail else 0)
    core = raw[first:last] if raw == value else value.strip(_EDGE_SIGNS)
    if last - first < _SHORTEST or len(core) < _SHORTEST:
        return [Span(start, end, value)]
    return [Span(start + first, start + last, core)]


def _walk(
    text: str, node: Node, secret: str, is_secret: IsSecret, spans: list[Span], regions: list[tuple[int, int]]
) -> None:
    """Collect the secrets of a JSON value; below a secret key every text and number is one."""
    for member in node.members:
        name = member.address[-1]
        _walk(text, member.node, name if is_secret(name) else secret, is_secret, spans, regions)
    for item in node.items:
        _walk(text, item, secret, is_secret, spans, regions)
    if isinstance(node.value, str):
        inner = (node.start + 1, node.end - 1)
        if secret:
            spans.extend(_secret_spans(secret, *inner, text[slice(*inner)], node.value))
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
            word_start, word_end = _shell_word(text, value_start, end)
            word = text[word_start:word_end]
            spans.extend(_secret_spans(name[0], word_start, word_end, word, word))
            at = max(at, word_end)
            continue
        closing = _CLOSING.get(text[value_start : value_start + 1])
        if closing is not None:
            close = closing.match(text, value_start + 1, end)
            value_end = close.end() if close else value_start if notation is Notation.DOTENV else end
        if rest := _REST.match(text, value_end, end):
            value_end = rest.end()
        if value_end > value_start:
            value = text[value_start:value_end]
            spans.extend(_secret_spans(name[0], value_start, value_end, value, value))
        at = max(at, value_end)
    return spans


def _shell_word(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the word that a shell reads at ``start``, without quotes around all of it; the rest if it never ends."""
    try:
        stop = skip_word(text, start)
    except Unbalanced:
        return start, end
    word = text[start:stop]
    if len(word) > 1 and word[0] in "'\"" and word[-1] == word[0] and word.count(word[0]) == 2:
        return start + 1, stop - 1
    return start, stop
