"""Real servers from Debian packages, one process each, stopped by the process that started them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab import recipes
from tests.lab.certificates import Pki
from tests.lab.server import LOOPBACK

IN_CI = bool(os.environ.get("CI"))  # read before the tests get an environment of their own
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/sbin:/opt/homebrew/bin"
READY_SECONDS = 10.0
PATIENCE = 0.3
"""Seconds between asking a server to stop and stopping it with its helpers."""
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Daemon:
    """A running server: where it listens, and the folder with its configuration and logs."""

    name: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        """``http://host:port``."""
        return f"http://{self.address}"

    def log(self, name: str = "access.log") -> str:
        """What the server wrote into one of its logs so far."""
        path = self.folder / name
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def stop(self) -> None:
        """End the process and remove its folder."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:  # squid takes its two seconds
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def find(binary: str, package: str) -> str:
    """The path of a server. Where it is missing the test is skipped with the reason; in CI it fails."""
    path = shutil.which(binary, path=PATH)
    if path is None:
        reason = f"{binary} is not installed: apt-get install {package}"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def unprivileged(*names: str) -> str | None:
    """The first of these users that exists, where we are root; None where we are not and need nobody else."""
    if os.geteuid() != 0:
        return None
    for name in (*names, "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


class Daemons:
    """Starts servers and stops all of them at the end of the test. Each is ready when it is returned."""

    def __init__(self, pki: Callable[[], Pki]) -> None:
        self._pki = pki
        self._running: list[Daemon] = []

    def stop(self) -> None:
        """Stop what was started, last first."""
        while self._running:
            self._running.pop().stop()

    def squid(
        self,
        *,
        user: str = "",
        password: str = "s3cret",
        deny: Sequence[str] = (),
        ports: str = "443 1025-65535",
        hosts: Sequence[str] = ("gw.corp.test", "api.anthropic.com"),
    ) -> Daemon:
        """squid as a forward proxy.

        ``user`` asks for Basic credentials, ``deny`` lists domains to refuse, ``ports`` those that CONNECT may reach;
        ``hosts`` are names that squid finds on loopback.
        """
        binary = find("squid", "squid-openssl")
        account = unprivileged("proxy")

        def prepare(folder: Path, port: int) -> list[str]:
            recipes.squid(folder, port, user, password, deny, ports, hosts, account)
            return [binary, "-N", "-n", f"lab{port}", "-f", str(folder / "squid.conf")]

        return self._start("squid", prepare, account)

    def nginx(
        self, variant: str = "ok", upstream: str = "", *, leaf: str = "", client_ca: Path | None = None
    ) -> Daemon:
        """nginx before ``upstream`` (a URL), wrong in one way: see recipes.NGINX. ``leaf`` turns TLS on."""
        binary = find("nginx", "nginx-light")
        account = unprivileged("www-data")
        pair = self._pki().leaves[leaf] if leaf else None

        def prepare(folder: Path, port: int) -> list[str]:
            recipes.nginx(folder, port, variant, upstream, pair, client_ca, account)
            return [binary, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]

        return self._start("nginx", prepare, account)

    def tinyproxy(self, *, user: str = "", password: str = "s3cret", deny: Sequence[str] = ()) -> Daemon:
        """tinyproxy as a forward proxy; ``user`` asks for Basic credentials, ``deny`` lists hosts to filter."""
        binary = find("tinyproxy", "tinyproxy-bin")

        def prepare(folder: Path, port: int) -> list[str]:
            recipes.tinyproxy(folder, port, user, password, deny)
            return [binary, "-d", "-c", str(folder / "tinyproxy.conf")]

        return self._start("tinyproxy", prepare, None)

    def haproxy(self, variant: str = "ok", upstream: str = "127.0.0.1:1") -> Daemon:
        """haproxy before ``upstream`` (host:port), wrong in one way: see recipes.HAPROXY."""
        binary = find("haproxy", "haproxy")

        def prepare(folder: Path, port: int) -> list[str]:
            recipes.haproxy(folder, port, variant, upstream)
            return [binary, "-db", "-f", str(folder / "haproxy.cfg")]

        return self._start("haproxy", prepare, None)

    def dnsmasq(self, mode: str = "map", **names: str) -> Daemon:
        """A name server (UDP and TCP).

        ``map`` knows ``names`` (name → address, dots written as ``__``); ``nodata`` and ``sinkhole`` have no address or
        0.0.0.0 for them; ``hijack`` answers everything with the address ``ip``; other names are NXDOMAIN.
        """
        binary = find("dnsmasq", "dnsmasq-base")

        def prepare(folder: Path, port: int) -> list[str]:
            return [binary, *recipes.dnsmasq(port, mode, names)]

        return self._start("dnsmasq", prepare, None)

    def _start(self, name: str, prepare: Callable[[Path, int], list[str]], account: str | None) -> Daemon:
        for attempt in range(3):  # somebody may take the free port before the server does
            # not tmp_path: a server that gives up root could not enter it
            folder, port = Path(tempfile.mkdtemp(prefix=f"lab-{name}-")), free_port()
            daemon = self._launch(name, folder, port, prepare(folder, port), account)
            if self._ready(daemon):
                self._running.append(daemon)
                return daemon
            said = daemon.log("output") + daemon.log("cache.log") + daemon.log("error.log")
            daemon.stop()
            if "ddress already in use" not in said or attempt == 2:
                pytest.fail(f"{name} does not start:\n{said[-2000:]}")
        raise AssertionError("not reached")

    def _launch(self, name: str, folder: Path, port: int, command: list[str], account: str | None) -> Daemon:
        folder.chmod(0o755)
        if account is not None:
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, account)
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                env={"PATH": PATH},
                start_new_session=True,
            )
        return Daemon(name, port, folder, process)

    def _ready(self, daemon: Daemon) -> bool:
        for _ in range(int(READY_SECONDS / _POLL)):
            with suppress(OSError), socket.create_connection((LOOPBACK, daemon.port), 1):
                return True
            with suppress(subprocess.TimeoutExpired):
                daemon.process.wait(_POLL)  # ends the wait early where the server has died
                return False
        return False
