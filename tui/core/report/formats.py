"""The formats of a report. All of them are made from the same document, which holds no secret."""

from __future__ import annotations

import json
from typing import Any

from tui.core.report import markdown, text
from tui.core.report.document import Document
from tui.core.secret import visible

SUFFIXES = {"text": "txt", "json": "json", "jsonl": "jsonl", "markdown": "md"}
LATER = ("html", "junit")
"""Formats of the contract that are not made yet."""


def render(session: Document, form: str) -> str:
    """Render a session. Raises KeyError for a format that does not exist."""
    session = readable(session)
    match form:
        case "text":
            return text.render(session)
        case "markdown":
            return markdown.render(session)
        case "json":
            return json.dumps(session, ensure_ascii=False, indent=2) + "\n"
        case "jsonl":
            return lines(session)
    raise KeyError(form)


def readable(value: Any) -> Any:
    """The same document without characters that a terminal would obey: names, values and saved files are not ours."""
    if isinstance(value, str):
        return visible(value, keep="\n\t\u00a0\u3000")
    if isinstance(value, dict):
        return {readable(key): readable(item) for key, item in value.items()}
    return [readable(item) for item in value] if isinstance(value, list) else value


def lines(session: Document) -> str:
    """The session as JSON lines: one head, then a line for each stage, finding, setting and change."""
    lists = {"stages": "stage", "findings": "finding", "settings": "setting", "changes": "change"}
    head = {key: value for key, value in session.items() if key not in lists}
    made = [{"type": "session", **head}]
    for key, kind in lists.items():
        made += [{"type": kind, **item} for item in session.get(key, [])]
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in made)
