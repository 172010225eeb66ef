"""How to open a file at a line in the person's editor (pure)."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import PurePath

PLUS = frozenset(
    {
        *("vi", "vim", "nvim", "view", "gvim", "mvim", "kak", "hx", "helix"),
        *("nano", "pico", "micro", "emacs", "emacsclient", "jed", "joe", "mg", "ne"),
    }
)
"""Editors that take ``+LINE FILE``."""
GOTO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
"""Editors that take ``-g FILE:LINE``."""


def command(environ: Mapping[str, str], path: str, line: int | None, platform: str = sys.platform) -> list[str]:
    """Return the words that start the editor of ``$VISUAL``, else of ``$EDITOR``; none where neither is set.

    The variable is split into words as a shell would do it, and never given to one. An editor that is not known here
    gets the file only. Raises ValueError for a quote that does not end.
    """
    wanted = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    if not wanted:
        return []
    windows = platform == "win32"  # where a backslash separates folders and escapes nothing
    words = [word.strip('"') if windows else word for word in shlex.split(wanted, posix=not windows)]
    name = PurePath(words[0].replace("\\", "/") if windows else words[0]).name.lower()
    for suffix in (".exe", ".cmd"):
        name = name.removesuffix(suffix)
    if line is not None and name in PLUS:
        return [*words, f"+{line}", path]
    if line is not None and name in GOTO:
        return [*words, "-g", f"{path}:{line}"]
    return [*words, path]
