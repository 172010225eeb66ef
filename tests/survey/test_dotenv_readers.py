"""Our re-statements of the readers of dotenv files, against what the real ones returned (the corpus)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tui.core.survey import dotenv_readers
from tui.core.survey.dotenv_readers import Reader
from tui.core.survey.dotenv_readers.reading import Reading

CORPUS = Path(__file__).parents[1] / "repair/corpus/dotenv-parse.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
COLUMNS = {
    Reader.NODE: "node26-env-file",
    Reader.COMPOSE: "docker-compose",
    Reader.DOCKER: "docker-env-file",
    Reader.DIRENV: "direnv-dotenv",
    Reader.ENVIRONMENT_D: "systemd-environment.d",
}
CANNOT_TELL = {
    "dp-070": "if … then",
    "dp-087": "a command between backticks",
    "dp-190": "the number of the process",
    "dp-202": "a command between backticks",
    "dp-203": "arithmetic",
    "dp-225": "a command with a here-document",
}
"""What only running the file in a shell can tell."""


def wanted(case: Mapping[str, Any], reader: Reader) -> object:
    """What the real reader returned: a mapping, or ``rejected``."""
    plain = {name: value for name, value in case["expected"].items() if value is not None}
    match reader:
        case Reader.PYTHON:
            return plain
        case Reader.NODE_DOTENV:
            return case["node_dotenv"]
        case Reader.BASH:
            return case["bash"]["values"]
    return case["differs"].get(COLUMNS[reader], plain)


def read(case: Mapping[str, Any], reader: Reader) -> Reading:
    """What ours makes of it."""
    return dotenv_readers.read(reader, case["input"].encode(), case.get("env", {}))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("reader", Reader)
def test_corpus(case: Mapping[str, Any], reader: Reader) -> None:
    reading = read(case, reader)
    if reader is Reader.BASH and case["id"] in CANNOT_TELL:
        assert reading.blind or None in reading.values.values()
        return
    assert ("rejected" if reading.rejected else reading.values) == wanted(case, reader)


def test_what_cannot_be_told_is_never_told_wrongly() -> None:
    """Beside a value that a command computes, the others are right."""
    for case in CASES:
        if case["id"] in CANNOT_TELL and case["bash"]["values"] is not None:
            known = {k: v for k, v in read(case, Reader.BASH).values.items() if v is not None}
            assert known.items() <= case["bash"]["values"].items()


def test_skipped_lines_are_those_that_python_dotenv_warns_about() -> None:
    for case in CASES:
        assert list(read(case, Reader.PYTHON).skipped) == case.get("warned_lines", []), case["id"]


@pytest.mark.parametrize("reader", Reader)
def test_bytes_that_are_no_utf8(reader: Reader) -> None:
    """python-dotenv and docker stop; the others replace the byte and go on."""
    reading = dotenv_readers.read(reader, b"FIRST=caf\xe9\nSECOND=two\n", {})
    if reader in (Reader.PYTHON, Reader.DOCKER):
        assert reading.rejected
        assert reading.skipped == (1,)
        assert not reading.values
    else:
        assert reading.values == {"FIRST": "caf�", "SECOND": "two"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("export FIRST=\nSECOND=2", None),
        ("FIRST=   \n", ""),
        ("FIRST=a\n #c=1\n", "a"),
    ],
)
def test_node_26_as_it_was_seen(text: str, value: str | None) -> None:
    """Answers of Node.js 26.10.0: an empty value keeps ``export`` in its name."""
    assert dotenv_readers.read(Reader.NODE, text.encode(), {}).values.get("FIRST") == value


@pytest.mark.parametrize(
    "text",
    [
        "eval x\nA=1\n",
        ". ./other\nA=1\n",
        "A=1 || B=2\n",
        "f() { A=1; }\n",
        "A=1 B=$A\n",
        "cat <<X\nA=1\nX\n",
        "A=(1 2)\n",
    ],
)
def test_shell_that_must_run_is_not_guessed(text: str) -> None:
    reading = dotenv_readers.read(Reader.BASH, text.encode(), {})
    assert reading.blind
    assert not reading.tells("A")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A=1; B='open\nC=3\n", {}),
        ("A=1\nB='open\nC=3\n", {"A": "1"}),
        ("A=~\nB=x:~/b\nC=a~\n", {"A": "/h", "B": "x:/h/b", "C": "a~"}),
        ("A=$'x\\ty\\x41'\n", {"A": "x\tyA"}),
        ("A=1 && B=2\nunset A\n", {"B": "2"}),
        ("no-such-command && B=2\n", {"B": None}),
        ("A=${B+set}${HOME:+home}${B:?gone}\n", {}),
    ],
)
def test_shell(text: str, values: Mapping[str, str | None]) -> None:
    """As bash 5.2 was seen to do; None where a command decides."""
    assert dotenv_readers.read(Reader.BASH, text.encode(), {"HOME": "/h"}).values == values


@pytest.mark.parametrize("reader", Reader)
def test_no_reader_raises_on_anything(reader: Reader) -> None:
    """Every beginning of every file of the corpus, as while somebody types."""
    for case in CASES:
        data = case["input"].encode()[:200]
        for end in range(len(data)):
            dotenv_readers.read(reader, data[:end], {})
