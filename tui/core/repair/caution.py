"""What a person should know before an edit is made although it is right."""

from __future__ import annotations

import re

from tui.core.model import Edit, EditOp
from tui.core.repair.notation import Notation
from tui.core.secret import Secret, plain


def notes(notation: Notation, before: bytes | None, edit: Edit) -> tuple[str, ...]:
    """Return sentences about one edit; no sentence holds a value."""
    found: list[str] = []
    value = plain(edit.value) if isinstance(edit.value, (str, Secret)) else ""
    name = edit.address[-1] if edit.address else ""
    if edit.op is EditOp.SET and notation is Notation.DOTENV and "$" in value:
        found.append("The value holds a $: bun and dotenv-expand replace $words even in single quotes.")
    if edit.op is EditOp.SET and value.startswith("~") and not notation.is_json:
        found.append("The ~ stays a ~: nothing turns it into your home folder.")
    if edit.op in (EditOp.RENAME, EditOp.UNSET, EditOp.COMMENT) and not notation.is_json and name:
        text = (before or b"").decode("utf-8", "replace")
        if re.search(rf"\$(?:{re.escape(name)}\b|\{{{re.escape(name)}\b)", text):
            found.append(f"Other lines refer to {name}; they stay as they are.")
    if notation is Notation.ENVRC:
        found.append("direnv blocks the file until you run: direnv allow")
    return tuple(found)
