"""The one way in which this tool writes a user's file: the old bytes or the new ones, never half of them.

A complete copy is made beside the file and put in its place in one step. Where that would lose something (other hard
links, the owner, extended attributes) or is not allowed (a folder that we may not write in), the file is rewritten in
place, and the old bytes are put back if that fails.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tui.core.repair import disk, files
from tui.core.repair.model import Refused

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class _NeedsPlace(Exception):
    """Says that the file must be rewritten in place, and why."""


def write(real: str, before: bytes | None, after: bytes | None, token: str, mode: int = disk.PRIVATE) -> None:
    """Turn the file ``real`` from ``before`` into ``after``; None stands for no file.

    ``token`` makes the name of the temporary file (:func:`temporary`), ``mode`` the permissions of a new file.
    Raises :class:`Refused` where the file is no longer ``before``, and OSError where writing fails; either way the
    file then holds its old bytes, or, if the fault came after the last step, the new ones.
    """
    _compare(real, before)
    if after is None:
        if before is not None:
            Path(real).unlink()
            disk.sync_folder(Path(real).parent)
        return
    made = _make_folders(Path(real).parent)
    try:
        _replace(real, before, after, token, mode)
    except _NeedsPlace:
        _rewrite(real, before or b"", after)
    except BaseException:
        drop_folders(made)
        raise
    for folder in made:
        disk.sync_folder(folder.parent)
    if files.content(real) != after:
        raise OSError("the file does not read back as it was written")


def _make_folders(folder: Path) -> list[Path]:
    """Create the folders that are missing, for us alone, and return them innermost first."""
    missing = missing_folders(folder)
    try:
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
    except BaseException:
        drop_folders(missing)
        raise
    return missing


def missing_folders(folder: Path) -> list[Path]:
    """Return the folder and those around it as far as they do not exist, innermost first."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def drop_folders(folders: Iterable[Path]) -> None:
    """Remove folders that were made for a file which is not there after all; one that somebody uses stays."""
    for folder in folders:
        _drop(folder.rmdir)


def temporary(real: str, token: str) -> str:
    """Return the name of the temporary file, beside the real one."""
    path = Path(real)
    return str(path.with_name(f".{path.name[:100]}.{token}.tmp"))


def _compare(real: str, before: bytes | None) -> None:
    if files.content(real) != before:
        raise Refused(f"{real} has changed since the preview: look at the new difference first.", "changed")


def _replace(real: str, before: bytes | None, after: bytes, token: str, mode: int) -> None:
    """Write beside and replace. Raises :class:`_NeedsPlace` before anything has changed."""
    info = Path(real).stat(follow_symlinks=False) if before is not None else None
    if info is not None and info.st_nlink > 1:
        raise _NeedsPlace("it has other hard links")
    if info is not None and os.name == "nt":
        raise _NeedsPlace("a copy would not keep its access list")
    name = temporary(real, token)
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW, disk.PRIVATE)
    except PermissionError:
        if info is None:
            raise
        raise _NeedsPlace("its folder is not ours to write in") from None
    try:
        try:
            disk.write_all(descriptor, after)
            if info is not None:
                _keep_metadata(real, info, descriptor)
            elif sys.platform != "win32":
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _compare(real, before)
        Path(name).replace(real)
    except BaseException:
        _drop(Path(name).unlink)
        raise
    disk.sync_folder(Path(real).parent)


def _drop(remove: Callable[[], None]) -> None:
    """Clean up on the way out of a fault, which must not be hidden by a second one."""
    try:
        remove()
    except OSError:
        pass


def _keep_metadata(real: str, info: os.stat_result, descriptor: int) -> None:
    """Give the copy the owner, mode and extended attributes (ACLs are such) of the file."""
    if sys.platform == "win32":
        return
    try:
        copy = os.fstat(descriptor)
        if (copy.st_uid, copy.st_gid) != (info.st_uid, info.st_gid):
            os.fchown(descriptor, info.st_uid, info.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(info.st_mode))
    except PermissionError:
        raise _NeedsPlace("its owner cannot be kept") from None
    if sys.platform != "linux":
        return
    try:
        for attribute in os.listxattr(real, follow_symlinks=False):
            value = os.getxattr(real, attribute, follow_symlinks=False)
            if attribute not in os.listxattr(descriptor) or os.getxattr(descriptor, attribute) != value:
                os.setxattr(descriptor, attribute, value)
    except OSError:
        if _has_attributes(real):
            raise _NeedsPlace("its attributes cannot be kept") from None


def _has_attributes(real: str) -> bool:
    """Tell whether there is anything to lose; a file system without extended attributes has none."""
    try:
        return sys.platform == "linux" and bool(os.listxattr(real, follow_symlinks=False))
    except OSError:
        return False


def _rewrite(real: str, before: bytes, after: bytes) -> None:
    """Rewrite in place: room first, then the bytes, then the length; on any fault the old bytes are put back."""
    descriptor = os.open(real, os.O_RDWR | _NOFOLLOW)
    try:
        _compare(real, before)
        try:
            _make_room(descriptor, len(before), len(after))
            _overwrite(descriptor, after)
        except BaseException:
            _overwrite(descriptor, before)
            raise
    finally:
        os.close(descriptor)


def _make_room(descriptor: int, old: int, new: int) -> None:
    """Ask for the room before a byte changes; not every file system can promise it."""
    if new <= old or sys.platform != "linux":
        return
    try:
        os.posix_fallocate(descriptor, 0, new)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
            raise


def _overwrite(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    disk.write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
