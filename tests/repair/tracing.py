"""strace as a saw: it cuts off, or fails, the n-th system call of a change.

strace counts the calls of every process on its own, and from its first one. A child therefore makes as many calls that
do nothing as are missing to the number that strace waits for; one strace is enough for all turns.
"""

from __future__ import annotations

import pickle
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab.daemons import IN_CI, PATH
from tests.repair.forker import MESSAGE, Task
from tui.core.repair.model import Plan

ROOT = Path(__file__).parents[2]
MARK = "getsid"
_NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "ioctl": 16, "access": 21, "dup": 32, "fcntl": 72,
        "flock": 73, "fsync": 74, "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84, "unlink": 87, "readlink": 89,
        "chmod": 90, "fchmod": 91, "fchown": 93, "flistxattr": 196, "listxattr": 194, "llistxattr": 195,
        "getxattr": 191, "lgetxattr": 192, "fgetxattr": 193, "fsetxattr": 190, "getdents64": 217, "openat": 257,
        "newfstatat": 262, "unlinkat": 263, "fallocate": 285, "statx": 332, "faccessat2": 439, "pwrite64": 18,
    },
    "aarch64": {
        "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "ioctl": 29, "faccessat": 48, "dup": 23,
        "fcntl": 25, "flock": 32, "fsync": 82, "ftruncate": 46, "renameat": 38, "mkdirat": 34, "unlinkat": 35,
        "readlinkat": 78, "fchmodat": 53, "fchmod": 52, "fchown": 55, "flistxattr": 13, "listxattr": 11,
        "llistxattr": 12, "getxattr": 8, "lgetxattr": 9, "fgetxattr": 10, "fsetxattr": 7, "getdents64": 61,
        "openat": 56, "newfstatat": 79, "fallocate": 47, "statx": 291, "faccessat2": 439, "pwrite64": 68,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forker:
    """A running :mod:`tests.repair.forker`."""

    channel: socket.socket
    process: int
    strace: str

    def run(self, state: Path, action: str, plan: Plan, call: str = "close", before: int = 0) -> int:
        """Make a change in a child, with ``before`` idle calls first; return its exit code, negative for a signal."""
        self.channel.send(pickle.dumps(Task(state, action, plan, numbers()[call], before)))
        return int(self.channel.recv(MESSAGE))

    @contextmanager
    def traced(self, *options: str) -> Iterator[None]:
        """Have strace follow the children. Skips, with the reason, where that is not allowed."""
        command = [self.strace, "-f", "-p", str(self.process), *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            if "attached" not in said:
                tracer.kill()
                pytest.skip(f"tracing is not allowed here: {said.strip()}")
            try:
                yield
            finally:
                tracer.terminate()


def numbers() -> dict[str, int]:
    """The system calls of this machine that can be cut."""
    return _NUMBERS.get(platform.machine(), {})


def need() -> str:
    """The path of strace. Skips, with the reason, where there is none or it may not trace; in CI it must be there."""
    found = shutil.which("strace", path=PATH)
    if found is None:
        if IN_CI and sys.platform == "linux":
            pytest.fail("strace is not installed")
        pytest.skip("strace is not installed")
    if not numbers():
        pytest.skip(f"the system calls of {platform.machine()} are not listed here")
    if subprocess.run([found, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("tracing is not allowed here")
    return found


@contextmanager
def forker() -> Iterator[Forker]:
    """Start a forker, and end it afterwards. Skips, with the reason, where there is no strace."""
    strace = need()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(60)
    command = [sys.executable, "-m", "tests.repair.forker", str(theirs.fileno())]
    with ours, subprocess.Popen(command, cwd=ROOT, pass_fds=(theirs.fileno(),)) as process:
        theirs.close()
        try:
            assert ours.recv(MESSAGE) == b"ready"
            yield Forker(ours, process.pid, strace)
        finally:
            ours.close()
            process.wait(10)


def injections(turns: dict[str, int], fault: str) -> list[str]:
    """The options of strace that make each call go wrong at its turn, and only then."""
    options = ["-e", f"trace={','.join(turns)}"]
    for call, turn in turns.items():
        options += ["-e", f"inject={call}:{fault}:when={turn}"]
    return options


def calls_of(log: str) -> list[str]:
    """The names of the calls between the two marks in a log of strace, in order."""
    _, inside, *_ = re.split(rf"^.*{MARK}\(.*\n", log, flags=re.M)
    return re.findall(r"^(?:\d+ +)?(\w+)\(", inside, re.M)
