"""The variables of a shell while its start-up files are read: known, unknown, exported or not. Nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tui.core.model import Setting

_OWN = frozenset([
    "BASH", "BASHOPTS", "BASHPID", "BASH_SOURCE", "BASH_VERSINFO", "COLUMNS", "CPUTYPE", "DIRSTACK", "EGID", "EUID",
    "EPOCHSECONDS", "FUNCNAME", "GID", "GROUPS", "HISTFILE", "HOST", "HOSTNAME", "HOSTTYPE", "IFS", "LINENO", "LINES",
    "MACHTYPE", "OLDPWD", "OPTIND", "OSTYPE", "PPID", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL", "TTY", "UID",
    "USERNAME", "VENDOR", "ZSH_ARGZERO", "ZSH_NAME", "argv", "commands", "fish_pid", "functions", "hostname",
    "last_pid", "pipestatus", "status", "umask", "version", "CMD_DURATION", "aliases",
])  # fmt: skip
"""Variables that shells set themselves, to values which only the running shell knows."""
_VERSIONS = {"bash": "BASH_VERSION", "zsh": "ZSH_VERSION", "fish": "FISH_VERSION"}


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable at one moment. ``text`` is None where the value is computed when the shell starts."""

    text: str | None = field(repr=False)
    exported: bool
    setting: Setting | None = None
    """Where the value was given, for the names that a client reads."""
    items: tuple[str, ...] | None = field(default=None, repr=False)
    """The items of a list of fish, of which ``text`` is what programs get."""


@dataclass
class Scope:
    """All variables at one moment, and what the shell says about itself.

    ``open`` are names of which one cannot tell what has become, as a line that may or may not have been run is about
    them, and ``loose`` those of which one cannot tell whether they are exported; ``hidden`` stand for something local
    meanwhile; ``marked`` will be exported once they are set; ``lists`` are arrays of bash and zsh. ``universals`` are
    the universal variables of fish, which global ones of their names hide.
    """

    shell: str
    login: bool
    interactive: bool
    variables: dict[str, Variable] = field(repr=False)
    export_all: bool = False
    open: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    universals: dict[str, Variable] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.shell in _VERSIONS:
            self.variables.setdefault(_VERSIONS[self.shell], Variable("5", False))
        if self.interactive or self.shell == "dash":  # which sets its prompt for scripts too
            self.variables.setdefault("PS1", Variable("$ ", False))
        elif self.shell not in _VERSIONS:
            self.open.add("PS1")

    @property
    def flags(self) -> str:
        """The value of ``$-``, as far as start-up files ask for it."""
        return "himBHs" if self.interactive else "hBc"

    def get(self, name: str) -> str | None:
        """The value of a variable, empty where it is not set; None where it is only known when the shell runs."""
        if name == "-":
            return self.flags
        if self.doubtful(name) or not (name[:1].isalpha() or name[:1] == "_"):
            return None
        found = self.variables.get(name) or self.universals.get(name)
        return found.text if found else ""

    def items(self, name: str) -> tuple[str, ...] | None:
        """The items of a variable of fish, none where it is not set; None where only fish knows."""
        if self.doubtful(name):
            return None
        found = self.variables.get(name) or self.universals.get(name)
        if found is None or found.items is not None:
            return () if found is None else found.items
        return None if found.text is None or name.endswith("PATH") else (found.text,)

    def doubtful(self, name: str) -> bool:
        """True where one cannot tell what a name stands for."""
        return name in self.open or name in self.hidden or (name in _OWN and name not in self.variables)

    def has(self, name: str) -> bool | None:
        """True if the variable is set, be it empty; None where that cannot be told."""
        return None if self.doubtful(name) else name in self.variables or name in self.universals

    def doubt(self, name: str) -> None:
        """A line that may or may not have been run is about this name."""
        self.open.add(name)
        self.loose.add(name)

    def give(self, name: str, text: str | None, exported: bool, setting: Setting | None = None) -> None:
        """Set a variable. What was exported stays exported."""
        exported = exported or self.export_all or name in self.marked
        self.put(name, Variable(text, exported, setting), True if exported else None)

    def put(self, name: str, variable: Variable, exports: bool | None, universal: bool = False) -> None:
        """Set a variable; where ``exports`` is None it is exported if it was before."""
        table = self.universals if universal else self.variables
        before = table.get(name)
        exported = bool(before and before.exported) if exports is None else exports
        table[name] = replace(variable, exported=exported)
        self.open.discard(name)
        if exports is not None:
            self.loose.discard(name)

    def export(self, name: str, exported: bool = True) -> None:
        """Export a variable that may be set already, or take that back."""
        before = self.variables.get(name)
        if before is not None:
            self.variables[name] = replace(before, exported=exported)
            self.loose.discard(name)
        (self.marked.add if exported else self.marked.discard)(name)

    def unset(self, name: str, universal: bool = False) -> None:
        """Remove a variable."""
        (self.universals if universal else self.variables).pop(name, None)
        for names in (self.marked, self.open, self.loose, self.lists):
            names.discard(name)

    @property
    def environment(self) -> Mapping[str, Variable]:
        """What a program that is started now would get."""
        both = (self.universals, self.variables)
        return {name: v for table in both for name, v in table.items() if v.exported}
