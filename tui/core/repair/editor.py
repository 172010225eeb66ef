"""One door to all editors: bytes in, bytes out, nothing read or written."""

from __future__ import annotations

from tui.core.model import EditOp
from tui.core.repair import dotenv_editor, json_editor, json_removal, shell_editor
from tui.core.repair.dialect import Dialect
from tui.core.repair.environment_dialect import ENVIRONMENT_D
from tui.core.repair.fish_dialect import FISH
from tui.core.repair.json_document import scan
from tui.core.repair.model import Refused
from tui.core.repair.notation import Notation
from tui.core.repair.pam_dialect import PAM
from tui.core.repair.posix_dialect import BASH, ZSH
from tui.core.repair.powershell_dialect import POWERSHELL
from tui.core.repair.text import BOM
from tui.core.secret import Secret

Address = tuple[str, ...]

_DIALECTS = {
    Notation.BASH: BASH,
    Notation.ZSH: ZSH,
    Notation.ENVRC: BASH,
    Notation.FISH: FISH,
    Notation.POWERSHELL: POWERSHELL,
    Notation.ENVIRONMENT_D: ENVIRONMENT_D,
    Notation.ENVIRONMENT: PAM,
}


def change(
    notation: Notation,
    before: bytes | None,
    op: EditOp,
    address: Address,
    value: object = None,
    line: int | None = None,
) -> bytes | None:
    """Return the bytes of a file after one edit; None stands for a file that does not exist.

    ``address`` is the path of keys in JSON, else one name. ``value`` is the new value (for ``rename`` the new name):
    text or :class:`Secret`, in JSON anything that JSON can hold. ``line`` (from 1) picks one of several assignments.
    Raises :class:`Refused` where the edit must not be made.
    """
    text = _decode(before)
    if notation.is_json:
        after = _change_json(notation, text, op, address, _plain(value), line)
    elif op is EditOp.TO_STRICT_JSON:
        raise Refused("This file is not JSON.", "not-json")
    elif notation is Notation.DOTENV:
        after = _change_dotenv(text, op, _name(address), value, line)
    else:
        after = _change_shell(text, op, _name(address), value, line, _DIALECTS[notation])
    return _encode(after)


def _change_json(
    notation: Notation, text: str | None, op: EditOp, address: Address, value: object, line: int | None
) -> str | None:
    if op is EditOp.TO_STRICT_JSON:
        return _to_strict(text)
    if notation is Notation.JSON and text is not None:
        _check_strict(text)
    if op is EditOp.SET:
        return json_editor.set_value(text, address, value, line)
    if op is EditOp.UNSET:
        return json_editor.unset(text, address, line)
    if op is EditOp.RENAME:
        return json_editor.rename(text, address, _text(value, "new name"), line)
    if op is EditOp.COMMENT:
        raise Refused("JSON has no comments: remove the entry instead.", "no-comments")
    raise Refused("Nothing is exported from a JSON file.", "not-shell")


def _to_strict(text: str | None) -> str | None:
    if text is None:
        return None
    after = json_removal.to_strict(json_editor.read(text))
    if not scan(after).strict:
        raise Refused("The file cannot be turned into strict JSON.", "not-safe")
    return after


def _check_strict(text: str) -> None:
    """Refuse a file that its readers drop: whatever we set in it would not be in force."""
    document = json_editor.read(text) if text.removeprefix(BOM).strip() else None
    if document and document.extras and document.problem:
        line, column = document.position(document.extras[0][0])
        if len(document.extras) == 1 and text.startswith(BOM):
            raise Refused(
                "The file starts with a byte-order mark, which is not strict JSON: turn it into strict JSON first.",
                "invalid-json",
            )
        raise Refused(
            f"The file is not strict JSON (line {line}, column {column}), so Claude Code ignores all of it: "
            "turn it into strict JSON first.",
            "invalid-json",
        )


def _change_dotenv(text: str | None, op: EditOp, name: str, value: object, line: int | None) -> str | None:
    if op is EditOp.SET:
        return dotenv_editor.set_value(text, name, _text(value, "value"), line)
    if op is EditOp.UNSET:
        return dotenv_editor.unset(text, name, line)
    if op is EditOp.RENAME:
        return dotenv_editor.rename(text, name, _text(value, "new name"), line)
    if op is EditOp.EXPORT:
        raise Refused("Programs that read this file need no export.", "not-shell")
    return dotenv_editor.comment(text, name, line)


def _change_shell(
    text: str | None, op: EditOp, name: str, value: object, line: int | None, dialect: Dialect
) -> str | None:
    if op is EditOp.SET:
        return shell_editor.set_value(text, name, _text(value, "value"), dialect, line)
    if op is EditOp.UNSET:
        return shell_editor.unset(text, name, dialect, line)
    if op is EditOp.RENAME:
        return shell_editor.rename(text, name, _text(value, "new name"), dialect, line)
    if op is EditOp.EXPORT:
        return shell_editor.export(text, name, dialect, line)
    return shell_editor.comment(text, name, dialect, line)


def _plain(value: object) -> object:
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _text(value: object, what: str) -> str:
    plain = _plain(value)
    if not isinstance(plain, str):
        raise Refused(f"The {what} is missing or is not text.", "bad-value")
    if "\0" in plain:
        raise Refused(f"The {what} holds a NUL, which no variable can hold.", "not-portable")
    return plain


def _name(address: Address) -> str:
    if len(address) != 1:
        raise Refused("This file sets variables: give one name.", "bad-name")
    return address[0]


def _decode(data: bytes | None) -> str | None:
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    else:
        if "\0" in text:
            raise Refused("The file is not text: it holds NUL bytes.", "not-text")
        return text
    raise Refused(f"Line {line} of the file is not UTF-8 text, so it is not safe to edit.", "not-utf-8")


def _encode(text: str | None) -> bytes | None:
    try:
        return None if text is None else text.encode("utf-8")
    except UnicodeEncodeError:
        pass
    raise Refused("The value holds half a character, which no file can hold.", "bad-value")
