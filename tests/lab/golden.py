"""Golden files: what was accepted once must come out again."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Golden:
    """Compares texts with files; with ``update`` (``make accept``) it writes them instead. Paths are below ``root``."""

    root: Path
    update: bool

    def __call__(self, path: str | Path, text: str) -> None:
        """Fail where ``text`` differs from the file at ``path``; what came instead is left beside it as ``.new``."""
        file = self.root / path
        fresh = file.with_name(f"{file.stem}.new{file.suffix}")
        if self.update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            fresh.unlink(missing_ok=True)
            return
        known = file.read_text(encoding="utf-8") if file.exists() else None
        if known == text:
            fresh.unlink(missing_ok=True)
            return
        if file.parent.is_dir():
            fresh.write_text(text, encoding="utf-8", newline="\n")
        if known is None:
            raise AssertionError(f"{file} does not exist; `make accept` writes it, then read what it says")
        lines = difflib.unified_diff(known.splitlines(), text.splitlines(), "accepted", "now", lineterm="", n=2)
        shown = "\n".join(line[:300] for line in list(lines)[:80])
        raise AssertionError(f"{file} differs; `make accept` takes the new text\n{shown}")
