"""The world outside the program, injected: environment, files, clock, processes, trust store and network.

Everything that a probe or a survey touches comes through here, so a test can put a small made-up world in its place.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_BUNDLES = (
    "etc/ssl/certs/ca-certificates.crt",
    "etc/pki/tls/certs/ca-bundle.crt",
    "etc/ssl/ca-bundle.pem",
    "etc/ssl/cert.pem",
)


def _claude_processes() -> tuple[str, ...]:
    """Describe running Claude Code processes (Linux only; elsewhere nothing is known and nothing is claimed)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        names = [Path(os.fsdecode(word)).name for word in words[:2]]
        if names and (names[0] == "claude" or (names[0] in ("node", "bun") and names[-1] in ("claude", "cli.js"))):
            joined = b" ".join(words[:2])
            if b"claude" in joined:
                found.append(f"process {entry.parent.name}")
    return tuple(found)


def _tmux_environment() -> Mapping[str, str]:
    """What the tmux server that this terminal belongs to gives to new panes; nothing where it does not answer."""
    import subprocess  # only inside of tmux

    found: dict[str, str] = {}
    for words in (["tmux", "show-environment", "-g"], ["tmux", "show-environment"]):
        try:
            answer = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, timeout=1, check=False)
        except (OSError, subprocess.SubprocessError):
            return {}
        for line in answer.stdout.decode("utf-8", "surrogateescape").splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.startswith("-"):
                found[name] = value
            elif line.startswith("-"):
                found.pop(line[1:], None)
    return found


def _registry(machine: bool) -> Mapping[str, str]:
    """The environment that the Windows registry holds for this user, or for the machine; elsewhere nothing."""
    found: dict[str, str] = {}
    if sys.platform == "win32":
        import winreg

        system = (winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment")
        try:
            with winreg.OpenKey(*(system if machine else (winreg.HKEY_CURRENT_USER, "Environment"))) as key:
                for index in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, index)
                    if isinstance(value, str):
                        found[name] = value
        except OSError:
            return {}
    return found


@dataclass(frozen=True, slots=True)
class World:
    """One machine and one user on it. ``root`` stands before absolute system paths such as ``/etc/hosts``.

    ``tmux`` gives the environment that the tmux server stores; ``registry`` that of the Windows user (False) or
    machine (True).
    """

    environ: Mapping[str, str] = field(repr=False)
    home: Path
    state: Path
    root: Path = Path("/")
    platform: str = sys.platform
    now: Callable[[], float] = time.time
    processes: Callable[[], tuple[str, ...]] = field(default=_claude_processes)
    tmux: Callable[[], Mapping[str, str]] = field(default=_tmux_environment)
    registry: Callable[[bool], Mapping[str, str]] = field(default=_registry)

    def system(self, path: str) -> Path:
        """Return a system file, for example ``etc/hosts``."""
        return self.root / path

    @property
    def bundles(self) -> tuple[Path, ...]:
        """The certificate bundles of the operating system that exist."""
        return tuple(p for p in (self.system(b) for b in _BUNDLES) if p.is_file())

    def shown(self, path: str | Path) -> str:
        """Write a path for people: ``~`` stands for the home directory."""
        text = os.fspath(path)
        home = os.fspath(self.home)
        if home != "/" and (text == home or text.startswith(home.rstrip("/") + "/")):
            return "~" + text[len(home.rstrip("/")) :]
        return text


def this_world(environ: Mapping[str, str] | None = None) -> World:
    """Return the real world of this process."""
    import platformdirs

    environ = dict(os.environ if environ is None else environ)
    home = Path(environ.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111 - HOME may be unset
    return World(environ=environ, home=home, state=Path(platformdirs.user_state_path("unsnarl", appauthor=False)))
