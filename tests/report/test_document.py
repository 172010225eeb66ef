"""The JSON document is the public contract: keys, types and words of ``unsnarl.session/1``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tui
from tests.lab.canary import Canary
from tests.lab.certificates import Pki
from tests.report import sessions
from tests.session.scene import Scene
from tui.core.events import RunEvent
from tui.core.model import OriginKind, Verdict
from tui.core.report import formats
from tui.core.report.document import document
from tui.core.rules import BY_CODE

TEXT, NUMBER, MAYBE = (str,), (int, float), (str, type(None))
HEAD: dict[str, tuple[type, ...]] = {
    "schema": TEXT,
    "tool": (dict,),
    "started": TEXT,
    "duration_ms": NUMBER,
    "client": TEXT,
    "context": TEXT,
    "symptom": MAYBE,
    "verdict": TEXT,
    "root_cause": MAYBE,
    "summary": TEXT,
    "target": (dict,),
    "stages": (list,),
    "findings": (list,),
    "settings": (list,),
    "changes": (list,),
}
TARGET: dict[str, tuple[type, ...]] = {
    "base_url": TEXT,
    "host": MAYBE,
    "port": (int, type(None)),
    "proxy": MAYBE,
    "auth": TEXT,
    "models": (list,),
}
STAGE: dict[str, tuple[type, ...]] = {
    "stage": TEXT,
    "target": TEXT,
    "status": TEXT,
    "ms": (int, float, type(None)),
    "detail": TEXT,
    "observations": (dict,),
}
FINDING: dict[str, tuple[type, ...]] = {
    "code": TEXT,
    "role": TEXT,
    "severity": TEXT,
    "confidence": TEXT,
    "title": TEXT,
    "explanation": TEXT,
    "explained_by": (list,),
    "evidence": (list,),
    "remedies": (list,),
}
REMEDY: dict[str, tuple[type, ...]] = {
    "id": TEXT,
    "kind": TEXT,
    "applicability": TEXT,
    "title": TEXT,
    "files": (list,),
    "diff": MAYBE,
    "commands": (list,),
    "reopen": (list,),
}
SETTING: dict[str, tuple[type, ...]] = {
    "name": TEXT,
    "value": TEXT,
    "secret": (bool,),
    "origin": (dict,),
    "wins": (bool,),
    "shadowed_by": (dict, type(None)),
    "precedence": TEXT,
}
CHANGE: dict[str, tuple[type, ...]] = {"id": TEXT, "path": TEXT, "code": TEXT, "undone": (bool,)}


def has(item: dict[str, Any], shape: dict[str, tuple[type, ...]]) -> None:
    """Fail where a key is missing or of another type."""
    for key, kinds in shape.items():
        assert key in item, key
        assert isinstance(item[key], kinds), (key, item[key])


def obeys(made: dict[str, Any]) -> None:
    """Fail where a document breaks the contract."""
    has(made, HEAD)
    assert made["schema"] == "unsnarl.session/1"
    assert made["tool"] == {"name": "unsnarl", "version": tui.__version__}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["started"])
    assert made["client"] in ("claude-code", "python-sdk", "typescript-sdk")
    assert made["context"] in ("terminal", "new-terminal", "editor", "ci")
    assert made["verdict"] in ("healthy", "degraded", "broken", "unknown")
    assert (made["root_cause"] is None) is (made["verdict"] in ("healthy", "unknown"))
    assert made["root_cause"] is None or made["root_cause"] in BY_CODE
    has(made["target"], TARGET)
    for item in made["stages"]:
        has(item, STAGE)
        assert item["status"] in ("pass", "warn", "fail", "skip", "not-run")
    for item in made["findings"]:
        has(item, FINDING)
        assert item["code"] in BY_CODE
        assert item["role"] in ("root", "consequence", "independent", "note")
        assert item["severity"] in ("blocking", "degrading", "note")
        assert item["confidence"] in ("proven", "likely", "possible")
        assert item["evidence"]
        for seen in item["evidence"]:
            has(seen, {"claim": TEXT, "seen": TEXT})
            place(seen.get("origin"))
        for way in item["remedies"]:
            has(way, REMEDY)
            assert way["kind"] in ("edit", "command", "steps")
            assert way["applicability"] in ("safe", "choice", "manual")
    assert [f["code"] for f in made["findings"] if f["role"] == "root"] == [c for c in [made["root_cause"]] if c]
    for item in made["settings"]:
        has(item, SETTING)
        place(item["origin"])
    for item in made["changes"]:
        has(item, CHANGE)
    json.dumps(made, allow_nan=False)


def place(origin: dict[str, Any] | None) -> None:
    """Fail where an origin is not as the contract writes it."""
    if origin is not None:
        assert origin["kind"] in list(OriginKind)
        assert origin["path"] is None or not origin["path"].startswith("/home")


@pytest.mark.parametrize("story", [sessions.broken, sessions.healthy])
def test_literal_sessions_obey(story: Callable[[Path], list[RunEvent]], tmp_path: Path) -> None:
    obeys(sessions.made(story(tmp_path)))


@pytest.mark.parametrize("mode", ["ok", "invalid-key", "region-block", "raw-escapes", "truncate"])
async def test_real_sessions_obey(mode: str, tmp_path: Path, pki: Pki, canary: Canary) -> None:
    async with Scene(tmp_path, pki, canary) as scene:
        await scene.api(mode)
        scene.environ["ANTHROPIC_MODEL"] = "sonnet"
        scene.machine.write(".claude/settings.json", {"env": {"ANTHROPIC_API_KEY": canary.api_key}})
        await scene.run()
        assert scene.session is not None
        obeys(scene.session.document())
        obeys(json.loads(scene.session.export("json")))


def test_interrupted_session_has_what_is_known(tmp_path: Path) -> None:
    made = sessions.made(sessions.interrupted(tmp_path))
    assert (made["verdict"], made["root_cause"], made["summary"]) == ("unknown", None, "The check was interrupted.")
    assert made["stages"] == []
    (file,) = [f for f in made["files"] if f["state"] == "does not parse"]
    assert file["path"] == "~/.claude/settings.json"
    assert file["line"] == 1


def test_nothing_at_all(tmp_path: Path) -> None:
    made = document([])
    assert made["verdict"] == "unknown"
    for form in formats.SUFFIXES:
        assert formats.render(made, form)


def test_settings_say_who_wins_and_by_what(tmp_path: Path) -> None:
    made = sessions.made(sessions.broken(tmp_path))
    found = {s["name"]: s for s in made["settings"]}
    assert found["ANTHROPIC_API_KEY"]["secret"]
    assert re.fullmatch(r"sk-ant-api03-…mnop \(29 characters, #[0-9a-f]{8}\)", found["ANTHROPIC_API_KEY"]["value"])
    url = found["ANTHROPIC_BASE_URL"]
    assert (url["value"], url["wins"], url["secret"]) == ("https://gw.test/v1", True, False)
    assert url["origin"] == {"kind": "claude-settings", "path": "~/.claude/settings.json", "line": 3, "column": 27}
    assert url["precedence"] == "only user settings sets it"


def test_times_are_short(tmp_path: Path) -> None:
    made = sessions.made(sessions.broken(tmp_path))
    assert made["duration_ms"] == 812.4
    assert [s["ms"] for s in made["stages"]] == [3.1, 12.0, 40.0, None]


def test_every_verdict_has_its_words() -> None:
    from tui.core.report import markdown, text

    for verdict in Verdict:
        made = document([]) | {"verdict": str(verdict)}
        assert markdown.render(made)
        assert text.render(made)
