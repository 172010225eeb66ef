"""A dotenv file, read as python-dotenv reads it, with the place of every name and value.

python-dotenv says what each statement means; it does not say where a value stands. So each statement that it yields is
matched a second time, and its places are carried back to the text as it is on disk (python-dotenv sees LF line ends).
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dotenv.parser import Binding as Statement
from dotenv.parser import parse_stream
from dotenv.variables import parse_variables

from tui.core.repair.text import BOM, position

_LINE_END = re.compile(r"\r\n|\r")
_HEAD = re.compile(r"\s*(?P<export>export[^\S\n]+)?(?:'(?P<quoted>[^']+)'|(?P<bare>[^=#\s]+))(?P<space>[^\S\n]*)")
_EQUALS = re.compile(r"=(?P<space>[^\S\n]*)")
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.S)
_COMMENT = re.compile(r"\s+#.*")


@dataclass(frozen=True, slots=True)
class Binding:
    """One statement. Offsets count characters of the text on disk, BOM included; line and column count from 1.

    ``value`` is None where there is no ``=``; then the span of the value is empty. ``quote`` is ``'``, ``"`` or
    empty; ``value_start`` and ``value_end`` include the quotes. ``start`` to ``end`` is the whole statement with its
    indentation, comment and line end.
    """

    name: str
    value: str | None
    line: int
    column: int
    exported: bool
    quote: str
    start: int
    end: int
    name_start: int
    name_end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - it is what python-dotenv calls it
    """A statement that python-dotenv skips, and the line (from 1) where it starts."""

    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. ``problem`` is a sentence where the bytes are no UTF-8; python-dotenv then reads nothing."""

    text: str
    bindings: tuple[Binding, ...] = ()
    warnings: tuple[Warning, ...] = ()
    problem: str = ""
    problem_line: int | None = None
    statements: tuple[tuple[str | None, str | None, bool], ...] = field(default=(), repr=False)

    def find(self, name: str) -> Binding | None:
        """Return the binding in force: the last of that name."""
        return next((binding for binding in reversed(self.bindings) if binding.name == name), None)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column (from 1) of an offset."""
        return position(self.text, offset)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a file after interpolation; None for a name without ``=``. Faults are data, as in Document."""

    values: Mapping[str, str | None]
    warnings: tuple[Warning, ...]
    problem: str = ""
    problem_line: int | None = None


def scan(data: bytes) -> Document:
    """Read the bytes of a dotenv file. Never raises: bytes that are no UTF-8 are a ``problem``."""
    try:
        return scan_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Document("", problem=f"Line {line} is not UTF-8 text.", problem_line=line)


def scan_text(text: str) -> Document:
    """Read the text of a dotenv file; see :func:`scan`."""
    mark = len(BOM) if text.startswith(BOM) else 0
    body = text[mark:]
    unix = _LINE_END.sub("\n", body)
    shrunk = [m.start() - i for i, m in enumerate(re.finditer(r"\r\n", body))]
    bindings: list[Binding] = []
    warnings: list[Warning] = []
    statements: list[tuple[str | None, str | None, bool]] = []
    at, line = 0, 1

    def raw(offset: int) -> int:
        return mark + offset + bisect_left(shrunk, offset)

    # The parser drops one BOM of its own accord; give it one, so that a second stays what it is: part of a name.
    for statement in parse_stream(io.StringIO(BOM + unix)):
        source = statement.original.string
        blank = len(source) - len(source.lstrip())
        first = line + source.count("\n", 0, blank)
        if statement.error:
            warnings.append(Warning("This line is not understood, so it is skipped.", first))
        if statement.error or statement.key is not None:
            statements.append((statement.key, statement.value, statement.error))
        if statement.key is not None and not statement.error:
            bindings.append(_place(unix, at, statement, raw, first))
        at += len(source)
        line += source.count("\n")
    return Document(text, tuple(bindings), tuple(warnings), statements=tuple(statements))


def _place(unix: str, at: int, statement: Statement, raw: Callable[[int], int], line: int) -> Binding:
    end = at + len(statement.original.string)
    head = _HEAD.match(unix, at, end)
    if head is None or statement.key is None:
        raise AssertionError("python-dotenv yields no key without a name")
    group = "quoted" if head["quoted"] is not None else "bare"
    quote, start, stop = "", head.end(group) + (group == "quoted"), head.end(group) + (group == "quoted")
    if statement.value is not None and (equals := _EQUALS.match(unix, head.end())):
        quote, start, stop = _value(unix, equals, bool(head["space"]), end)
    opens = unix.rfind("\n", 0, head.start(group)) + 1
    column = head.start(group) - opens + 1
    return Binding(
        name=statement.key,
        value=statement.value,
        line=line,
        column=column,
        exported=head["export"] is not None,
        quote=quote,
        start=raw(opens),
        end=raw(end),
        name_start=raw(head.start(group)),
        name_end=raw(head.end(group)),
        value_start=raw(start),
        value_end=raw(stop),
    )


def _value(unix: str, equals: re.Match[str], spaced: bool, end: int) -> tuple[str, int, int]:
    """Return the quote and the span of the value that follows an equals sign."""
    if quoted := _QUOTED.match(unix, equals.end(), end):
        return quoted[0][0], quoted.start(), quoted.end()
    stop = unix.find("\n", equals.end(), end)
    words = unix[equals.end() : end if stop < 0 else stop]
    if equals["space"] and words.startswith("#"):
        words = ""
    length = len(_COMMENT.sub("", words).rstrip())
    if length:
        return "", equals.end(), equals.end() + length
    # An empty value stands right behind the sign, or where "A = " leaves a space for it.
    start = equals.end() if spaced and not words else equals.start() + 1
    return "", start, start


def read(data: bytes, environment: Mapping[str, str], environment_wins: bool = False) -> Reading:
    """Return the values as python-dotenv gives them, ``${NAME}`` filled in from the file and ``environment``.

    With ``environment_wins`` a name that both set is filled in from the environment, as ``load_dotenv`` does by
    default. Never raises.
    """
    document = scan(data)
    values: dict[str, str | None] = {}
    known: ChainMap[str, str | None] = ChainMap(values, dict(environment))
    if environment_wins:
        known = ChainMap(dict(environment), values)
    for binding in document.bindings:
        resolved = None
        if binding.value is not None:
            resolved = "".join(atom.resolve(known) for atom in parse_variables(binding.value))
        values[binding.name] = resolved
    return Reading(values, document.warnings, document.problem, document.problem_line)
