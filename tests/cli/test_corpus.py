"""The corpus as a user sees it: through the commands ``settings --file`` and ``edit``, and back with ``undo``."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main
from tui.core.repair.notation import Notation

_CORPUS = Path(__file__).parents[1] / "repair" / "corpus"
_NAMES = {
    Notation.DOTENV: ".env",
    Notation.BASH: ".bashrc",
    Notation.ZSH: ".zshrc",
    Notation.FISH: "config.fish",
    Notation.POWERSHELL: "profile.ps1",
    Notation.ENVRC: ".envrc",
    Notation.ENVIRONMENT_D: "environment.d/10.conf",
    Notation.JSON: "settings.json",
    Notation.JSONC: "settings.jsonc",
}


def _cases(name: str) -> list[Any]:
    found = [json.loads(one) for one in (_CORPUS / name).read_text(encoding="ascii").splitlines()]
    return [pytest.param(case, id=case["id"]) for case in found]


@pytest.mark.parametrize("case", _cases("dotenv-parse.jsonl"))
def test_settings_of_a_file(
    case: dict[str, Any], project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every name with its value, as python-dotenv reads it; a name without a value is null."""
    data = base64.b64decode(case["input_b64"]) if "input_b64" in case else case["input"].encode()
    (project / ".env").write_bytes(data)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    assert main(["settings", "--file", ".env", "--json", "--reveal"]) == 0
    printed = capsys.readouterr()
    found = {one["name"]: one["value"] for one in json.loads(printed.out)["settings"]}
    if case.get("expected_error"):
        assert found == {}
        assert case["expected_error"] in printed.err
        return
    assert found == case["expected"]
    warned = case.get("warned_lines", [])
    assert (f"line {warned[0]}" in printed.err) if warned else printed.err == ""


@pytest.mark.parametrize("case", _cases("edits.jsonl"))
def test_edit_of_a_file(case: dict[str, Any], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte, a second time without any change, and ``undo`` brings the old bytes back."""
    path = project / _NAMES[Notation(case["kind"])]
    before = None if case["before"] is None else case["before"].encode()
    path.parent.mkdir(exist_ok=True)
    if before is not None:
        path.write_bytes(before)
    words = _words(case, path)
    code = main(words)
    after = path.read_bytes() if path.exists() else None
    if case.get("error"):
        assert (code, after) == (1, before), capsys.readouterr()
        return
    assert code == 0, capsys.readouterr()
    assert after == (None if case["after"] is None else case["after"].encode())
    assert main(words) == 0
    assert (path.read_bytes() if path.exists() else None) == after
    if after != before:
        assert main(["undo"]) == 0
        assert (path.read_bytes() if path.exists() else None) == before


def _words(case: dict[str, Any], path: Path) -> list[str]:
    operation = case["operation"]
    words = ["edit", "--kind", case["kind"], "--yes"]
    if "line" in operation:
        words += ["--line", str(operation["line"])]
    value = operation.get("value", operation.get("to"))
    if value is not None and not isinstance(value, str):
        words.append("--json-value")
        value = json.dumps(value)
    words += ["--", str(path), operation["op"]]
    if "name" in operation:
        words.append(operation["name"])
    elif "path" in operation:
        words.append(json.dumps(operation["path"]))
    return words if value is None else [*words, value]
