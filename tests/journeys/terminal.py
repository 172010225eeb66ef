"""A real terminal for a test: a pseudo terminal with the wizard at its other end."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Terminal:
    """A process in a terminal of its own, and all that it has written so far."""

    process: subprocess.Popen[bytes]
    handle: int
    output: bytes = b""

    def read(self, until: bytes = b"", seconds: float = 20.0) -> bytes:
        """Read until something was written, or until the process is gone."""
        end = time.monotonic() + seconds
        while not (until and until in self.output) and time.monotonic() < end:
            ready, _, _ = select.select([self.handle], [], [], 0.1)
            if ready:
                try:
                    chunk = os.read(self.handle, 65536)
                except OSError:  # the other end is closed
                    break
                if not chunk:
                    break
                self.output += chunk
            elif self.process.poll() is not None:
                break
        return self.output

    def send(self, keys: bytes) -> None:
        """Type."""
        os.write(self.handle, keys)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        os.close(self.handle)


def open_terminal(code: str, *arguments: str, columns: int = 80, lines: int = 24) -> Terminal:
    """Run Python code in a terminal of this size."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    return Terminal(process, ours)
