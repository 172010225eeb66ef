"""A file that a shell sources with ``set -a``: read without running anything, as far as that goes.

Followed are assignments, ``export``, ``declare -x``, ``unset``, comments, ``;``, ``&&``, ``|``, ``&``, and commands
that cannot change a variable. A value that a command computes is None. What needs more (``if``, ``eval``, a function, a
here-document …) makes the whole reading ``blind``. A syntax error ends the file for the shell; what stood before holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.core.survey.dotenv_readers.bash_words import Blind, Ended, Scanner, Word
from tui.core.survey.dotenv_readers.reading import Reading

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<more>\+?)=")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_READ_ONLY = {"UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"}
_HARMLESS = {":", "true"}
_KEYWORDS = re.compile(
    r"if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|time|coproc|\{|\}|\[\[|!|\(\("
    r"|eval|source|\.|exec|exit|return|read|mapfile|readarray|getopts|let|local|readonly|shopt|trap|alias|cd|printf"
)
"""Words that can change variables or decide whether the next command runs."""


def read(data: bytes, environ: Mapping[str, str]) -> Reading:
    """What a shell has exported afterwards that it did not have before, or has changed."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    shell = _Shell(environ)
    scanner = Scanner(text, shell.lookup)
    try:
        while scanner.more():
            shell.run_line(scanner)
    except Blind:
        return Reading(blind=True)
    except Ended as ended:
        return Reading(dict(shell.found), skipped=(ended.line,))
    return Reading(dict(shell.found))


class _Shell:
    """The variables while the file is read. ``found`` are those that it sets."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.found: dict[str, str | None] = {}
        self.gone: set[str] = set()
        self.looked = 0

    def lookup(self, name: str) -> tuple[bool, str | None]:
        """Whether a name is set, and its value, None where it cannot be told."""
        self.looked += 1
        if name in self.found:
            return True, self.found[name]
        if name in self.gone or name not in self.environ:
            return False, ""
        return True, self.environ[name]

    def run_line(self, scanner: Scanner) -> None:
        """Read one line of commands to its end, and only then do what it says: the shell does so too.

        Raises Blind and Ended.
        """
        start, signs = scanner.at, []
        while (sign := scanner.command()[1]) not in ("\n", ""):
            signs.append(sign)  # the whole line must be well-formed before any of it counts
        if "||" in signs or ("&&" in signs and {"|", "&"} & set(signs)):
            raise Blind
        end, scanner.at = scanner.at, start
        state: bool | None = True
        before = ""
        while scanner.at < end:
            looked = self.looked
            words, after = scanner.command()
            if self.looked > looked and sum(_ASSIGNMENT.match(word.plain) is not None for word in words) > 1:
                raise Blind  # the second may stand on what the first one sets
            if words and _KEYWORDS.fullmatch(words[0].plain):
                raise Blind
            if before == "|" or after in ("|", "&"):  # a process of its own, which changes nothing here
                state = None
            elif not (before == "&&" and state is False):
                state = self._run(words, doubtful=before == "&&" and state is None)
            before = after

    def _run(self, words: list[Word], doubtful: bool) -> bool | None:
        """Run one command; return whether it succeeds, None if that cannot be told."""
        count = next((i for i, word in enumerate(words) if not _ASSIGNMENT.match(word.plain)), len(words))
        if count < len(words):
            return self._command(words[count:], doubtful)
        success = True
        for word in words:
            success = self._assign(word, doubtful) and success
        return success

    def _command(self, words: list[Word], doubtful: bool) -> bool | None:
        name, rest = words[0].plain, words[1:]
        if words[0].only_expansions or _KEYWORDS.fullmatch(name):
            raise Blind
        if name in ("export", "declare", "typeset"):
            return self._export(rest, name, doubtful)
        if name == "unset":
            return self._unset(rest, doubtful)
        if name == "set" and any(word.plain[:1] in ("-", "+") for word in rest):
            raise Blind
        return True if name in _HARMLESS or name == "set" else None

    def _export(self, words: list[Word], command: str, doubtful: bool) -> bool:
        for word in words:
            if word.plain.startswith("-"):
                if command == "export" or not re.fullmatch(r"-[gx]+", word.plain):
                    raise Blind
            elif _ASSIGNMENT.match(word.plain):
                self._assign(word, doubtful)
        return True

    def _unset(self, words: list[Word], doubtful: bool) -> bool:
        for word in words:
            if word.plain == "-v":
                continue
            if not _NAME.fullmatch(word.plain) or doubtful:
                raise Blind
            self.found.pop(word.plain, None)
            self.gone.add(word.plain)
        return True

    def _assign(self, word: Word, doubtful: bool) -> bool:
        match = _ASSIGNMENT.match(word.plain)
        if match is None or match["name"] in _READ_ONLY or word.bad:
            return False
        value = word.value_from(match.end())
        if match["more"]:
            before = self.lookup(match["name"])[1]
            value = None if value is None or before is None else before + value
        self.found[match["name"]] = None if doubtful else value
        return True
