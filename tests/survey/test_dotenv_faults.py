"""Broken lines of a dotenv file, and values about which its readers disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.machine import KNOWN, Machine
from tui.core.facts import BrokenLine, Disagreement, Fault
from tui.core.model import ClientName
from tui.core.secret import Secret
from tui.core.survey import dotenv
from tui.core.survey.dotenv_readers import comparison, faults, node_dotenv, python_dotenv

NAMES = {"ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"}


def plainly(_: str, value: str) -> str:
    """No value of these tests is a secret."""
    return value


def broken(text: str, loader: str = "python") -> list[BrokenLine]:
    """The broken lines for one loader."""
    read = python_dotenv.statements if loader == "python" else node_dotenv.statements
    return list(faults.find(text, read(text), NAMES, plainly))


def split(data: bytes) -> list[Disagreement]:
    """What the readers disagree about, for a Python program."""
    found = python_dotenv.statements(data.decode())
    return list(comparison.find(data, found, {}, NAMES, plainly))


@pytest.mark.parametrize(
    ("text", "line", "fault", "lost", "meant", "mendable"),
    [
        ('ANTHROPIC_API_KEY="k\n', 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), "k", True),
        ("\n\nexport ANTHROPIC_API_KEY='k # why\n", 3, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), "k", True),
        ('ANTHROPIC_API_KEY="k";\n', 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), "k", True),
        ('ANTHROPIC_API_KEY="k"l\n', 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), None, False),
        ("ANTHROPIC_API_KEY='it'\\''s'\n", 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), None, False),
        ("ANTHROPIC_API_KEY: k\n", 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), "k", True),
        ("set ANTHROPIC_API_KEY=k\n", 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), "k", True),
        ('X="\nANTHROPIC_API_KEY=k\nY="z\n', 1, Fault.SKIPPED, ("ANTHROPIC_API_KEY",), None, False),
        (
            'ANTHROPIC_API_KEY="k\nANTHROPIC_BASE_URL="u"\n',
            1,
            Fault.SKIPPED,
            ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"),
            "k",
            True,
        ),
        (
            'ANTHROPIC_BASE_URL="u\nANTHROPIC_API_KEY=k"\n',
            1,
            Fault.SWALLOWS,
            ("ANTHROPIC_API_KEY",),
            "u",
            True,
        ),
        ("ANTHROPIC_API_KEY\u200b=k\n", 1, Fault.NAME, ("ANTHROPIC_API_KEY",), None, True),
        ("ΑNTHROPIC_API_KEY=k\n", 1, Fault.NAME, ("ANTHROPIC_API_KEY",), None, True),
        ("ANTHROPIC_API_KEY=k\nANTHROPIC_API_KEY\n", 2, Fault.UNSETS, ("ANTHROPIC_API_KEY",), None, True),
    ],
)
def test_line_that_python_dotenv_loses(
    text: str, line: int, fault: Fault, lost: tuple[str, ...], meant: str | None, mendable: bool
) -> None:
    (found,) = broken(text)
    assert (found.line, found.fault, found.lost, found.meant, found.mendable) == (line, fault, lost, meant, mendable)


@pytest.mark.parametrize(
    ("text", "fault", "mendable"),
    [
        ("ANTHROPIC_API_KEY k\n", Fault.SKIPPED, True),
        ("'ANTHROPIC_API_KEY'=k\n", Fault.SKIPPED, False),
        ("\u200bANTHROPIC_API_KEY=k\n", Fault.NAME, True),
        ('ANTHROPIC_BASE_URL="u\nANTHROPIC_API_KEY=k"\n', Fault.SWALLOWS, True),
    ],
)
def test_line_that_node_dotenv_loses(text: str, fault: Fault, mendable: bool) -> None:
    """Whether a line can be mended depends on our editor, which sees a file as python-dotenv does."""
    (found,) = broken(text, "node")
    assert (found.fault, found.lost, found.mendable) == (fault, ("ANTHROPIC_API_KEY",), mendable)


@pytest.mark.parametrize(
    "text",
    [
        "ANTHROPIC_API_KEY=k\n",
        "# ANTHROPIC_API_KEY='\n",
        "ANTHROPIC_API_KEY\n",
        "ANTHROPIC_API_KEY: k\nANTHROPIC_API_KEY=k\n",
        "OTHER='open\n",
        'OTHER="two\nlines"\nANTHROPIC_API_KEY=k\n',
        "\ufeffANTHROPIC_API_KEY=k\r\n",
        "MY_ANTHROPIC_API_KEY k\n",
    ],
)
def test_nothing_is_lost(text: str) -> None:
    assert broken(text) == []


def test_node_dotenv_takes_a_colon_and_an_open_quote() -> None:
    """The value then has a quotation mark in it, which is another cause."""
    assert broken("ANTHROPIC_API_KEY: k\n", "node") == []
    assert broken('ANTHROPIC_API_KEY="k\n', "node") == []


@pytest.mark.parametrize(
    ("data", "words", "local", "portable", "among_loaders"),
    [
        (b"ANTHROPIC_API_KEY=a#b\n", "comment at any #", True, True, True),
        (b"ANTHROPIC_API_KEY=`a`\n", "backticks", True, True, True),
        (b'ANTHROPIC_API_KEY="C:\\new"\n', "backslashes", True, False, False),
        (b'ANTHROPIC_API_KEY="say \\"a\\""\n', "backslashes", True, True, True),
        (b"ANTHROPIC_API_KEY=${X}\n", "${", True, False, True),
        (b"ANTHROPIC_API_KEY=a$b\n", "$NAME", True, True, False),
        (b"ANTHROPIC_API_KEY = a\n", "spaces around the =", True, False, False),
        (b"ANTHROPIC_API_KEY=a;b\n", "more than one word", True, True, False),
        (b"ANTHROPIC_API_KEY=a\xc2\xa0\n", "invisible", True, True, True),
        (b"\xef\xbb\xbfANTHROPIC_API_KEY=a\n", "byte-order mark", False, False, True),
        (b"X=1\rANTHROPIC_API_KEY=a\rY=2\r", "CR alone", False, False, True),
        (b"ANTHROPIC_API_KEY=a\r\n", "CR LF", False, False, False),
        (b"X=  \nANTHROPIC_API_KEY=a\n", "another line", False, False, True),
    ],
)
def test_disagreement(data: bytes, words: str, local: bool, portable: bool, among_loaders: bool) -> None:
    (found,) = split(data)
    assert words in found.problem
    assert (found.local, found.portable, found.among_loaders) == (local, portable, among_loaders)


@pytest.mark.parametrize("data", [b'ANTHROPIC_API_KEY="a"\n', b"ANTHROPIC_API_KEY='a b'\n", b"X=a#b\n", b""])
def test_agreement(data: bytes) -> None:
    """docker run keeps quotes, which would make every quoted value one to disagree about: it does not count alone."""
    assert split(data) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("sk-ant-x_1", True),
        ("a b#c", True),
        ('{"a": 1}', True),
        ("it's", True),
        ("p$w", True),
        ("two\nlines", True),
        ("C:\\x", True),
        ("C:\\x\\", False),
        ("a${b}", False),
        ('it\'s "so"', False),
        ("it's $5", False),
        ("a\rb", False),
    ],
)
def test_portable(value: str, expected: bool) -> None:
    """The same answer as the editor's, which refuses what no quoting carries."""
    from tui.core.repair import dotenv_editor
    from tui.core.repair.model import Refused

    assert comparison.portable(value) is expected
    try:
        dotenv_editor.set_value("", "X", value)
    except Refused:
        assert not expected
    else:
        assert expected


