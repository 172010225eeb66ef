"""What trusted tools keep and what they lose when they edit a file, one test for each column: we lose nothing.

The columns are links, owner, attributes, access lists, read-only files, locked folders, full disks and durability.
Each is tried through the journal, as the tool writes, or by the one function that writes.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.repair.plans import plan_set, set_in_the_end
from tui.core.repair import files, writing
from tui.core.repair.journal import Journal
from tui.core.repair.model import Refused

if sys.platform == "win32":
    pytest.skip("owners, modes and links of POSIX", allow_module_level=True)

_OLD, _NEW = b"A=1\n", b"A=2\n"
_NOBODY = 65534
_ACL = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", tag, bits, who)
    for tag, bits, who in [(1, 6, 2**32 - 1), (2, 4, 1234), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1), (32, 0, 2**32 - 1)]
)
"""An access list: the owner may read and write, user 1234 and the group read, nobody else anything."""

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away and mount")


@pytest.fixture
def env(tmp_path: Path) -> Path:
    path = tmp_path / "p" / ".env"
    path.parent.mkdir()
    path.write_bytes(_OLD)
    return path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if mount is None or sys.platform != "linux":
        pytest.skip("no tmpfs here")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def _apply(path: Path, value: str = "2") -> None:
    Journal(path.parent.parent / "state").apply(plan_set((path, "A", value)))


def _in_child(work: Callable[[], object], user: int | None = None) -> str:
    """Run something in a process of its own, perhaps as another user; return the reason of its failure, or nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            if user is not None:
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            work()
        except Refused as refused:
            said = refused.reason
        except BaseException as error:
            said = repr(error)
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said


def _limit_files(size: int) -> None:
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _no_litter(folder: Path) -> None:
    assert [path.name for path in folder.iterdir() if path.name.endswith((".tmp", ".new"))] == []


def test_links_stay_links(env: Path) -> None:
    near, far = env.with_name("near"), env.with_name("far.env")
    near.symlink_to(".env")
    far.symlink_to(near)
    _apply(far)
    assert (near.readlink(), far.readlink(), env.read_bytes()) == (Path(".env"), near, _NEW)
    assert not env.is_symlink()


def test_hard_links_stay_linked(env: Path) -> None:
    os.link(env, env.with_name("other"))
    _apply(env)
    assert env.samefile(env.with_name("other"))
    assert env.with_name("other").read_bytes() == _NEW


@only_root
@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
def test_the_owner_stays(env: Path, linked: bool) -> None:
    os.chown(env, 1234, 2345)
    env.chmod(0o4640)
    if linked:
        os.link(env, env.with_name("other"))
    writing.write(str(env), _OLD, _NEW, "t")
    info = env.stat()
    assert (info.st_uid, info.st_gid, stat.S_IMODE(info.st_mode) & 0o777) == (1234, 2345, 0o640)
    assert env.read_bytes() == _NEW


@only_root
def test_the_group_stays(env: Path) -> None:
    os.chown(env, os.geteuid(), 2345)
    _apply(env)
    assert (env.stat().st_gid, env.read_bytes()) == (2345, _NEW)


