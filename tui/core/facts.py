"""Facts: everything known at one moment. The only input of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar, cast

from tui.core.ask import Ask
from tui.core.known import Knowledge
from tui.core.model import Client, Context, FileSeen, Login, OriginKind, Resolution, Setting, Target
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
class State:
    """What ``~/.claude.json`` says: onboarding done, and the last 20 characters of approved and rejected keys."""

    onboarded: bool = False
    approved: tuple[str, ...] = field(default=(), repr=False)
    rejected: tuple[str, ...] = field(default=(), repr=False)
    origin_path: str = ""
    origin_shown: str = ""


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
    ca_files: tuple[CaFile, ...] = ()
    state: State = State()
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
