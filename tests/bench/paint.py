"""When a program in a terminal shows a text for the first time."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

_ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|.)")
PATIENCE = 20.0
"""Seconds after which a program that shows nothing is given up."""


class NotMeasured(Exception):
    """A program did not do what was to be timed; the text says what it did."""


def shown(data: bytes) -> str:
    """What a terminal's bytes show, cursor movements ignored."""
    return _ESCAPES.sub(b"", data).decode("utf-8", "replace")


def first_paint(command: list[str], env: dict[str, str], text: str, size: tuple[int, int] = (24, 80)) -> float:
    """Seconds from start until ``text`` is among the bytes that ``command`` wrote to a terminal.

    ``size`` is rows and columns. The program is killed then: its end is not measured.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, cwd=env["HOME"], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    data = b""
    try:
        while text not in shown(data):
            left = start + PATIENCE - time.perf_counter()
            if left <= 0 or not select.select([ours], [], [], left)[0]:
                raise NotMeasured(f"{command} showed no {text!r} within {PATIENCE:.0f} s, but: {shown(data)[-200:]!r}")
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end of a pty closed
                piece = b""
            if not piece:
                raise NotMeasured(f"{command} ended before it showed {text!r}: {shown(data)[-200:]!r}")
            data += piece
        return time.perf_counter() - start
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)
