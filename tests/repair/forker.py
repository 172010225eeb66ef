"""A process that lets a fresh child of its own make each change, so that strace can cut one off at any system call.

It is started by :mod:`tests.repair.tracing` and told what to do over a socket. It touches no file itself: the calls
that strace counts are those of the children alone.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from tui.core.repair.journal import Journal
from tui.core.repair.model import Plan, Refused

MESSAGE = 1 << 20
DONE, REFUSED, FAILED = 0, 3, 4
"""How a child ends that is not killed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One change to make, between two marks (``getsid``).

    ``number`` is a system call that is made ``times`` times before, in a way that does nothing.
    """

    state: Path
    action: str
    plan: Plan
    number: int
    times: int


def run(task: Task) -> int:
    """Make the change as the tool would, and return how it went."""
    journal = Journal(task.state, clock=lambda: 1764066000.0)
    libc = ctypes.CDLL(None)
    for _ in range(task.times):
        libc.syscall(task.number, -1, -1, -1, -1, -1, -1)
    libc.getsid(-1)
    try:
        if task.action == "apply":
            journal.apply(task.plan)
        elif task.action == "undo":
            journal.undo()
        else:
            journal.redo()
    except Refused:
        return REFUSED
    except BaseException:
        return FAILED
    finally:
        libc.getsid(-1)
    return DONE


def serve(channel: socket.socket) -> None:
    """Run one task after the other, each in a child, and report how the children ended."""
    channel.send(b"ready")
    while message := channel.recv(MESSAGE):
        child = os.fork()
        if child == 0:
            os._exit(run(pickle.loads(message)))
        _, status = os.waitpid(child, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    importlib.import_module("fcntl")  # the lock needs it, and no child is to be cut while it loads
    sys.modules["tests.repair.forker"] = sys.modules["__main__"]
    ctypes.CDLL(None).prctl(
        0x59616D61, ctypes.c_ulong(-1), 0, 0, 0
    )  # PR_SET_PTRACER: anybody of ours may trace, also under Yama
    serve(socket.socket(fileno=int(sys.argv[1])))
