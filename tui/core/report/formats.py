"""The formats of a report. All of them are made from the same document, which holds no secret."""

from __future__ import annotations

import json

from tui.core.report import markdown, text
from tui.core.report.document import Document

SUFFIXES = {"text": "txt", "json": "json", "jsonl": "jsonl", "markdown": "md"}
LATER = ("html", "junit")
"""Formats of the contract that are not made yet."""


def render(session: Document, form: str) -> str:
    """Render a session. Raises KeyError for a format that does not exist."""
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


def lines(session: Document) -> str:
    """The session as JSON lines: one head, then a line for each stage, finding, setting and change."""
    lists = {"stages": "stage", "findings": "finding", "settings": "setting", "changes": "change"}
    head = {key: value for key, value in session.items() if key not in lists}
    made = [{"type": "session", **head}]
    for key, kind in lists.items():
        made += [{"type": kind, **item} for item in session.get(key, [])]
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in made)
