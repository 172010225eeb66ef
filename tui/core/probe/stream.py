"""Server-sent events, as far as a diagnosis needs them: which event came, and whether the stream came to its end."""

from __future__ import annotations

import json


class EventReader:
    """Fed with chunks, names the events that they complete. Memory is bounded whatever the server sends."""

    def __init__(self) -> None:
        self._rest = b""
        self._name = ""
        self.stopped = False
        """True once ``message_stop`` (or ``[DONE]``) arrived."""
        self.error: tuple[str, str] = ("", "")
        """Type and message of an ``error`` event."""

    def feed(self, chunk: bytes) -> list[str]:
        """Return the names of the events that this chunk completes."""
        found = []
        *lines, self._rest = (self._rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        self._rest = self._rest[-65536:]
        for raw in lines:
            line = raw.decode("utf-8", "replace")
            if line.startswith("event:"):
                self._name = line[6:].strip()[:60]
            elif line.startswith("data:"):
                name = self._name or self._type_of(line[5:])
                self._name = ""
                if name == "error":
                    self._note_error(line[5:])
                if name in ("message_stop", "[DONE]"):
                    self.stopped = True
                found.append(name)
        return found

    def _type_of(self, data: str) -> str:
        if data.strip() == "[DONE]":
            return "[DONE]"
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return "(unreadable)"
        if not isinstance(value, dict):
            return "(unreadable)"
        return str(value.get("type") or value.get("object") or "(untyped)")[:60]

    def _note_error(self, data: str) -> None:
        try:
            error = json.loads(data).get("error", {})
            self.error = (str(error.get("type", "error")), str(error.get("message", "")))
        except (ValueError, AttributeError, RecursionError):
            self.error = ("error", "")
