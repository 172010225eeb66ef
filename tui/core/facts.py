"""Facts: everything known at one moment. The only input of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from tui.core.known import Knowledge
from tui.core.model import Client, ClientName, Context, FileSeen, Login, OriginKind, Resolution, Setting, Target
from tui.core.secret import Secret

if TYPE_CHECKING:  # the survey needs none of what the network answers
    from tui.core.ask import Ask
    from tui.core.seen import Certificate, Observation

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class CaFile:
    """A certificate file named by a setting: what it is, and what it holds."""

    setting: Setting
    path: str
    state: str
    """``ok``, ``missing``, ``unreadable``, ``empty``, ``not-pem`` or ``der``."""
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientFile:
    """A client certificate or its private key, named by a setting."""

    setting: Setting
    path: str
    state: str
    """``ok``, ``missing``, ``unreadable``, ``not-pem``, ``locked`` (it needs a passphrase), ``wrong-passphrase`` or
    ``mismatch`` (the key of another certificate)."""
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """A client found on disk. ``shown`` is where its version was read; ``how`` is ``native``, ``npm``, ``local``,
    ``venv`` or ``node_modules``; ``beside`` are libraries next to it on which it depends, with their versions."""

    name: ClientName
    version: str
    shown: str
    how: str
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Helper:
    """What became of apiKeyHelper: the key that it printed, or a clause that says why there is none. ``ran`` is false
    where the problem shows without running it, ``sure`` is false where it might have worked with more time."""

    output: Secret | None = None
    problem: str = ""
    ran: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Shell:
    """The user's shell: the starts that lead to a new terminal, in words, and the files that they read, as shown.

    ``own`` is the file of the user's to which a variable belongs (path, and as shown; empty where there is no usual
    one). ``problem`` says why the shell did not start properly, where it was really started; ``differs`` are names with
    what its files say (None: nothing) against what it really gave.
    """

    name: str = ""
    starts: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    own: tuple[str, str] = ("", "")
    problem: str = ""
    differs: tuple[tuple[str, Setting | None, str], ...] = field(default=(), repr=False)
    tried: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What ``~/.claude.json`` says: onboarding done, and the last 20 characters of approved and rejected keys."""

    onboarded: bool = False
    approved: tuple[str, ...] = field(default=(), repr=False)
    rejected: tuple[str, ...] = field(default=(), repr=False)
    origin_path: str = ""
    origin_shown: str = ""


class Fault(StrEnum):
    """What is wrong with a line of a dotenv file."""

    SKIPPED = "skipped"
    SWALLOWS = "swallows the next lines"
    NAME = "misspelt name"
    UNSETS = "takes a value away"
    ENCODING = "not UTF-8"


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line by which the client's loader loses variables of ours, ``lost``. ``problem`` ends a sentence about it.

    ``written`` is the name as it stands there and ``meant`` the value that it was to set, None where that cannot be
    told; ``inside`` are the assignments that it swallows. ``mendable`` is true where an edit of the line can mend it.
    """

    line: int
    fault: Fault
    problem: str
    written: str
    lost: tuple[str, ...]
    meant: str | Secret | None = None
    inside: tuple[tuple[str, str | Secret], ...] = ()
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A variable of which readers make different values: by reader, None where it would not be set.

    ``local`` is true where the statement itself is read differently, ``portable`` where some quoting carries the value
    past all readers. ``among_loaders`` is true where the loaders of programs disagree, not only shells and containers.
    """

    name: str
    line: int
    problem: str
    values: tuple[tuple[str, str | Secret | None], ...]
    local: bool
    portable: bool
    among_loaders: bool


@dataclass(frozen=True, slots=True)
class DotenvSeen:
    """What is wrong with one dotenv file, for the variables that a client reads. ``loader`` is the client's own."""

    path: str
    shown: str
    loader: str
    broken: tuple[BrokenLine, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """A file with a credential below a git repository: ``tracked``, or free to be added by the next ``git add``.

    ``root`` is the repository's folder as it is shown, ``inside`` the path of the file from there, with slashes.
    """

    path: str
    shown: str
    root: str
    inside: str
    tracked: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Settings, the target made of them, and all observations so far.

    ``not_run`` holds, for each question that was not put, the reason; ``now`` is seconds since 1970; ``consent`` is
    true where a real message may be sent.
    """

    client: Client
    context: Context
    target: Target
    known: Knowledge
    now: float
    settings: tuple[Setting, ...] = ()
    resolutions: Mapping[str, Resolution] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[FileSeen, ...] = ()
    dotenv: tuple[DotenvSeen, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    ca_files: tuple[CaFile, ...] = ()
    client_files: tuple[ClientFile, ...] = ()
    installed: tuple[Installed, ...] = ()
    helper: Helper | None = None
    state: State = State()
    shell: Shell = Shell()
    contexts: Mapping[Context, Mapping[str, Resolution]] = field(default_factory=lambda: MappingProxyType({}))
    login: Login | None = None
    observations: Mapping[Ask[Observation], Observation] = field(default_factory=lambda: MappingProxyType({}))
    not_run: Mapping[Ask[Observation], str] = field(default_factory=lambda: MappingProxyType({}))
    symptom: str = ""
    consent: bool = False
    offline: bool = False
    platform: str = "linux"

    def seen(self, ask: Ask[S]) -> S | None:
        """The answer to a question, or None while it has not been put (or may not be)."""
        return cast("S | None", self.observations.get(cast("Ask[Observation]", ask)))

    def asked(self, ask: Ask[S]) -> bool:
        """True if the question was put or was refused: there is nothing to wait for."""
        key = cast("Ask[Observation]", ask)
        return key in self.observations or key in self.not_run

    def winner(self, name: str) -> Setting | None:
        """The setting of this name that is in force; None where there is none or it counts as unset."""
        resolution = self.resolutions.get(name)
        return resolution.winner if resolution else None

    def unknown(self, *names: str) -> Setting | None:
        """The line that decides over the first of these names whose value only a running shell knows."""
        found = (self.resolutions[n].unknown for n in names if n in self.resolutions)
        return next((setting for setting in found if setting), None)

    def value(self, name: str) -> str:
        """The plain value in force, or an empty string."""
        setting = self.winner(name)
        return setting.text if setting else ""

    def all_of(self, name: str) -> tuple[Setting, ...]:
        """Every setting of this name, wherever it stands."""
        return tuple(s for s in self.settings if s.name == name)

    def file(self, kind: OriginKind) -> FileSeen | None:
        """The first file of this kind that was seen."""
        return next((f for f in self.files if f.kind is kind), None)
