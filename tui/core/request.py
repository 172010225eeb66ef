"""What a person asked for: the options of a run, as the contract lists them."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.model import ClientName, Context


@dataclass(frozen=True, slots=True)
class Detour:
    """``--connect-to``: where a connection to ``host:port`` really goes; names in TLS and HTTP stay. Port 0 is any."""

    host: str
    port: int
    to_host: str
    to_port: int


@dataclass(frozen=True, slots=True)
class Request:
    """The options of one run. ``timeout`` is seconds for one probe; the whole run has ``limit``."""

    project: str
    client: ClientName | None = None
    version: str = ""
    context: Context = Context.TERMINAL
    dotenv: bool = True
    symptom: str = ""
    offline: bool = False
    send_message: bool = False
    exec_helper: bool = False
    exec_shell: bool = False
    canaries: bool = True
    detours: tuple[Detour, ...] = ()
    timeout: float = 4.0

    @property
    def limit(self) -> float:
        """Seconds for the whole run."""
        return self.timeout * 3
