"""Files that may be edited: found through all links, read once, and refused where writing would do harm."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from tui.core.repair import disk
from tui.core.repair.model import Refused

LIMIT = 1_000_000
"""Bytes; no settings file is larger, and no preview of one can be read."""

_MANAGED = ("/etc/claude-code", "/Library/Application Support/ClaudeCode", "C:\\Program Files\\ClaudeCode")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was read. ``data`` and ``mode`` (permission bits) are None where it does not exist."""

    path: str
    real: str
    data: bytes | None
    mode: int | None = None
    links: int = 1


def resolve(path: str) -> str:
    """Return the file that a path leads to in the end, through all links. Raises :class:`Refused` for a loop."""
    try:
        return os.path.realpath(path, strict=True)
    except FileNotFoundError:
        return os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise Refused(f"{path} leads nowhere: {_why(error)}.", "bad-link") from None


def plain_path(path: str) -> str:
    """Return a path made absolute, with its links left alone."""
    return os.path.abspath(path)


def read(path: str) -> Snapshot:
    """Read a file that is to be edited.

    Raises :class:`Refused` where it is no regular file, is larger than 1 MB, is not ours to write, or cannot be read.
    """
    real = resolve(path)
    _check_place(path, real)
    try:
        info = Path(real).stat(follow_symlinks=False)
    except FileNotFoundError:
        return Snapshot(path, real, None)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {_why(error)}.", "unreadable") from None
    _check_file(path, real, info)
    return Snapshot(path, real, content(real), stat.S_IMODE(info.st_mode), info.st_nlink)


def content(real: str) -> bytes | None:
    """Return the bytes of a regular file, or None where there is none. Raises :class:`Refused`."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(real, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(f"{real} cannot be read: {_why(error)}.", "unreadable") from None
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise Refused(f"{real} is not a regular file.", "not-a-file")
        data = disk.read_all(descriptor, LIMIT + 1)
    except OSError as error:
        raise Refused(f"{real} cannot be read: {_why(error)}.", "unreadable") from None
    finally:
        disk.close_quietly(descriptor)
    if len(data) > LIMIT:
        raise Refused(f"{real} is larger than {LIMIT // 1000} kB.", "too-large")
    return data


def _check_place(path: str, real: str) -> None:
    for root in _MANAGED:
        if any(one == root or one.startswith((root + "/", root + "\\")) for one in (plain_path(path), real)):
            raise Refused(f"{path} is managed by your organisation: ask whoever manages it.", "managed")
    if ".git" in real.replace("\\", "/").lower().split("/"):
        raise Refused(f"{path} belongs to git itself.", "inside-git")
    folder = Path(real).parent
    try:
        info = folder.stat()
    except OSError:
        return
    if not stat.S_ISDIR(info.st_mode):
        raise Refused(f"{folder} is not a folder.", "not-a-file")
    if os.name == "posix" and info.st_mode & stat.S_IWOTH and not info.st_mode & stat.S_ISVTX:
        raise Refused(f"Everybody may write in {folder}, so an edit there is not safe.", "unsafe-folder")


def _check_file(path: str, real: str, info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        raise Refused(f"{path} is not a regular file.", "not-a-file")
    if info.st_size > LIMIT:
        raise Refused(f"{path} is larger than {LIMIT // 1000} kB.", "too-large")
    if sys.platform != "win32" and info.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to another user.", "other-owner")
    # Root may write anything, so the mode is asked as well: a read-only file was made so on purpose.
    if not info.st_mode & stat.S_IWUSR or not os.access(real, os.W_OK):
        raise Refused(f"{path} is read-only. To allow the edit: chmod u+w '{path}'", "read-only")


def _why(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or type(error).__name__).lower()
