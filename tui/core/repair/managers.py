"""Files that another tool makes: home-manager, chezmoi, stow, yadm, dotfiles repositories, and fish itself."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from tui.core.model import Edit, EditOp
from tui.core.repair.model import Refused

_STORES = {
    "/nix/store/": ("home-manager", "home-manager switch"),
    "/gnu/store/": ("Guix Home", "guix home reconfigure"),
}
_CHEZMOI = ".local/share/chezmoi"
_ATTRIBUTES = re.compile(
    r"(?:(?:after|before|create|empty|encrypted|exact|executable|external|modify|once|onchange|private|readonly|remove"
    r"|run|symlink)_)*"
)
_SUFFIXES = re.compile(r"(?:\.(?:tmpl|age|asc))+$")
_UNIVERSAL = {
    EditOp.SET: "set -Ux {0} VALUE",
    EditOp.UNSET: "set -Ue {0}",
    EditOp.COMMENT: "set -Ue {0}",
    EditOp.RENAME: "set -Ux NEW_NAME ${0}; and set -Ue {0}",
}


def check(edit: Edit, real: str) -> None:
    """Refuse an edit of a file that its maker writes anew, and name the way that lasts. Raises :class:`Refused`."""
    for store, (manager, command) in _STORES.items():
        if real.startswith(store):
            raise Refused(
                f"{edit.shown} is made by {manager} and cannot be changed where it lies ({real}). Change it in your "
                f"{manager} configuration, then run: {command}",
                "managed-file",
            )
    if PurePath(real.replace("\\", "/")).name == "fish_variables":
        command = _UNIVERSAL.get(edit.op, "set -Ux {0} VALUE").format(edit.address[-1] if edit.address else "NAME")
        raise Refused(
            f"{edit.shown} belongs to fish, which would overwrite an edit. Run this in fish instead: {command}",
            "universal",
        )


def notes(edit: Edit, real: str, home: Path) -> tuple[str, ...]:
    """Return what to do besides, so that a change of a managed file lasts; ``home`` is the user's folder."""
    found: list[str] = []
    source = chezmoi_source(edit.path, home)
    if source is not None and os.path.realpath(source) != real:
        found.append(f"chezmoi would overwrite this: make the change in {_shown(source, home)} too.")
    if os.path.abspath(edit.path) != real:
        manager, folder = _owner_of_link(Path(real), home)
        if manager:
            found.append(f"The link leads into {_shown(folder, home)}, which {manager} manages: keep the change there.")
    return tuple(found)


def chezmoi_source(path: str, home: Path) -> Path | None:
    """Return the file from which chezmoi makes ``path``, or None where it makes no such file."""
    place = home / _CHEZMOI
    try:
        steps = Path(os.path.abspath(path)).relative_to(home).parts
        root = place / ".chezmoiroot"
        place = place / root.read_text("utf-8").strip() if root.is_file() else place
        for step in steps:
            place = next(entry for entry in sorted(place.iterdir()) if _target_name(entry.name) == step)
    except (OSError, ValueError, StopIteration):
        return None
    return place if place.is_file() else None


def _target_name(name: str) -> str:
    """Return the name that chezmoi gives to what it makes from a source of this name."""
    if name.startswith("."):
        return ""
    name = _SUFFIXES.sub("", name)[len(_ATTRIBUTES.match(name)[0]) :]  # type: ignore[index]  # it matches nothing too
    return "." + name.removeprefix("dot_") if name.startswith("dot_") else name.removeprefix("literal_")


def _owner_of_link(real: Path, home: Path) -> tuple[str, Path]:
    """Return which tool keeps the file that a link leads to, and in which folder; no name where none shows."""
    if "##" in real.name:
        return "yadm", real.parent
    if home / _CHEZMOI in real.parents:
        return "chezmoi", home / _CHEZMOI
    for folder in real.parents:
        if folder == home or home not in folder.parents:
            break
        if any((folder / name).exists() for name in (".stow", ".stowrc", ".stow-local-ignore")):
            return "stow", folder
        if (folder / ".git").exists():
            return "git", folder
    return "", real


def _shown(path: Path, home: Path) -> str:
    return f"~/{path.relative_to(home).as_posix()}" if home in path.parents else str(path)
