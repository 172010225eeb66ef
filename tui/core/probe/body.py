"""What a body is: the API's error, a message, a list of models, a web page … (pure)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tui.core.seen import Shape

_OPEN, _CLOSE = re.compile("<title", re.I), re.compile("</title>", re.I)
_HTML = re.compile(r"^\s*(<!doctype html|<html|<head|<body|<center)", re.I)


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a body that rules look at; texts are not yet redacted."""

    shape: Shape
    error_type: str = ""
    error_message: str = ""
    title: str = ""
    models: tuple[str, ...] = ()


def read(text: str, content_type: str = "") -> Body:
    """Judge a body by its content; the content type only helps with pages that lack the usual start."""
    if not text.strip():
        return Body(Shape.EMPTY)
    if _HTML.match(text) or ("html" in content_type and text.lstrip()[:1] not in "{["):
        return Body(Shape.HTML, title=_title(text))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Body(Shape.TEXT)
    return _read_json(data) if isinstance(data, dict) else Body(Shape.JSON)


def _title(text: str) -> str:
    """The title of a page, in time that is linear: some page will begin a million titles and end none."""
    start = _OPEN.search(text)
    opened = text.find(">", start.end()) if start else -1
    end = _CLOSE.search(text, opened) if opened >= 0 else None
    return " ".join(text[opened + 1 : end.start()].split())[:200] if end else ""


def _read_json(data: dict[str, Any]) -> Body:
    error = data.get("error")
    if isinstance(error, dict):
        kind, message = str(error.get("type") or ""), str(error.get("message") or "")
        shape = Shape.API_ERROR if data.get("type") == "error" else Shape.ERROR
        return Body(shape, kind, message)
    if isinstance(error, str):
        return Body(Shape.ERROR, "", error)
    if data.get("type") == "message" and isinstance(data.get("content"), list):
        return Body(Shape.MESSAGE)
    if isinstance(data.get("data"), list):
        ids = tuple(str(m["id"]) for m in data["data"] if isinstance(m, dict) and isinstance(m.get("id"), str))
        return Body(Shape.MODELS, models=ids[:1000])
    if isinstance(data.get("input_tokens"), int):
        return Body(Shape.COUNT)
    if data.get("message") == "hello":
        return Body(Shape.HELLO)
    fault = data.get("fault")
    text = data.get("message") or data.get("detail") or (fault.get("faultstring") if isinstance(fault, dict) else "")
    if isinstance(text, str) and text and not data.get("choices"):
        return Body(Shape.ERROR, "", text)
    return Body(Shape.JSON, str(data.get("object") or ""))
