"""Reading a file without surprises: bounded, regular files only, and every outcome is data."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tui.core.model import FileSeen, FileState, OriginKind
from tui.core.world import World

LIMIT = 1 << 20
"""Files above 1 MiB are not read: no settings file is that large, and a hostile one must not cost memory."""


def exists(path: Path) -> bool:
    """True if something is there; what may not be looked at counts as not there (Python 3.11 would raise)."""
    try:
        return path.exists()
    except OSError:
        return False


def read(world: World, kind: OriginKind, path: Path, binary: bool = False) -> tuple[FileSeen, bytes | None]:
    """Return what became of reading ``path``, and its bytes where it could be read.

    A file with a NUL in it is no text and is not read, unless ``binary`` says that it may be.
    """
    shown = world.shown(path)

    def seen(state: FileState, problem: str = "", mode: int | None = None) -> FileSeen:
        return FileSeen(kind, os.fspath(path), shown, state, problem, mode=mode)

    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            return seen(FileState.UNREADABLE, f"{shown} is a link to a file that does not exist"), None
        return seen(FileState.MISSING), None
    except (OSError, ValueError) as error:
        loop = getattr(error, "errno", 0) == errno.ELOOP
        reason = "is a loop of links" if loop else f"cannot be read: {getattr(error, 'strerror', None) or error}"
        return seen(FileState.UNREADABLE, f"{shown} {reason}"), None
    if not stat.S_ISREG(status.st_mode):
        what = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        return seen(FileState.NOT_A_FILE, f"{shown} is {what}"), None
    mode = stat.S_IMODE(status.st_mode)
    if status.st_size > LIMIT:
        size = f"{status.st_size / 1048576:.0f} MB"
        return seen(FileState.TOO_LARGE, f"{shown} is {size} large and was not read", mode), None
    try:
        data = path.read_bytes()
    except OSError as error:
        return seen(FileState.UNREADABLE, f"{shown} cannot be read: {error.strerror}", mode), None
    if b"\0" in data[:4096] and not (binary or data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return seen(FileState.BINARY, f"{shown} is not a text file", mode), None
    return seen(FileState.OK, mode=mode), data
