"""Places that set values, and how far one can rely on a line there. A part of the vocabulary (``tui.core.model``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OriginKind(StrEnum):
    """The kinds of places that set a value."""

    ENVIRONMENT = "environment"
    DOTENV = "dotenv"
    MANAGED_SETTINGS = "managed-settings"
    LOCAL_SETTINGS = "local-settings"
    PROJECT_SETTINGS = "project-settings"
    USER_SETTINGS = "claude-settings"
    STATE = "claude-state"
    CREDENTIALS = "credentials"
    SHELL = "shell-startup"
    DIRENV = "direnv"
    ENVIRONMENT_D = "environment.d"
    SYSTEM_ENVIRONMENT = "etc-environment"
    SERVICE_MANAGER = "service-manager"
    TMUX = "tmux"
    EDITOR = "editor-settings"
    CONTAINER = "container"
    WINDOWS_USER = "windows-user"
    WINDOWS_MACHINE = "windows-machine"
    WINDOWS_SIDE = "windows-side"
    PROFILE = "sdk-profile"
    DEFAULT = "default"
    SYSTEM = "system"

    @property
    def of_session(self) -> bool:
        """True for what the login session, a tmux server or Windows gives to every new program."""
        return self in (
            "etc-environment",
            "environment.d",
            "service-manager",
            "tmux",
            "windows-user",
            "windows-machine",
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was read. Line and column (1-based) only if a parser said so; ``shown`` has ``~`` for the home."""

    kind: OriginKind
    path: str | None = None
    shown: str = ""
    line: int | None = None
    column: int | None = None
    address: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.path is None:
            return {"environment": "the environment of this terminal", "default": "the default"}.get(
                self.kind, self.kind
            )
        return f"{self.shown or self.path} line {self.line}" if self.line else (self.shown or self.path)


class Standing(StrEnum):
    """How far one can rely on what a line of a start-up file says; the value is the phrase that people read."""

    SURE = ""
    DYNAMIC = "its value is computed when the shell starts"
    COMPUTED = "a command there printed the value when the shell was started"
    CONDITIONAL = "it is set only under a condition"
    NOT_MET = "its condition does not hold here"
    FUNCTION = "it is set inside a function"
    SUBSHELL = "it is set in a subshell, which ends with its value"
    ONE_COMMAND = "it is set for one command only"
    NOT_EXPORTED = "it is not exported, so no program gets it"
    UNSET_LATER = "it is unset further down"
    NOT_REACHED = "the shell leaves the file before this line"
    NO_VALUE = "it is named without a value"
    NOT_LOADED = "no shell that is started here reads this file"
