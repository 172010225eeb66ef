"""The names in a git index, versions 2, 3 and 4 (pure). Source: git's gitformat-index(5)."""

from __future__ import annotations

import struct

_FIXED = 40
"""Bytes of an entry before its hash: times, device, inode, mode, owner, size."""
_EXTENDED = 0x4000
_LENGTH = 0x0FFF


class Unreadable(Exception):
    """The bytes are no index that we understand."""


def read(data: bytes, width: int = 20) -> tuple[set[bytes], str]:
    """Return the paths of an index, and the hash of the index that it builds on (a split index) or an empty text.

    ``width`` is the number of bytes of a hash: 20 for SHA-1, 32 for SHA-256. Raises :class:`Unreadable`.
    """
    try:
        signature, version, count = struct.unpack_from(">4sII", data)
        if signature != b"DIRC" or version not in (2, 3, 4):
            raise Unreadable
        names, at = _names(data, version, count, width)
        return names, _shared(data, at, width)
    except (struct.error, IndexError, ValueError):
        raise Unreadable from None


def _names(data: bytes, version: int, count: int, width: int) -> tuple[set[bytes], int]:
    names: set[bytes] = set()
    at, name = 12, b""
    for _ in range(count):
        start = at
        at += _FIXED + width
        (flags,) = struct.unpack_from(">H", data, at)
        at += 4 if version > 2 and flags & _EXTENDED else 2
        if version == 4:
            cut, at = _number(data, at)
            if cut > len(name):
                raise Unreadable
            end = data.index(b"\0", at)
            name = name[: len(name) - cut] + data[at:end]
            at = end + 1
        else:
            length = flags & _LENGTH
            end = data.index(b"\0", at) if length == _LENGTH else at + length
            name = data[at:end]
            at = start + ((end - start + 8) & ~7)  # one to eight zero bytes fill the entry up
        if at > len(data):
            raise Unreadable
        names.add(name)
    return names, at


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, as pack files write offsets, and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 0x7F)
    return value, at + 1


def _shared(data: bytes, at: int, width: int) -> str:
    while at + 8 <= len(data) - width:
        name, size = struct.unpack_from(">4sI", data, at)
        if name == b"link":
            return data[at + 8 : at + 8 + width].hex()
        at += 8 + size
    return ""
