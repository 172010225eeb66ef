"""One change at a time, however many of us run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.core.repair import disk


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock on the file ``path`` (created if missing), waiting for whoever holds it.

    Where the system has no such locks (Windows, some network drives) nothing is held; the comparison before each
    write still keeps two of us from losing an edit. Raises OSError where the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            except OSError:
                pass
        yield
    finally:
        disk.close_quietly(descriptor)  # the change is made by now, and the system lets go of the lock in any case
