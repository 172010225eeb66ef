"""Reading and writing through descriptors, so that each step can fail, and be tested failing, on its own."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o600
_CHUNK = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)


def read_all(descriptor: int, limit: int | None = None) -> bytes:
    """Return the bytes from the descriptor's place to the end, or the first ``limit`` of them. Raises OSError."""
    pieces: list[bytes] = []
    left = _CHUNK if limit is None else limit
    while left > 0 and (piece := os.read(descriptor, min(left, _CHUNK))):
        pieces.append(piece)
        left -= 0 if limit is None else len(piece)
    return b"".join(pieces)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes, however few the system takes at once. Raises OSError."""
    view = memoryview(data)
    while view:
        written = os.write(descriptor, view)
        if written <= 0:
            raise OSError("nothing more could be written")
        view = view[written:]


def read(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | _BINARY)
    try:
        return read_all(descriptor)
    finally:
        close_quietly(descriptor)


def create(path: Path, data: bytes) -> None:
    """Make a file for its owner alone that did not exist before; it is on the disk on return. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a new name, a rename or a removal last; a folder that cannot be synced (Windows, networks) is no fault."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        close_quietly(descriptor)


def close_quietly(descriptor: int) -> None:
    """Close what was only read, or locked: nothing is lost where that fails."""
    try:
        os.close(descriptor)
    except OSError:
        pass
