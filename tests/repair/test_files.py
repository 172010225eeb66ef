from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from tui.core.repair import files, writing
from tui.core.repair.model import Refused

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


def _refusal(path: Path | str) -> str:
    with pytest.raises(Refused) as refused:
        files.read(str(path))
    return refused.value.reason


def test_a_file_is_found_through_all_links(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "env"
    target.parent.mkdir()
    target.write_bytes(b"A=1\n")
    (tmp_path / "one").symlink_to(target)
    (tmp_path / ".env").symlink_to("one")
    snapshot = files.read(str(tmp_path / ".env"))
    assert snapshot.real == str(target)
    assert snapshot.data == b"A=1\n"


def test_what_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    assert files.read(str(tmp_path / "new" / ".env")).data is None
    (tmp_path / "dangling").symlink_to("nowhere")
    assert files.read(str(tmp_path / "dangling")).real == str(tmp_path / "nowhere")


@posix
def test_refused_kinds(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "large").write_bytes(b"x" * (files.LIMIT + 1))
    (tmp_path / "locked").write_bytes(b"A=1\n")
    (tmp_path / "locked").chmod(0o400)
    (tmp_path / ".git").mkdir()
    (tmp_path / "plain").write_bytes(b"")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "socket"))
    server.close()
    assert _refusal(tmp_path) == "not-a-file"
    assert _refusal(tmp_path / "fifo") == "not-a-file"
    assert _refusal(tmp_path / "socket") == "not-a-file"
    assert _refusal(tmp_path / "plain" / "x") in ("not-a-file", "bad-link")
    assert _refusal(tmp_path / "loop") == "bad-link"
    assert _refusal(tmp_path / "large") == "too-large"
    assert _refusal(tmp_path / "locked") == "read-only"
    assert _refusal(tmp_path / ".git" / "config") == "inside-git"
    assert _refusal("/etc/claude-code/managed-settings.json") == "managed"
    assert _refusal("/etc/../etc/claude-code/x.json") == "managed"


@posix
def test_a_folder_that_all_may_write_is_refused_unless_sticky(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / ".env").write_bytes(b"A=1\n")
    shared.chmod(0o777)
    assert _refusal(shared / ".env") == "unsafe-folder"
    shared.chmod(0o1777)
    assert files.read(str(shared / ".env")).data == b"A=1\n"


@posix
def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"A=1\n")
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / ".env").stat().st_uid + 1)
    assert _refusal(tmp_path / ".env") == "other-owner"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o666])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"A=1\n")
    path.chmod(mode)
    inode = path.stat().st_ino
    writing.write(str(path), b"A=1\n", b"A=2\n", "t")
    assert path.read_bytes() == b"A=2\n"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.stat().st_ino != inode


@posix
def test_new_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / ".env"
    writing.write(str(path), None, b"A=1\n", "t")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("after", [b"", b"A=2\n", b"A=" + b"x" * 9000])
def test_other_hard_links_see_the_change(tmp_path: Path, after: bytes) -> None:
    path, other = tmp_path / ".env", tmp_path / "other"
    path.write_bytes(b"A=1\n" * 100)
    os.link(path, other)
    writing.write(str(path), b"A=1\n" * 100, after, "t")
    assert other.read_bytes() == after
    assert path.samefile(other)


def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"A=1\n")
    try:
        os.setxattr(path, "user.note", b"x")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    writing.write(str(path), b"A=1\n", b"A=2\n", "t")
    assert os.getxattr(path, "user.note") == b"x"


@posix
@pytest.mark.parametrize("call", ["fchown", "setxattr", "open"])
def test_what_cannot_be_kept_is_rewritten_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"A=1\n")
    inode = path.stat().st_ino
    opened = os.open

    def denied(*arguments: object, **_: object) -> int:
        raise PermissionError(1, "Operation not permitted")

    def open_(name: str, flags: int, *mode: int) -> int:
        return denied() if flags & os.O_EXCL else opened(name, flags, *mode)

    if call == "open":
        monkeypatch.setattr(os, "open", open_)
    elif call == "setxattr":
        monkeypatch.setattr(os, "listxattr", lambda path, **_: ["user.x"] if isinstance(path, str) else [])
        monkeypatch.setattr(os, "getxattr", lambda *_, **__: b"x")
        monkeypatch.setattr(os, "setxattr", denied)
    else:
        monkeypatch.setattr(os, "fchmod", denied)
    writing.write(str(path), b"A=1\n", b"A=22\n", "t")
    assert path.read_bytes() == b"A=22\n"
    assert path.stat().st_ino == inode
    assert not list(tmp_path.glob("*.tmp")) + list(tmp_path.glob(".*.tmp"))


def test_a_file_that_changed_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"A=mine\n")
    for before in (b"A=1\n", None):
        with pytest.raises(Refused) as refused:
            writing.write(str(path), before, b"A=2\n", "t")
        assert refused.value.reason == "changed"
    assert path.read_bytes() == b"A=mine\n"


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"A=1\n")
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:3])))
    writing.write(str(path), b"A=1\n", b"A=a longer value\n", "t")
    assert path.read_bytes() == b"A=a longer value\n"


def test_a_folder_made_for_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        writing.write(str(tmp_path / "a" / "b" / ".env"), None, b"A=1\n", "t")
    assert not (tmp_path / "a").exists()
