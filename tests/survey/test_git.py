"""What git knows of a file, read from git's own files and compared with what git itself says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.lab.daemons import find
from tests.session.machine import Machine
from tui.core.survey import git, git_ignore, git_index

KEY = "ANTHROPIC_API_KEY=sk-ant-FAKE-0000_not-a-key\n"


def run(folder: Path, *words: str, stdin: str = "") -> str:
    """Run git in a folder of the test; what it prints."""
    command = [
        find("git", "git"),
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@t.test",
        "-c",
        "init.defaultBranch=main",
        *words,
    ]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def ignored_by_git(folder: Path, names: list[str]) -> list[str]:
    """Those of the names that git passes over."""
    asked = run(folder, "check-ignore", "--no-index", "-z", "--stdin", stdin="".join(f"./{n}\0" for n in names))
    return [name.removeprefix("./") for name in asked.split("\0") if name]


def repository(machine: Machine, *options: str) -> git.Repository:
    """A repository in the project."""
    run(machine.project, "init", "-q", *options)
    found = git.find(machine.project / "x", machine.home)
    assert found is not None
    return found


PATHS = [".env", "a/.env", "a/b/c.txt", "a/b/d é.txt", "b/" + "long/" * 60 + "x.txt", "z"]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_index(version: str, hashes: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    found = repository(machine, f"--object-format={hashes}")
    for path in PATHS:
        machine.write(f"project/{path}", "x")
    run(machine.project, "add", "--all")
    if version == "3":
        machine.write("project/later.txt", "x")
        run(machine.project, "add", "--intent-to-add", "later.txt")  # needs the longer flags of version 3
    else:
        run(machine.project, "update-index", "--index-version", version)
    data = (machine.project / ".git/index").read_bytes()
    assert data[7] == int(version)
    names, shared = git_index.read(data, 32 if hashes == "sha256" else 20)
    assert sorted(names) == sorted(run(machine.project, "ls-files", "-z").encode().split(b"\0")[:-1])
    assert shared == ""
    assert git.tracks(found, "a/b/d é.txt") is True
    assert git.tracks(found, "a/b/d") is False


def test_split_index(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    found = repository(machine)
    machine.write("project/.env", KEY)
    run(machine.project, "add", ".env")
    run(machine.project, "update-index", "--split-index")
    machine.write("project/new.txt", "x")
    run(machine.project, "add", "new.txt")
    assert git.tracks(found, ".env") is True
    assert git.tracks(found, "new.txt") is True


@pytest.mark.parametrize("data", [b"", b"DIRC", b"DIRC\0\0\0\x05\0\0\0\0", b"DIRC\0\0\0\x02\0\0\0\x09" + bytes(80)])
def test_index_that_is_none(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(git_index.Unreadable):
        git_index.read(data)
    machine = Machine(tmp_path)
    machine.write("project/.env", KEY)
    machine.write("project/.git/index", data)
    assert machine.facts("python-sdk").exposures == ()


LISTS = [
    "*.txt",
    ".env",
    "/.env",
    ".env*\n!.env.example",
    "a/",
    "a/*\n!a/b",
    "a/b",
    "**/c.txt",
    "a/**",
    "a/**/c.txt",
    "**/b/**",
    "b",
    "[ab]",
    "[!ab]",
    "[^z]*",
    "?",
    "a?b",
    "\\!x\n\\#y",
    "# .env\n\n  ",
    ".env  ",
    ".env\\ ",
    "*\n!*/\n!*.md",
    "/*\n!/a",
    "a*b/c",
    "***",
    "a/***/c.txt",
    "[[:alpha:]]",
    "[]-]",
    "[a",
    "[!]*",
    "x\\",
    "!.env\n.env",
    ".env\n!.env",
    "A",
    "a/\n!a/.env",
    "*/.env",
    "/a/b/",
    "{a,b}",
    ".env\r",
]
FILES = [".env", ".env.example", "a/.env", "a/b/c.txt", "a/b/c/c.txt", "b", "z", "!x", "#y", "-", "README.md", ".env "]


def test_ignore_lists_as_git_reads_them(tmp_path: Path) -> None:
    """Every pattern at the root and one folder down, in every place where a list may stand."""
    machine = Machine(tmp_path)
    found = repository(machine)
    for place in (".gitignore", ".git/info/exclude", "a/.gitignore"):
        for text in LISTS:
            file = machine.write(f"project/{place}", text + "\n")
            theirs = set(ignored_by_git(machine.project, FILES))
            ours = {name for name in FILES if git.ignored(machine.world, found, name)}
            assert ours == theirs, f"{place}: {text!r}"
            file.unlink()


def test_lists_outrank_each_other_as_in_git(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    found = repository(machine)
    machine.write("project/.gitignore", "!.env\nb/\n")
    machine.write("project/a/.gitignore", ".env\n")
    machine.write("project/.git/info/exclude", ".env\nz\n")
    machine.write(".config/git/ignore", "README.md\n")
    names = [".env", "a/.env", "b/x", "z", "README.md", "c"]
    ours = [name for name in names if git.ignored(machine.world, found, name)]
    assert ours == ignored_by_git(machine.project, names) == ["a/.env", "b/x", "z", "README.md"]


def test_list_of_the_user(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write("project/.git/HEAD", "ref: refs/heads/main\n")
    machine.write(".gitconfig", "[core]\n\texcludesFile = ~/mine\n")
    machine.write("mine", "*.secret\n")
    found = git.find(machine.project / "x", machine.home)
    assert found is not None
    assert git.ignored(machine.world, found, "a/b.secret")
    assert not git.ignored(machine.world, found, "a/b")


def test_worktree(tmp_path: Path) -> None:
    """There ``.git`` is a file, and info/exclude stands in the main repository."""
    machine = Machine(tmp_path)
    repository(machine)
    machine.write("project/.env", KEY)
    run(machine.project, "add", "--force", ".env")
    run(machine.project, "commit", "-q", "-m", "x")
    run(machine.project, "worktree", "add", "-q", "../other")
    machine.write("project/.git/info/exclude", "left-out\n")
    found = git.find(machine.home / "other/.env", machine.home)
    assert found is not None
    assert found.root == machine.home / "other"
    assert git.tracks(found, ".env") is True
    assert git.ignored(machine.world, found, "left-out")


def test_exposures(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    repository(machine)
    machine.write("project/.env", KEY)
    machine.write("project/.env.local", KEY)
    machine.write("project/.env.production", KEY)
    machine.write("project/.env.development", "ANTHROPIC_MODEL=m\n")
    machine.write("project/.gitignore", ".env.local\n")
    run(machine.project, "add", ".env", ".env.development")
    found = [(e.inside, e.tracked, e.root) for e in machine.facts("python-sdk").exposures]
    assert found == [(".env", True, "~/project"), (".env.production", False, "~/project")]


def test_search_ends_at_the_home(tmp_path: Path) -> None:
    """A repository around the home folder is not the user's."""
    machine = Machine(tmp_path)
    (tmp_path / ".git").mkdir()
    machine.write("project/.env", KEY)
    assert machine.facts("python-sdk").exposures == ()


def test_link_is_followed(tmp_path: Path) -> None:
    """A linked file stands where its content stands, for example among the dotfiles."""
    machine = Machine(tmp_path)
    machine.write("dotfiles/.git/HEAD", "ref: refs/heads/main\n")
    real = machine.write("dotfiles/env", KEY)
    (machine.project / ".env").symlink_to(real)
    (found,) = machine.facts("python-sdk").exposures
    assert (found.shown, found.root, found.inside) == ("~/project/.env", "~/dotfiles", "env")


def test_pattern_of_a_folder_speaks_of_folders_only() -> None:
    assert git_ignore.ignored("a/b", lambda _: [("", "a/\n")])
    assert not git_ignore.ignored("a", lambda _: [("", "a/\n")])