@only_root
def test_an_owner_that_may_not_give_files_away_writes_in_place() -> None:
    """The file's group is not ours, so a copy could not keep it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, _NOBODY, _NOBODY)
        env = Path(folder, ".env")
        env.write_bytes(_OLD)
        os.chown(env, _NOBODY, 2345)
        inode = env.stat().st_ino
        assert _in_child(lambda: writing.write(str(env), _OLD, _NEW, "t"), _NOBODY) == ""
        assert (env.read_bytes(), env.stat().st_gid, env.stat().st_ino) == (_NEW, 2345, inode)
        _no_litter(env.parent)


@pytest.mark.skipif(sys.platform != "linux", reason="the attributes of Linux")
@pytest.mark.parametrize(
    ("name", "value"), [("user.note", b"mine"), ("user.empty", b""), ("system.posix_acl_access", _ACL)]
)
def test_attributes_and_access_lists_stay(env: Path, name: str, value: bytes) -> None:
    assert sys.platform == "linux"
    try:
        os.setxattr(env, name, value)
    except OSError as error:
        pytest.skip(f"{name} cannot be set here: {error.strerror}")
    mode = env.stat().st_mode
    _apply(env)
    assert (os.getxattr(env, name), env.stat().st_mode, env.read_bytes()) == (value, mode, _NEW)


@pytest.mark.parametrize("mode", [0o400, 0o444, 0o000, 0o500])
def test_a_read_only_file_is_refused_to_root_too(env: Path, mode: int) -> None:
    env.chmod(mode)
    with pytest.raises(Refused) as refused:
        _apply(env)
    assert refused.value.reason == "read-only"
    assert "chmod u+w" in str(refused.value)
    env.chmod(0o600)
    assert env.read_bytes() == _OLD


def test_a_folder_that_is_locked_is_no_hindrance() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "locked")
        place.mkdir()
        env = place / ".env"
        env.write_bytes(_OLD)
        user = _NOBODY if os.geteuid() == 0 else None
        if user is not None:
            for path in (folder, place, env):
                os.chown(path, user, user)
        place.chmod(0o555)
        try:
            assert _in_child(lambda: _apply(env, "longer than before"), user) == ""
            assert env.read_bytes() == b"A='longer than before'\n"
            assert [path.name for path in place.iterdir()] == [".env"]
        finally:
            place.chmod(0o755)


@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
def test_a_write_that_is_cut_short_keeps_the_old_file(env: Path, linked: bool) -> None:
    if linked:
        os.link(env, env.with_name("other"))

    def work() -> None:
        _limit_files(2000)
        writing.write(str(env), _OLD, b"A=" + b"x" * 5000, "t")

    assert str(errno.EFBIG) in _in_child(work)
    assert env.read_bytes() == _OLD
    assert sorted(path.name for path in env.parent.iterdir()) == ([".env", "other"] if linked else [".env"])


def test_a_change_that_is_cut_short_leaves_no_trace(env: Path) -> None:
    def work() -> None:
        _limit_files(2000)
        _apply(env, "x" * 5000)

    assert _in_child(work) == "write-failed"
    journal = Journal(env.parent.parent / "state")
    assert (env.read_bytes(), journal.changes(), journal.recover()) == (_OLD, (), ())
    assert list((env.parent.parent / "state" / "backups").iterdir()) == []


@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
def test_a_full_disk_keeps_the_old_file(small: Path, linked: bool, tmp_path: Path) -> None:
    env = small / ".env"
    env.write_bytes(b"A=1\nB=" + b"b" * 20000 + b"\n")
    if linked:
        os.link(env, small / "other")
    before = env.read_bytes()
    plan = plan_set((small / "first.env", "A", "1"), (env, "A", "x" * 60000))
    journal = Journal(tmp_path / "state")
    with pytest.raises(Refused, match="No space left") as refused:
        journal.apply(plan)
    assert refused.value.reason == "write-failed"
    assert env.read_bytes() == before
    assert sorted(path.name for path in small.iterdir()) == ([".env", "other"] if linked else [".env"])
    assert (journal.changes(), journal.recover()) == ((), ())


def test_a_full_disk_under_the_journal_keeps_the_old_file(small: Path, env: Path) -> None:
    (small / "filler").write_bytes(bytes(56 << 10))
    journal = Journal(small / "state")
    with pytest.raises(Refused, match="No space left"):
        journal.apply(plan_set((env, "A", "x" * 9000)))
    assert env.read_bytes() == _OLD
    _no_litter(env.parent)
    (small / "filler").unlink()
    assert journal.recover() == ()
    journal.apply(plan_set((env, "A", "2")))
    assert journal.undo().undone


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_we_say_so(
    env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, int]] = []
    fsync, replace = os.fsync, os.replace

    def sync(descriptor: int) -> None:
        steps.append(("sync", os.fstat(descriptor).st_ino))
        fsync(descriptor)

    def rename(source: str, target: str) -> None:
        steps.append(("rename", Path(source).stat().st_ino))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", rename)
    writing.write(str(env), _OLD, _NEW, "t")
    copy, folder = env.stat().st_ino, env.parent.stat().st_ino
    assert steps == [("sync", copy), ("rename", copy), ("sync", folder)]


def test_copies_and_journal_are_on_the_disk_before_the_file_is_touched(
    env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    fsync, write = os.fsync, writing.write

    def sync(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def check(*arguments: object) -> None:
        state = env.parent.parent / "state"
        missing = [path for path in state.rglob("*") if path.name != "lock" and path.stat().st_ino not in synced]
        assert missing == []
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(writing, "write", check)
    _apply(env)
    assert env.read_bytes() == _NEW


@pytest.mark.parametrize("linked", [False, True], ids=["replaced", "in-place"])
def test_a_change_by_somebody_else_while_we_write_is_kept(
    env: Path, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if linked:
        os.link(env, env.with_name("other"))
    call = "stat" if linked else "fsync"
    real = getattr(os, call)

    def intrude(*arguments: object, **options: object) -> object:
        if Path(str(env)).read_bytes() == _OLD and (not linked or arguments[0] == env):
            with open(env, "ab") as stream:
                stream.write(b"MINE=1\n")
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, intrude)
    with pytest.raises(Refused) as refused:
        writing.write(str(env), _OLD, _NEW, "t")
    assert refused.value.reason == "changed"
    assert env.read_bytes() == _OLD + b"MINE=1\n"
    _no_litter(env.parent)


def test_two_processes_at_once_lose_nothing(env: Path) -> None:
    """Each plans and writes until it gets through; what came in between is refused, never overwritten."""

    def add(names: list[str]) -> None:
        journal = Journal(env.parent.parent / "state")
        for name in names:
            set_in_the_end(journal, env, name)

    names = [[f"N{process}_{turn}" for turn in range(5)] for process in range(3)]
    children = []
    for mine in names:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                add(mine)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert sorted(line[:4] for line in env.read_text().splitlines() if line.startswith("N")) == sorted(
        name for mine in names for name in mine
    )
    journal = Journal(env.parent.parent / "state")
    assert len(journal.changes()) == 15
    for _ in range(15):
        journal.undo()
    assert env.read_bytes() == _OLD


@only_root
@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda path: os.chown(path, 1234, -1), "other-owner"),
        (lambda path: path.parent.chmod(0o777), "unsafe-folder"),
        (lambda path: path.write_bytes(b"A=1\n" + b"#" * files.LIMIT), "too-large"),
    ],
    ids=["other owner", "folder for all", "large"],
)
def test_refused_before_anything_is_written(env: Path, prepare: Callable[[Path], object], reason: str) -> None:
    prepare(env)
    with pytest.raises(Refused) as refused:
        _apply(env)
    assert refused.value.reason == reason
    assert not (env.parent.parent / "state").exists()


@pytest.mark.parametrize("name", [".git", ".GIT"])
def test_what_belongs_to_git_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "hooks" / "x.env"
    path.parent.mkdir(parents=True)
    path.write_bytes(_OLD)
    (tmp_path / "link.env").symlink_to(path)
    for way in (path, tmp_path / "link.env"):
        with pytest.raises(Refused) as refused:
            _apply(way)
        assert refused.value.reason == "inside-git"