def test_values_of_secret_names_are_masked(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(
        "project/.env", "ANTHROPIC_AUTH_TOKEN=abcdefgh#ijklmnop\nMY_OWN='secret-of-mine\nANTHROPIC_LOG=m' x\n"
    )
    (seen,) = dotenv.check_all(machine.world, KNOWN, machine.project, ClientName.PYTHON_SDK)
    assert all(value is None or isinstance(value, Secret) for _, value in seen.disagreements[0].values)
    assert isinstance(seen.broken[0].meant, Secret)
    assert "abcdefgh" not in repr(seen)
    assert "secret-of-mine" not in repr(seen)


def test_file_that_is_not_utf8_loses_everything_for_python(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", b"# caf\xe9\nANTHROPIC_LOG=m\n")
    (seen,) = machine.facts("python-sdk").dotenv
    assert [(b.line, b.fault, b.lost) for b in seen.broken] == [(1, Fault.ENCODING, ("ANTHROPIC_LOG",))]
    (other,) = machine.facts("typescript-sdk").dotenv
    assert other.broken == ()
    assert "not UTF-8" in other.disagreements[0].problem
    assert [s.text for s in machine.facts("typescript-sdk").settings] == ["m"]


def test_file_in_utf16(tmp_path: Path) -> None:
    """As Notepad and PowerShell's > write it."""
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_LOG=m\n".encode("utf-16"))
    (seen,) = machine.facts("python-sdk").dotenv
    assert seen.broken[0].lost == ("ANTHROPIC_LOG",)


def test_settings_are_read_as_the_clients_loader_reads_them(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_LOG=a#b\n")
    assert machine.facts("python-sdk").value("ANTHROPIC_LOG") == "a#b"
    assert machine.facts("typescript-sdk").value("ANTHROPIC_LOG") == "a"


def test_inherited_values_fill_in_first(tmp_path: Path) -> None:
    """load_dotenv does not override, not even inside ${…}."""
    machine = Machine(tmp_path, {"X": "inherited"})
    machine.write("project/.env", "X=file\nANTHROPIC_LOG=${X}\n")
    assert machine.facts("python-sdk").value("ANTHROPIC_LOG") == "inherited"


def test_file_that_is_not_loaded_is_not_judged(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_LOG='m\n")
    assert machine.facts("python-sdk").dotenv != ()
    assert machine.facts("python-sdk", dotenv=False).dotenv == ()


@pytest.mark.parametrize("rest", ["# filler\n" * 2000, "X=" + "${A:-" * 1000])
def test_file_of_no_human_size_is_read_but_not_compared(rest: str, tmp_path: Path) -> None:
    """It was not written by hand; rules that nest would take long over it, or go too deep."""
    machine = Machine(tmp_path)
    machine.write("project/.env", "ANTHROPIC_LOG=a#b\n" + rest)
    found = machine.facts("python-sdk")
    assert found.value("ANTHROPIC_LOG") == "a#b"
    assert found.dotenv == ()
